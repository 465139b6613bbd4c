package dev.mooring.postgres;

import static dev.mooring.error.ErrorKind.INTERFACE;
import static dev.mooring.error.ErrorKind.INTERNAL;
import static dev.mooring.error.ErrorKind.OPERATIONAL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.mooring.error.ErrorKind;
import dev.mooring.spi.ErrorVerdict;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PostgresErrorClassifierTest {

    private final PostgresErrorClassifier classifier = new PostgresErrorClassifier();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            23505 | INTEGRITY     | INSERT INTO e VALUES (1, 1), (1, 1)
            23502 | INTEGRITY     | INSERT INTO e VALUES (NULL, 1)
            23503 | INTEGRITY     | INSERT INTO e VALUES (5, 7)
            23514 | INTEGRITY     | INSERT INTO e VALUES (-1, 1)
            22P02 | DATA          | SELECT 'x'::int
            22003 | DATA          | SELECT 2147483648::int
            22012 | DATA          | SELECT 1/0
            21000 | PROGRAMMING   | SELECT (SELECT generate_series(1, 2))
            42P01 | PROGRAMMING   | SELECT * FROM nowhere
            42703 | PROGRAMMING   | SELECT nothing FROM e
            42601 | PROGRAMMING   | SELEC 1
            42501 | PROGRAMMING   | SET ROLE careful; SELECT * FROM pg_authid
            3F000 | PROGRAMMING   | CREATE TABLE nowhere.t (a int)
            3D000 | PROGRAMMING   | DROP DATABASE missing
            26000 | PROGRAMMING   | EXECUTE nothing
            22023 | DATA          | SET ROLE nobody_here
            P0001 | PROGRAMMING   | DO 'BEGIN RAISE EXCEPTION $$no$$; END'
            20000 | PROGRAMMING   | DO 'BEGIN CASE 1 WHEN 2 THEN NULL; END CASE; END'
            2BP01 | INTERNAL      | DROP TABLE parent
            0A000 | NOT_SUPPORTED | SELECT count(*) FROM e FOR UPDATE
            57014 | OPERATIONAL   | SET statement_timeout = 1; SELECT pg_sleep(10)
            54000 | OPERATIONAL   | SELECT array_fill(0, ARRAY[100000, 100000])
            """)
    void keepsAConnectionWhoseStatementWasAtFault(String state, ErrorKind kind, String sql) throws SQLException {
        try (Connection connection = TestServer.open()) {
            TestServer.run(connection, "CREATE TEMP TABLE parent (a int PRIMARY KEY)");
            TestServer.run(connection, "INSERT INTO parent VALUES (1)");
            TestServer.run(
                    connection, "CREATE TEMP TABLE e (a int PRIMARY KEY CHECK (a > 0), b int REFERENCES parent)");

            SQLException error = provoked(connection, sql);

            assertThat(error.getSQLState()).isEqualTo(state);
            assertThat(classifier.classify(error)).isEqualTo(ErrorVerdict.benign(kind));
            assertThat(TestServer.one(connection, "SELECT 1")).isEqualTo(1);
        }
    }

    @Test
    void keepsAConnectionInAnAbortedTransaction() throws SQLException {
        try (Connection connection = TestServer.open()) {
            connection.setAutoCommit(false);
            provoked(connection, "SELECT 1/0");

            SQLException error = provoked(connection, "SELECT 1");

            assertThat(error.getSQLState()).isEqualTo("25P02");
            assertThat(classifier.classify(error)).isEqualTo(ErrorVerdict.benign(INTERNAL));
        }
    }

    @Test
    void keepsAConnectionThatWaitedForALockInVain() throws SQLException {
        try (Connection holder = TestServer.open();
                Connection other = TestServer.open()) {
            holder.setAutoCommit(false);
            TestServer.run(holder, "LOCK TABLE pg_description IN ACCESS EXCLUSIVE MODE");

            SQLException error = provoked(other, "BEGIN; LOCK TABLE pg_description NOWAIT");

            assertThat(error.getSQLState()).isEqualTo("55P03");
            assertThat(classifier.classify(error)).isEqualTo(ErrorVerdict.benign(OPERATIONAL));
            holder.rollback();
        }
    }

    @Test
    void condemnsAConnectionThatWasTerminated() throws SQLException {
        try (Connection connection = TestServer.open();
                Connection admin = TestServer.open()) {
            TestServer.one(
                    admin,
                    "SELECT pg_terminate_backend(?, 5000)",
                    TestServer.one(connection, "SELECT pg_backend_pid()"));

            SQLException first = provoked(connection, "SELECT 1");
            SQLException second = provoked(connection, "SELECT 1");

            assertThat(first.getSQLState()).isEqualTo("57P01");
            assertThat(classifier.classify(first)).isEqualTo(ErrorVerdict.connectionInvalid(OPERATIONAL));
            assertThat(second.getSQLState()).isEqualTo("08003");
            assertThat(classifier.classify(second)).isEqualTo(ErrorVerdict.connectionInvalid(INTERFACE));
        }
    }

    @Test
    void condemnsAConnectionToAServerThatTakesNoWrites() throws SQLException {
        try (Connection connection = TestServer.open()) {
            SQLException error =
                    provoked(connection, "CREATE TABLE x (a int)", "SET default_transaction_read_only = on");

            assertThat(error.getSQLState()).isEqualTo("25006");
            assertThat(classifier.classify(error))
                    .isEqualTo(ErrorVerdict.connectionInvalid(OPERATIONAL).refusingWrite());
        }
    }

    @Test
    @Tag("wrong-answers")
    @DisplayName(
            "A session that the server ended for being idle in a transaction is lost, and its transaction rolled back")
    void knowsThatAnIdleTransactionWasRolledBack() {
        assertThat(classifier.classify(new SQLException("made up", "25P03")))
                .isEqualTo(ErrorVerdict.connectionInvalid(OPERATIONAL).rolledBack());
    }

    @Test
    void tellsAClosedStatementFromAnObjectThatIsNotReady() throws SQLException {
        try (Connection connection = TestServer.open()) {
            SQLException servers = provoked(
                    connection,
                    "SELECT currval(pg_get_serial_sequence('pg_temp.s', 'a'))",
                    "CREATE TEMP TABLE s (a serial)");
            Statement statement = connection.createStatement();
            statement.close();
            SQLException drivers = catchThrowableOfType(SQLException.class, () -> statement.execute("SELECT 1"));

            assertThat(servers.getSQLState()).isEqualTo("55000");
            assertThat(classifier.classify(servers)).isEqualTo(ErrorVerdict.benign(OPERATIONAL));
            assertThat(drivers.getSQLState()).isEqualTo("55000");
            assertThat(classifier.classify(drivers)).isEqualTo(ErrorVerdict.benign(INTERFACE));
        }
    }

    @Test
    void waitsForAServerThatIsFull() throws SQLException {
        try (Connection admin = TestServer.open()) {
            TestServer.run(admin, "CREATE ROLE few LOGIN CONNECTION LIMIT 0");

            SQLException error = catchThrowableOfType(
                    SQLException.class,
                    () -> TestServer.open(TestServer.settings().user("few")));

            assertThat(error.getSQLState()).isEqualTo("53300");
            assertThat(classifier.classify(error)).isEqualTo(ErrorVerdict.refused());
        }
    }

    /** Those that are hard to bring about here. */
    @ParameterizedTest
    @CsvSource({
        "08000, OPERATIONAL, false, false",
        "08006, OPERATIONAL, false, false",
        "08P01, OPERATIONAL, false, false",
        "08S01, OPERATIONAL, false, false",
        "08001, OPERATIONAL, false, true",
        "08004, OPERATIONAL, false, false",
        "57P01, OPERATIONAL, false, false",
        "57P02, OPERATIONAL, false, false",
        "57P03, OPERATIONAL, false, true",
        "57P05, OPERATIONAL, false, false",
        "25P04, OPERATIONAL, false, false",
        "28P01, OPERATIONAL, false, false",
        "28000, OPERATIONAL, false, false",
        "40001, TRANSACTION_CONFLICT, true, false",
        "40P01, TRANSACTION_CONFLICT, true, false",
        "40002, INTEGRITY, true, false",
        "53100, OPERATIONAL, true, false",
        "53200, OPERATIONAL, true, false",
        "58030, OPERATIONAL, false, false",
        "44000, PROGRAMMING, true, false",
        "HV000, OPERATIONAL, true, false",
        "XX000, INTERNAL, false, false",
        "99999, OPERATIONAL, false, false",
        "ZZ000, DATABASE, false, false",
        "x, DATABASE, false, false",
        ", DATABASE, false, false"
    })
    void goesByTheState(String state, ErrorKind kind, boolean benign, boolean refusal) {
        assertThat(classifier.classify(new SQLException("made up", state)))
                .isEqualTo(
                        refusal
                                ? ErrorVerdict.refused()
                                : benign ? ErrorVerdict.benign(kind) : ErrorVerdict.connectionInvalid(kind));
    }

    private static SQLException provoked(Connection connection, String sql, String... before) throws SQLException {
        for (String statement : before) {
            TestServer.run(connection, statement);
        }
        SQLException error = catchThrowableOfType(SQLException.class, () -> TestServer.run(connection, sql));
        assertThat((Object) error).as(sql).isNotNull();
        return error;
    }
}
