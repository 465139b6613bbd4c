package dev.mooring.transactions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mooring.AtomicOptions;
import dev.mooring.UnitOfWork;
import dev.mooring.config.DatabaseSettingsBuilder;
import dev.mooring.error.CommitOutcomeUnknownException;
import dev.mooring.error.IntegrityException;
import dev.mooring.error.OperationalException;
import dev.mooring.error.ProgrammingException;
import dev.mooring.error.TransactionManagementException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.postgresql.jdbc.PgConnection;

class PostgresTransactionTextTest extends TransactionTextContract {

    @Override
    DatabaseSettingsBuilder settings() {
        return TestDatabases.postgres();
    }

    @Override
    List<String> controlling() {
        return List.of(
                "ROLLBACK",
                "commit",
                "  /* a /* nested */ comment */ -- and another\n Commit Work;",
                "END",
                "ABORT TRANSACTION",
                "COMMIT AND CHAIN",
                "ROLLBACK AND CHAIN",
                "BEGIN",
                "START TRANSACTION ISOLATION LEVEL SERIALIZABLE",
                "PREPARE TRANSACTION 'x'",
                "COMMIT; BEGIN",
                "INSERT INTO texts VALUES (5, 'e'); COMMIT; INSERT INTO texts VALUES (6, 'f')",
                "INSERT INTO texts VALUES (5, $$;$$); ROLLBACK");
    }

    @Override
    List<String> harmless() {
        return List.of(
                "SELECT 'a; COMMIT; lastval()'",
                "SELECT $$; ROLLBACK; lastval() $$",
                "DO $$ BEGIN NULL; END $$",
                "CREATE OR REPLACE FUNCTION texts_f() RETURNS integer LANGUAGE SQL BEGIN ATOMIC SELECT 1; SELECT 2; END",
                "CREATE OR REPLACE VIEW texts_v AS SELECT 1 AS lastval",
                "SELECT 1 -- ; COMMIT",
                "SELECT lastval FROM texts_v",
                "SELECT nextval('texts_s'), currval('texts_s')");
    }

    @BeforeEach
    void makeSequence() {
        databases().execute("CREATE SEQUENCE IF NOT EXISTS texts_s");
    }

    @Test
    @DisplayName("A transaction that ends behind the layer's back is noticed at the next statement, and no hook runs")
    void noticesWhatSlippedBy() {
        List<String> hooks = new ArrayList<>();
        assertThatExceptionOfType(TransactionManagementException.class)
                .isThrownBy(() -> databases().<SQLException>atomic(() -> {
                    databases().onCommit(() -> hooks.add("hook"));
                    insert(1);
                    Connection raw = databases().get().connection();
                    try (Statement statement = raw.unwrap(PgConnection.class).createStatement()) {
                        statement.execute("ROLLBACK");
                    }
                    insert(2);
                }))
                .withMessageContaining("ended by something other than the layer");

        assertThat(ids()).isEmpty();
        assertThat(hooks).isEmpty();
    }

    @Test
    @DisplayName("A commit hook is refused within a transaction that a text began, whose end nobody sees")
    void refusesHooksWithinATransactionByText() {
        try (UnitOfWork unit = databases().unitOfWork()) {
            databases().execute("BEGIN");
            assertThatExceptionOfType(TransactionManagementException.class)
                    .isThrownBy(() -> databases().onCommit(() -> {}))
                    .withMessageStartingWith("Could not register a commit hook on database 'default'");
            databases().execute("ROLLBACK");
        }
    }

    @Test
    @DisplayName("A table, an index and a column may be called temp")
    void takesTempForAName() {
        databases().execute("DROP TABLE IF EXISTS temp");
        databases().execute("CREATE TABLE temp (temp integer)");
        databases().execute("CREATE INDEX temporary ON temp (temp)");
        databases().execute("CREATE OR REPLACE VIEW hot AS SELECT temp FROM temp");
        databases().execute("DROP VIEW hot");
        databases().execute("DROP TABLE temp");
        assertThatExceptionOfType(ProgrammingException.class)
                .isThrownBy(() -> databases().execute("CREATE LOCAL TEMPORARY TABLE gone (id integer)"));
    }

