package dev.mooring.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import dev.mooring.AtomicOptions;
import dev.mooring.Databases;
import dev.mooring.error.IntegrityException;
import dev.mooring.kit.RealTransactions;
import dev.mooring.kit.TestDatabase;
import dev.mooring.observing.SeenLog;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Runs test classes that use the extension, on each kind of database, and looks at what came of them. */
class TestDatabaseTest {

    /** What the samples have in common; they are run one after the other. */
    abstract static class Sample {
        @RegisterExtension
        static TestDatabase database;
    }

    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource
    void rollsBackWhatATestDid(Engine engine) {
        Sample.database = engine.shop(directory).build();
        SampleRun.of(RollingBack.class).succeeded(4);
    }

    static class RollingBack extends Sample {
        @BeforeEach
        void addsCoffee(Databases databases) {
            databases.atomic(() -> databases.execute("INSERT INTO product VALUES ('coffee')"));
        }

        @AfterEach
        void findsCoffee() {
            assertThat(database.databases().query("SELECT * FROM product WHERE name = 'coffee'"))
                    .hasSize(1);
        }

        @RepeatedTest(3)
        void findsWhatWasSetUp(Databases databases) {
            assertThat(products(databases)).containsExactly("coffee", "tea");
            databases.atomic(AtomicOptions.defaults().durable(), () -> databases.execute("DELETE FROM product"));
            databases.execute("INSERT INTO product VALUES ('coffee')");
        }

        @Test
        void runsNoCommitHook(Databases databases) {
            databases.atomic(() -> databases.onCommit(() -> {
                throw new AssertionError("ran");
            }));
        }
    }

    @ParameterizedTest
    @EnumSource
    void checksWhatIsPutOffToTheCommit(Engine engine) {
        Sample.database = engine.shop(directory)
                .setUp(databases -> databases.execute("CREATE TABLE sale"
                        + " (product varchar(20) REFERENCES product (name) DEFERRABLE INITIALLY DEFERRED)"))
                .build();
        SampleRun run = SampleRun.of(Dangling.class);

        assertThat(run.failures()).containsOnlyKeys("sellsWhatIsNotThere(Databases)", "failsBesides(Databases)");
        assertThat(run.failures().get("sellsWhatIsNotThere(Databases)"))
                .isInstanceOf(IntegrityException.class)
                .hasMessageContaining("sale");
        assertThat(run.failures().get("failsBesides(Databases)"))
                .hasMessage("its own failure")
                .hasNoSuppressedExceptions();
    }

    static class Dangling extends Sample {
        @Test
        void sellsWhatIsNotThere(Databases databases) {
            databases.execute("INSERT INTO sale VALUES ('coffee')");
        }

        @Test
        void failsBesides(Databases databases) {
            databases.execute("INSERT INTO sale VALUES ('coffee')");
            throw new IllegalStateException("its own failure");
        }

        @Test
        void sellsWhatComesLater(Databases databases) {
            databases.execute("INSERT INTO sale VALUES ('coffee')");
            databases.execute("INSERT INTO product VALUES ('coffee')");
        }

        @Test
        void seesAnErrorThatFailsTheTransaction(Databases databases) {
            databases.execute("INSERT INTO sale VALUES ('tea')");
            assertThatExceptionOfType(IntegrityException.class)
                    .isThrownBy(() -> databases.execute("INSERT INTO product VALUES ('tea')"));
        }

        @Test
        void marksTheTransactionForRollback(Databases databases) {
            databases.execute("INSERT INTO sale VALUES ('coffee')");
            databases.get().transaction().setRollback(true);
        }

        @Test
        void closesTheConnection(Databases databases) {
            databases.get().close();
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "MEMORY") // whose data would be gone
    void checksNothingOnAConnectionThatIsLost(Engine engine) {
        Sample.database = engine.shop(directory).build();
        SampleRun.of(Losing.class).succeeded(2);
    }

    static class Losing extends Sample {
        @RepeatedTest(2)
        void losesTheConnectionUnseen(Databases databases) throws SQLException {
            assertThat(products(databases)).containsExactly("tea");
            Connection connection = databases.get().connection();
            assertThat(connection).isNotNull();
            connection.abort(Runnable::run);
        }
    }

