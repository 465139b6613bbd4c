package dev.mooring.bounds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mooring.DatabaseWrapper;
import dev.mooring.Databases;
import dev.mooring.Lease;
import dev.mooring.Row;
import dev.mooring.error.CommitOutcomeUnknownException;
import dev.mooring.error.DatabaseException;
import dev.mooring.error.OperationalException;
import dev.mooring.kit.AfterCheck;
import dev.mooring.kit.FaultyProxy;
import dev.mooring.transactions.TestDatabases;
import java.io.IOException;
import java.lang.reflect.Method;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each call ends although the server never answers. What the call ends with is the proof; nothing here looks at a clock. */
@Tag("threads")
@Timeout(60)
class VanishingPacketsTest {

    private static final Duration SHORT = Duration.ofMillis(300);
    private static final Duration NEVER = Duration.ofHours(1);

    /** By how many bytes each cut is later than the one before. */
    private static final int CUT_STEP = Boolean.getBoolean("mooring.full") ? 1 : 27;

    private FaultyProxy proxy;
    private Databases databases;
    private AfterCheck check;

    @BeforeEach
    void open() throws IOException {
        proxy = new FaultyProxy(TestDatabases.server().getPort());
        open(SHORT, SHORT);
    }

    @AfterEach
    void nothingIsLeftBehind() throws IOException {
        proxy.heal();
        try {
            check.closeAndVerify();
        } finally {
            proxy.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = "virtual") // on platform threads: rules NET-01 to NET-03 of the kit
    void aStatementEndsAndTheNextOneIsServed(String kind) throws Exception {
        on(kind, wrapper -> {
            wrapper.query("SELECT 1");
            proxy.stall();

            assertThatExceptionOfType(OperationalException.class).isThrownBy(() -> wrapper.query("SELECT 2"));

            proxy.heal();
            assertThat(only(wrapper.query("SELECT 3"))).isEqualTo(3);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"platform", "virtual"})
    void aCancelEndsThatVanishesToo(String kind) throws Exception {
        on(kind, wrapper -> {
            try (Lease held = wrapper.hold();
                    Statement statement = wrapper.connection().createStatement()) {
                assertThat(held).isNotNull();
                statement.setQueryTimeout(1);
                proxy.stall();

                assertThatExceptionOfType(SQLException.class)
                        .isThrownBy(() -> statement.execute("SELECT pg_sleep(30)"));

                assertThat(wrapper.isUsable()).isFalse();
            }
            proxy.heal();
            assertThat(only(wrapper.query("SELECT 3"))).isEqualTo(3);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = "virtual") // on platform threads: rules NET-01 to NET-03 of the kit
    void aLateAnswerIsReadByNobody(String kind) throws Exception {
        on(kind, wrapper -> {
            wrapper.query("SELECT 1");
            proxy.stallAnswers();

            assertThatExceptionOfType(OperationalException.class).isThrownBy(() -> wrapper.query("SELECT 2"));

            proxy.heal();
            assertThat(only(wrapper.query("SELECT 3"))).isEqualTo(3);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"platform", "virtual"})
    void theProbeOfAnIdleConnectionEnds(String kind) throws Exception {
        on(kind, wrapper -> {
            try (Lease held = wrapper.hold()) {
                assertThat(held).isNotNull();
                assertThat(wrapper.isUsable()).isTrue();
                proxy.stall();

                assertThat(wrapper.isUsable()).isFalse();
            }
            proxy.heal();
            assertThat(only(wrapper.query("SELECT 1"))).isEqualTo(1);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = "virtual") // on platform threads: rules NET-01 to NET-03 of the kit
    void aCommitEndsWithItsOutcomeUnknown(String kind) throws Exception {
        List<String> ran = new ArrayList<>();
        // Without a limit for statements, so that it is the commit's own which ends the wait.
        open(Duration.ZERO, SHORT);
        on(kind, wrapper -> {
            assertThatExceptionOfType(CommitOutcomeUnknownException.class)
                    .isThrownBy(() -> wrapper.atomic(() -> {
                        wrapper.onCommit(() -> ran.add("hook"));
                        wrapper.query("SELECT 1");
                        proxy.stall();
                    }));
        });
        assertThat(ran).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"platform", "virtual"})
    void aRollbackEndsAndTheBlocksOwnErrorIsSeen(String kind) throws Exception {
        open(Duration.ZERO, SHORT);
        on(kind, wrapper -> {
            IllegalStateException mine = new IllegalStateException("the block failed");

            assertThatThrownBy(() -> wrapper.atomic(() -> {
                        wrapper.query("SELECT 1");
                        proxy.stall();
                        fail(mine);
                    }))
                    .isSameAs(mine);

            assertThat(mine.getSuppressed())
                    .hasOnlyElementsOfType(OperationalException.class)
                    .hasSize(1);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"platform", "virtual"})
    void aSavepointEnds(String kind) throws Exception {
        open(Duration.ZERO, SHORT);
        on(kind, wrapper -> {
            assertThatExceptionOfType(OperationalException.class)
                    .isThrownBy(() -> wrapper.atomic(() -> {
                        wrapper.query("SELECT 1");
                        proxy.stall();
                        wrapper.atomic(() -> {});
                    }))
                    .withMessageContaining("savepoint");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"platform", "virtual"})
    void theResetOfASessionEnds(String kind) throws Exception {
        open(Duration.ZERO, SHORT);
        on(kind, wrapper -> {
            Lease held = wrapper.hold();
            wrapper.execute("SET work_mem = '5MB'");
            proxy.stall();

            held.close();

            assertThat(databases.using("default").counts().open()).isZero();
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"platform", "virtual"})
    void connectingEnds(String kind) throws Exception {
        open(SHORT, SHORT, Duration.ofSeconds(1));
        proxy.stall();
        on(
                kind,
                wrapper -> assertThatExceptionOfType(OperationalException.class)
                        .isThrownBy(() -> wrapper.query("SELECT 1")));
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().startsWith("PostgreSQL JDBC driver connection")) {
                thread.join();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"platform", "virtual"})
    void aResetConnectionIsReplaced(String kind) throws Exception {
        on(kind, wrapper -> {
            wrapper.query("SELECT 1");
            proxy.reset();

            assertThatExceptionOfType(OperationalException.class).isThrownBy(() -> wrapper.query("SELECT 2"));

            assertThat(only(wrapper.query("SELECT 3"))).isEqualTo(3);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"platform", "virtual"})
    void aSwitchedOffLimitIsBackForTheNextUser(String kind) throws Exception {
        on(kind, wrapper -> {
            try (Lease held = wrapper.hold()) {
                assertThat(held).isNotNull();
                wrapper.execute("SET statement_timeout = 0");
                wrapper.connection().setNetworkTimeout(Runnable::run, 0);
            }
            try (Lease held = wrapper.hold()) {
                assertThat(held).isNotNull();
                assertThat(wrapper.connection().getNetworkTimeout()).isEqualTo(1_300);
                assertThat(only(wrapper.query("SHOW statement_timeout"))).isEqualTo("300ms");
            }
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"platform", "virtual"})
    void theServersOwnLimitComesFirstAndKeepsTheConnection(String kind) throws Exception {
        on(kind, wrapper -> {
            wrapper.query("SELECT 1");

            assertThatExceptionOfType(OperationalException.class)
                    .isThrownBy(() -> wrapper.query("SELECT pg_sleep(30)"))
                    .satisfies(e -> assertThat(e.sqlState()).contains("57014"));

            assertThat(databases.using("default").counts().opened()).isEqualTo(1);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"platform", "virtual"})
    @Tag("full")
    void anAnswerCutAnywhereIsNeverTakenForAll(String kind) throws Exception {
        String sql = "SELECT n, repeat('x', 20) FROM generate_series(1, 10) n";
        on(kind, wrapper -> {
            List<Row> whole = wrapper.query(sql);
            int tried = 0;
            int failed = 0;
            for (int n = 1; n <= 500; n += CUT_STEP) {
                tried++;
                wrapper.query("SELECT 1");
                proxy.cutAfter(n);
                try {
                    assertThat(wrapper.query(sql)).as("cut after %d bytes", n).hasSameSizeAs(whole);
                } catch (DatabaseException e) {
                    failed++;
                } finally {
                    proxy.heal();
                }
                wrapper.close();
            }
            assertThat(failed).isGreaterThan(tried * 3 / 5);
        });
    }

    private void open(Duration statement, Duration commit) {
        open(statement, commit, NEVER);
    }

    private void open(Duration statement, Duration commit, Duration connect) {
        if (databases != null) {
            databases.close();
        }
        databases = Databases.of(TestDatabases.postgres()
                .port(proxy.port())
                .acquireTimeout(Duration.ofSeconds(2))
                .connectTimeout(connect)
                .probeTimeout(SHORT)
                .statementTimeout(statement)
                .commitTimeout(commit)
                .healthCheckIdle(Duration.ofHours(1))
                .build());
        check = AfterCheck.of(databases);
    }

    /** Does {@code work} on a thread of that kind. */
    private void on(String kind, Work work) throws Exception {
        FutureTask<Boolean> task = new FutureTask<>(() -> {
            work.with(databases.get());
            return true;
        });
        factory(kind).newThread(task).start();
        task.get();
    }

    private static Object only(List<Row> rows) {
        return rows.get(0).get(0);
    }

    private static void fail(RuntimeException failure) {
        throw failure;
    }

    private static ThreadFactory factory(String kind) throws ReflectiveOperationException {
        if (kind.equals("platform")) {
            return Thread::new;
        }
        if (Runtime.version().feature() < 21) {
            String message = "NOT RUN: VanishingPacketsTest on virtual threads: they need JDK 21 or later";
            System.err.println(message);
            Assumptions.abort(message);
        }
        Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
        Method factory = Class.forName("java.lang.Thread$Builder").getMethod("factory");
        return (ThreadFactory) factory.invoke(builder);
    }

    private interface Work {
        void with(DatabaseWrapper wrapper) throws Exception;
    }
}