    @Test
    @DisplayName("After a swallowed error the next statement says so, with the first error as its cause")
    void explainsAFailedTransaction() {
        assertThatExceptionOfType(TransactionManagementException.class)
                .isThrownBy(() -> databases().atomic(() -> {
                    insert(1);
                    swallow(() -> insert(1));
                    insert(2);
                }))
                .withMessageContaining("its error was swallowed")
                .withCauseInstanceOf(IntegrityException.class);

        databases().atomic(() -> {
            insert(1);
            databases().execute("SAVEPOINT mine");
            swallow(() -> insert(1));
            databases().execute("ROLLBACK TO mine");
            insert(2);
            databases().execute("SAVEPOINT mine");
            assertThatExceptionOfType(IntegrityException.class).isThrownBy(() -> insert(1));
            databases().execute("ROLLBACK TO mine");
        });
        assertThat(ids()).containsExactly(1, 2);
    }

    @Test
    @DisplayName("A transaction that the server ended for being idle is known to be rolled back")
    void knowsThatAnIdleTransactionWasRolledBack() {
        assertThatExceptionOfType(OperationalException.class)
                .isThrownBy(() -> databases().<SQLException>atomic(() -> {
                    insert(1);
                    long pid = pid();
                    databases().execute("SET LOCAL idle_in_transaction_session_timeout = '20ms'");
                    while (isThere(pid)) {
                        Thread.onSpinWait();
                    }
                }))
                .isNotInstanceOf(CommitOutcomeUnknownException.class)
                .withMessageContaining("rolled the transaction back");
        assertThat(ids()).isEmpty();
    }

    @Test
    @DisplayName("A connection that was closed inside atomic is known not to have committed")
    void knowsThatAClosedConnectionCommittedNothing() {
        assertThatExceptionOfType(OperationalException.class)
                .isThrownBy(() -> databases().<SQLException>atomic(() -> {
                    insert(1);
                    databases().get().connection().unwrap(PgConnection.class).close();
                }))
                .isNotInstanceOf(CommitOutcomeUnknownException.class)
                .withMessageContaining("rolled back");
        assertThat(ids()).isEmpty();
    }

    @Test
    @DisplayName("A server that has become a replica is an OperationalException, and its connection leaves the pool")
    void givesUpAConnectionToAServerThatTakesNoWrites() {
        long before = pid();
        assertThatExceptionOfType(OperationalException.class).isThrownBy(() -> {
            databases().atomic(() -> {
                databases().execute("SET TRANSACTION READ ONLY");
                insert(1);
            });
        });
        assertThat(pid()).isNotEqualTo(before);

        long kept = pid();
        assertThatExceptionOfType(TransactionManagementException.class)
                .isThrownBy(() -> databases().atomic(AtomicOptions.defaults().readOnly(), () -> insert(1)));
        assertThat(pid()).isEqualTo(kept);
    }

    @Test
    @DisplayName("atomic does not begin within a transaction that a text began, which it would commit")
    void refusesAtomicWithinATransactionByText() {
        try (UnitOfWork unit = databases().unitOfWork()) {
            assertThat(unit).isNotNull();
            databases().execute("BEGIN");
            assertThatExceptionOfType(TransactionManagementException.class)
                    .isThrownBy(() -> databases().atomic(() -> insert(1)))
                    .withMessageContaining("a transaction is open that an SQL text began");
            databases().execute("ROLLBACK");
        }
    }

    private static void swallow(ThrowingCallable failing) {
        assertThat(Assertions.catchThrowable(failing)).isNotNull();
    }

    /** {@return whether the server has that session} Asked past the layer. */
    private static boolean isThere(long pid) throws SQLException {
        try (Connection plain = TestDatabases.server().getPostgresDatabase().getConnection();
                Statement statement = plain.createStatement();
                ResultSet row = statement.executeQuery("SELECT 1 FROM pg_stat_activity WHERE pid = " + pid)) {
            return row.next();
        }
    }

    private long pid() {
        return databases().query("SELECT pg_backend_pid() AS pid").get(0).getLong("pid");
    }
}