    @ParameterizedTest
    @EnumSource
    void sendsNothingToSeeWhetherATestCouldCommit(Engine engine) {
        Sample.database = engine.shop(directory).build();
        try (SeenLog log = new SeenLog("dev.mooring.sql", Level.DEBUG)) {
            SampleRun.of(Counting.class);

            List<String> sent = log.events().stream()
                    .map(ILoggingEvent::getFormattedMessage)
                    .takeWhile(message -> !message.contains("ROLLBACK"))
                    .toList();
            assertThat(sent)
                    .anyMatch(message -> message.contains("FROM product"))
                    .noneMatch(message -> message.contains("SELECT 1"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void letsCommitHooksBeCapturedAndRun(Engine engine) {
        Sample.database = engine.shop(directory).build();
        SampleRun.of(CapturingHooks.class).succeeded(3);
    }

    static class CapturingHooks extends Sample {
        private final List<Integer> ran = new ArrayList<>();

        @Test
        void captures(Databases databases) {
            databases.onCommit(() -> ran.add(0));
            List<Runnable> hooks = database.captureOnCommit(() -> {
                databases.onCommit(() -> ran.add(1));
                databases.atomic(() -> databases.onCommit(() -> ran.add(2)));
            });

            assertThat(hooks).hasSize(2);
            assertThat(ran).isEmpty();
            hooks.forEach(Runnable::run);
            assertThat(ran).containsExactly(1, 2);
        }

        @Test
        void runsThoseOfHooksToo(Databases databases) {
            List<Runnable> hooks = database.runOnCommit(() -> databases.onCommit(() -> {
                ran.add(1);
                databases.onCommit(() -> ran.add(2));
            }));

            assertThat(hooks).hasSize(2);
            assertThat(ran).containsExactly(1, 2);
        }

        @Test
        @RealTransactions
        void hasNothingToCaptureWhereTheyRun(Databases databases) {
            databases.atomic(() -> databases.onCommit(() -> ran.add(1)));

            assertThat(ran).containsExactly(1);
            assertThatIllegalStateException().isThrownBy(() -> database.captureOnCommit(() -> {}));
        }
    }

    @ParameterizedTest
    @EnumSource
    void countsQueries(Engine engine) {
        Sample.database = engine.shop(directory).build();
        SampleRun run = SampleRun.of(Counting.class);

        assertThat(run.failures()).containsOnlyKeys("countsWrong(Databases)");
        assertThat(run.failures().get("countsWrong(Databases)"))
                .hasMessage("Expected 1 queries on database 'default', but there were 2:\n"
                        + "  SELECT name FROM product\n  DELETE FROM product");
    }

    static class Counting extends Sample {
        @Test
        void countsRight(Databases databases) {
            assertThat(database).executes(1, () -> products(databases)).executes(0, () -> {});
        }

        @Test
        void countsWrong(Databases databases) {
            assertThat(database).executes(1, () -> {
                databases.query("SELECT name FROM product");
                databases.execute("DELETE FROM product");
            });
        }
    }

    @ParameterizedTest
    @EnumSource
    void throwsAwayWhatRealTransactionsCommitted(Engine engine) {
        Sample.database = engine.shop(directory).build();
        SampleRun.of(Committing.class).succeeded(4);
    }

    @RealTransactions
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    static class Committing extends Sample {
        @Order(1)
        @RepeatedTest(3)
        void isSeenByOtherThreads(Databases databases) throws Exception {
            databases.execute("INSERT INTO product VALUES ('coffee')");
            CompletableFuture<List<String>> seen = new CompletableFuture<>();
            Thread other = new Thread(() -> seen.complete(products(databases)));
            other.start();
            assertThat(seen.get()).containsExactly("coffee", "tea");
            other.join();
        }

        @Order(2)
        @Test
        void isGone(Databases databases) {
            assertThat(products(databases)).containsExactly("tea");
        }
    }

    @ParameterizedTest
    @EnumSource
    void givesTestsThatRunAtOnceACopyEach(Engine engine) {
        Sample.database = engine.shop(directory).build();
        AtOnce.copies.clear();
        SampleRun.of(
                        AtOnce.class,
                        "junit.jupiter.execution.parallel.enabled",
                        "true",
                        "junit.jupiter.execution.parallel.mode.default",
                        "concurrent",
                        "junit.jupiter.execution.parallel.config.strategy",
                        "fixed",
                        "junit.jupiter.execution.parallel.config.fixed.parallelism",
                        "3")
                .succeeded(9);
        assertThat(AtOnce.copies).as("as many as run at once, and no more").hasSize(3);
    }

    static class AtOnce extends Sample {
        private static final CyclicBarrier TOGETHER = new CyclicBarrier(3);
        private static final Set<Databases> copies = ConcurrentHashMap.newKeySet();

        @RepeatedTest(9)
        void hasOneOfItsOwn(Databases databases) throws Exception {
            copies.add(databases);
            databases.execute("INSERT INTO product VALUES ('coffee')");
            TOGETHER.await(30, TimeUnit.SECONDS);
            assertThat(products(databases)).containsExactly("coffee", "tea");
        }
    }

    @ParameterizedTest
    @EnumSource
    void saysWhyDatabasesAreNotToBeHadOutsideATest(Engine engine) {
        Sample.database = engine.shop(directory).build();

        assertThat(SampleRun.of(TooEarly.class).failures().values())
                .singleElement()
                .satisfies(failure -> assertThat(failure)
                        .isInstanceOf(ParameterResolutionException.class)
                        .hasMessageContaining("put what all tests are to find into TestDatabase's setUp(...)"));
        assertThatIllegalStateException()
                .isThrownBy(() -> Sample.database.databases())
                .withMessageContaining("No test with this TestDatabase runs on thread '");
    }

    static class TooEarly extends Sample {
        @BeforeAll
        static void takes(Databases databases) {}

        @Test
        void neverRuns() {}
    }

    static List<String> products(Databases databases) {
        return databases.query("SELECT name FROM product ORDER BY name").stream()
                .map(row -> row.getString("name"))
                .toList();
    }
}
