package dev.mooring.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.config.DatabaseSettings;
import dev.mooring.config.DatabaseSettingsBuilder;
import dev.mooring.engines.SqliteUnderTest;
import dev.mooring.kit.contracts.BackendUnderTest;
import dev.mooring.kit.contracts.CursorContract;
import dev.mooring.kit.contracts.EmptyParametersContract;
import dev.mooring.kit.contracts.ErrorContract;
import dev.mooring.kit.contracts.NamesContract;
import dev.mooring.kit.contracts.OnBackend;
import dev.mooring.kit.contracts.RowsContract;
import dev.mooring.kit.contracts.Rule;
import dev.mooring.kit.contracts.SessionChange;
import dev.mooring.kit.contracts.SessionContract;
import dev.mooring.kit.contracts.StreamContract;
import dev.mooring.kit.contracts.TransactionContract;
import dev.mooring.kit.contracts.ValueType;
import dev.mooring.kit.contracts.ValuesContract;
import dev.mooring.spi.BackendProvider;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.ClassOrderer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestClassOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestIdentifier;

/** The kit is tested on backends with a mistake each: it has to find that, by the rule that it breaks and no other. */
@DisplayName("The kit finds the mistakes of backends")
class WrongBackendsTest {

    private static BackendUnderTest current = new UnderTest(WrongBackend.RIGHT, Map.of());

    @ParameterizedTest
    @EnumSource
    @DisplayName("Those rules fail that a backend breaks, and all others pass")
    void findsTheMistake(WrongBackend wrong) {
        assertThat(failures(new UnderTest(wrong, Map.of()), contracts(wrong)).keySet())
                .containsExactlyInAnyOrderElementsOf(wrong.broken);
    }

    @Test
    @DisplayName("A rule that fails as its gap says is no failure")
    void acceptsADeclaredGap() {
        assertThat(failures(
                        new UnderTest(WrongBackend.VIEWS_ARE_TABLES, Map.of("NMS-02", "a known mistake")),
                        Stream.of(Names.class)))
                .isEmpty();
    }

    @Test
    @DisplayName("A gap that passes, and a gap for what is no rule, fail with the way out")
    void refusesAGapThatIsNone() {
        BackendUnderTest backend =
                new UnderTest(WrongBackend.RIGHT, Map.of("TRA-06", "no longer true", "XXX-01", "no such rule"));

        assertThat(failures(backend, Stream.of(Transactions.class)).values())
                .singleElement()
                .extracting(Throwable::getMessage)
                .asString()
                .contains("TRA-06 is declared to be a gap of SQLite (no longer true), but it passes in Transactions")
                .contains("take it off gaps()")
                .contains("SQLite declares a gap for XXX-01, which is no rule");
    }

    @Test
    @DisplayName("Subclasses may have nested classes with tests of their own")
    void runsNestedClasses() {
        current = new UnderTest(WrongBackend.RIGHT, Map.of());

        SampleRun.of(MoreThanNames.class).succeeded(Rule.of(NamesContract.class).size() + 1);
    }

    @Test
    @DisplayName("The report of a rule that two classes run has the failure, whichever ran last")
    void reportsTheWorst(@TempDir Path directory) throws IOException {
        current = new UnderTest(WrongBackend.VIEWS_ARE_TABLES, Map.of());
        SampleRun.of(Both.class, "mooring.kit.report", directory.toString());

        assertThat(directory.resolve("sqlite.md")).content().containsPattern("NMS-02 .* \\| failed \\|");
    }

    /** {@return what failed, by the numbers of the rules, or by the class where that is no rule} */
    private static Map<String, Throwable> failures(BackendUnderTest backend, Stream<Class<?>> contracts) {
        current = backend;
        Map<String, Throwable> failures = new TreeMap<>();
        contracts.forEach(contract -> failures.putAll(SampleRun.of(contract).failuresBy(WrongBackendsTest::rule)));
        return failures;
    }

    private static String rule(TestIdentifier test) {
        return test.getSource()
                .filter(MethodSource.class::isInstance)
                .map(source -> ((MethodSource) source).getJavaMethod().getAnnotation(DisplayName.class))
                .map(name -> name.value().substring(0, 6))
                .orElse(test.getDisplayName());
    }

    /** {@return those with rules that the backend breaks, to save time; all for the one that breaks none} */
    private static Stream<Class<?>> contracts(WrongBackend wrong) {
        Map<String, Class<?>> all = Map.of(
                "TRA", Transactions.class,
                "ERR", Errors.class,
                "SES", Sessions.class,
                "NMS", Names.class,
                "CUR", Cursors.class,
                "ROW", Rows.class,
                "STR", Streams.class,
                "EMP", EmptyParameters.class,
                "VAL", Values.class);
        TreeSet<String> codes = new TreeSet<>(
                wrong.broken.stream().map(rule -> rule.substring(0, 3)).toList());
        return (codes.isEmpty() ? all.keySet() : codes).stream().map(all::get);
    }

    static final class Transactions extends TransactionContract implements OnWrong {
        @Override
        protected DatabaseSettingsBuilder settings() {
            return super.settings().option("transaction_mode", "DEFERRED");
        }
    }

    static final class Errors extends ErrorContract implements OnWrong {}

    static final class Sessions extends SessionContract implements OnWrong {}

    static final class Names extends NamesContract implements OnWrong {}

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
                return new UnderTest(WrongBackend.RIGHT, Map.of());
            }
        }
    }

    static final class Cursors extends CursorContract implements OnWrong {}

    static final class Rows extends RowsContract implements OnWrong {}

    static final class Streams extends StreamContract implements OnWrong {}

    static final class EmptyParameters extends EmptyParametersContract implements OnWrong {}

    static final class Values extends ValuesContract implements OnWrong {}

    private interface OnWrong extends OnBackend {
        @Override
        default BackendUnderTest backend() {
            return current;
        }
    }

    private record UnderTest(BackendProvider provider, Map<String, String> gaps) implements BackendUnderTest {

        private static final BackendUnderTest SQLITE = new SqliteUnderTest();

        @Override
        public String name() {
            return SQLITE.name();
        }

        @Override
        public DatabaseSettings emptyDatabase(Path directory) {
            return SQLITE.emptyDatabase(directory);
        }

        @Override
        public DatabaseSettings database(Path directory) {
            return SQLITE.database(directory);
        }

        @Override
        public Connection plain(DatabaseSettings settings) throws SQLException {
            return SQLITE.plain(settings);
        }

        @Override
        public String numberedKey() {
            return SQLITE.numberedKey();
        }

        @Override
        public String column(ValueType type) {
            return SQLITE.column(type);
        }

        @Override
        public String bytes() {
            return SQLITE.bytes();
        }

        @Override
        public List<SessionChange> sessionChanges() {
            return SQLITE.sessionChanges();
        }
    }
}
