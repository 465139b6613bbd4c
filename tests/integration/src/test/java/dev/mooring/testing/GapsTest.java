package dev.mooring.testing;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mooring.config.DatabaseSettings;
import dev.mooring.engines.SqliteUnderTest;
import dev.mooring.kit.contracts.BackendUnderTest;
import dev.mooring.kit.contracts.ErrorContract;
import dev.mooring.kit.contracts.Gap;
import dev.mooring.kit.contracts.NamesContract;
import dev.mooring.kit.contracts.OnBackend;
import dev.mooring.kit.contracts.Rule;
import dev.mooring.kit.contracts.ValuesContract;
import dev.mooring.spi.Backend;
import dev.mooring.spi.BackendProvider;
import dev.mooring.spi.Connector;
import dev.mooring.spi.ForwardingConnector;
import dev.mooring.sqlite.SqliteBackendProvider;
import dev.mooring.testing.WrongUnderTest.OnWrong;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.ClassOrderer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestClassOrder;
import org.junit.jupiter.api.io.TempDir;

/** What declared gaps forgive, and what the report says of each rule. */
@DisplayName("The kit forgives declared gaps and nothing else, and reports each rule")
class GapsTest {

    private static final Gap VIEWS = new Gap("NMS-02", "a known mistake", "a_view");

    @TempDir
    private Path directory;

    @Test
    @DisplayName("A rule that fails as its gap says is no failure")
    void acceptsADeclaredGap() throws IOException {
        WrongUnderTest.use(WrongBackend.VIEWS_ARE_TABLES, VIEWS);

        assertThat(failures(Names.class)).isEmpty();
        assertThat(report()).contains("| gap: a known mistake |");
    }

    @Test
    @DisplayName("A gap that passes, and a gap for what is no rule, fail with the way out")
    void refusesAGapThatIsNone() {
        WrongUnderTest.use(
                WrongBackend.RIGHT,
                new Gap("NMS-02", "no longer true", "a_view"),
                new Gap("XXX-01", "no such rule", "anything"));

        assertThat(failures(Names.class).values())
                .singleElement()
                .extracting(Throwable::getMessage)
                .asString()
                .contains(
                        "Rule NMS-02 is declared to be a gap of SQLite (no longer true), but in Names it does not fail"
                                + " with 'a_view'")
                .contains("take it off gaps()")
                .contains("SQLite declares a gap for XXX-01, which is no rule");
    }

    @Test
    @DisplayName("A rule with a gap that fails in another way than the gap says is a failure, which tells both")
    void refusesAnotherFailureThanTheDeclaredOne() throws IOException {
        WrongUnderTest.use(
                new Sqlite(backend -> backend.toBuilder()
                        .introspector((sql, views) -> requireNonNull(null))
                        .build()),
                VIEWS);

        assertThat(failures(Names.class).values())
                .singleElement()
                .extracting(Throwable::getMessage)
                .asString()
                .contains("fails with 'a_view' (a known mistake), but it failed with: java.lang.NullPointerException");
        assertThat(report()).containsPattern("NMS-02 .* \\| failed \\|");
    }

    @Test
    @DisplayName("A gap does not explain that a rule could not be tried, as without a connection")
    void countsATestThatCouldNotBegin() throws IOException {
        Connector deaf =
                new ForwardingConnector(new SqliteBackendProvider()
                        .create(new SqliteUnderTest().emptyDatabase(directory))
                        .connector()) {
                    @Override
                    public Connection open(Duration timeout) throws SQLException {
                        throw new SQLException("no route to host", "08006");
                    }
                };
        WrongUnderTest.use(
                new Sqlite(backend -> backend.toBuilder().connector(deaf).build()),
                new Gap("ERR-01", "a known mistake", "no route to host"));

        assertThat(failures(Errors.class)).hasSameSizeAs(Rule.of(ErrorContract.class));
        assertThat(report()).doesNotContainPattern("ERR-\\d\\d .* \\| (not run|gap.*|passed) \\|");
    }

    @Test
    @DisplayName("Of a rule with several tests the report names those that fail, and a gap may be about one of them")
    void namesTheTestsThatFail() throws IOException {
        WrongUnderTest.use(WrongBackend.TEXTS_ARE_STRIPPED);
        assertThat(failures(Values.class)).isNotEmpty();
        assertThat(report()).containsPattern("VAL-01 .* \\| failed: \\[\\d+\\] type=STRING \\|");

        WrongUnderTest.use(WrongBackend.TEXTS_ARE_STRIPPED, new Gap("VAL-01", "texts are stripped", "STRING"));
        assertThat(failures(Values.class)).isEmpty();
        WrongUnderTest.use(WrongBackend.TEXTS_ARE_STRIPPED, new Gap("VAL-01", "numbers are wrong", "DECIMAL"));
        assertThat(failures(Values.class)).isNotEmpty();
    }

    @Test
    @DisplayName("A gap that would explain every failure is refused")
    void refusesAGapForEverything() {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> new Gap("TRA-01", "because", " "))
                .withMessageContaining("TRA-01");
    }

    @Test
    @DisplayName("Subclasses may have nested classes with tests of their own")
    void runsNestedClasses() {
        WrongUnderTest.use(WrongBackend.RIGHT);

        SampleRun.of(MoreThanNames.class).succeeded(Rule.of(NamesContract.class).size() + 1);
    }

    @Test
    @DisplayName("The report of a rule that two classes run has the failure, whichever ran last")
    void reportsTheWorst() throws IOException {
        WrongUnderTest.use(WrongBackend.VIEWS_ARE_TABLES);
        assertThat(failures(Both.class)).isNotEmpty();

        assertThat(report()).containsPattern("NMS-02 .* \\| failed \\|");
    }

    private Map<String, Throwable> failures(Class<?> sample) {
        return SampleRun.of(sample, "mooring.kit.report", directory.toString()).failures();
    }

    private String report() throws IOException {
        return Files.readString(directory.resolve("sqlite.md"));
    }

    /** SQLite's backend with a change. */
    private record Sqlite(UnaryOperator<Backend> change) implements BackendProvider {
        @Override
        public String engine() {
            return "sqlite3";
        }

        @Override
        public Backend create(DatabaseSettings settings) {
            return change.apply(new SqliteBackendProvider().create(settings));
        }
    }

    static final class Names extends NamesContract implements OnWrong {}

    static final class Errors extends ErrorContract implements OnWrong {}

    static final class Values extends ValuesContract implements OnWrong {}

    static final class MoreThanNames extends NamesContract implements OnWrong {
        @Nested
        class More {
            @Test
            void hasDatabases() {
                assertThat(databases.aliases()).containsExactly("default");
            }
        }
    }

    @TestClassOrder(ClassOrderer.OrderAnnotation.class)
    static final class Both {
        @Nested
        @Order(1)
        class Wrong extends NamesContract implements OnWrong {}

        @Nested
        @Order(2)
        class Right extends NamesContract implements OnBackend {
            @Override
            public BackendUnderTest backend() {
                return new SqliteUnderTest();
            }
        }
    }
}
