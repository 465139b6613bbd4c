package dev.mooring.mariadb;

import static dev.mooring.error.ErrorKind.INTERFACE;
import static dev.mooring.error.ErrorKind.OPERATIONAL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.error.ErrorKind;
import dev.mooring.spi.ErrorVerdict;
import java.sql.Connection;
import java.sql.SQLException;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("What errors of MariaDB mean")
class MariadbErrorClassifierTest {

    private final MariadbErrorClassifier classifier = new MariadbErrorClassifier();

    @ParameterizedTest
    @DisplayName("An error that is the statement's own keeps the connection, and is of the kind that Django gives it")
    @CsvSource(delimiter = '|', textBlock = """
            1062 | INTEGRITY     | INSERT INTO e (a, b) VALUES (1, 1), (1, 1)
            1048 | INTEGRITY     | INSERT INTO e (a, b) VALUES (NULL, 1)
            1364 | INTEGRITY     | INSERT INTO e (b) VALUES (1)
            1452 | INTEGRITY     | INSERT INTO e (a, b) VALUES (5, 7)
            1451 | INTEGRITY     | DELETE FROM parent
            4025 | INTEGRITY     | INSERT INTO e (a, b) VALUES (-1, 1)
            1264 | DATA          | INSERT INTO e (a, b) VALUES (99999999999, 1)
            1406 | DATA          | INSERT INTO e (a, c) VALUES (3, 'much too long')
            1366 | DATA          | INSERT INTO e (a, b) VALUES ('x', 1)
            1292 | DATA          | INSERT INTO e (a, d) VALUES (3, '2024-02-30')
            1146 | PROGRAMMING   | SELECT * FROM nowhere
            1064 | PROGRAMMING   | SELEC 1
            1054 | OPERATIONAL   | SELECT nothing FROM e
            1305 | OPERATIONAL   | SELECT no_such_function()
            1242 | OPERATIONAL   | SELECT (SELECT 1 UNION SELECT 2)
            1235 | NOT_SUPPORTED | SELECT 1 IN (SELECT 1 LIMIT 1)
            1969 | OPERATIONAL   | SET STATEMENT max_statement_time = 0.01 FOR SELECT sleep(20)
            """)
    void keepsAConnectionWhoseStatementWasAtFault(int number, ErrorKind kind, String sql) throws SQLException {
        try (Connection connection = TestServer.open()) {
            TestServer.run(
                    connection,
                    "DROP TABLE IF EXISTS e, parent",
                    "CREATE TABLE parent (a int PRIMARY KEY)",
                    "INSERT INTO parent VALUES (1)",
                    "CREATE TABLE e (a int PRIMARY KEY CHECK (a > 0), b int, c varchar(5), d date,"
                            + " FOREIGN KEY (b) REFERENCES parent (a))",
                    "INSERT INTO e (a, b) VALUES (9, 1)");

            SQLException error = provoked(connection, sql);

            assertThat(error.getErrorCode()).isEqualTo(number);
            assertThat(classifier.classify(error)).isEqualTo(ErrorVerdict.benign(kind));
            assertThat(TestServer.one(connection, "SELECT 1")).isEqualTo(1);
        }
    }

    @Test
    @DisplayName("A lock that was waited for in vain costs neither the connection nor the transaction")
    void keepsAConnectionThatWaitedForALockInVain() throws SQLException {
        try (Connection holder = TestServer.open();
                Connection other = TestServer.open()) {
            TestServer.run(
                    holder,
                    "CREATE OR REPLACE TABLE waited (a int PRIMARY KEY)",
                    "INSERT INTO waited VALUES (1)",
                    "START TRANSACTION",
                    "UPDATE waited SET a = 1");

            SQLException error = provoked(other, "SELECT a FROM waited FOR UPDATE NOWAIT");

            assertThat(error.getErrorCode()).isEqualTo(1205);
            assertThat(classifier.classify(error)).isEqualTo(ErrorVerdict.benign(OPERATIONAL));
        }
    }

    @Test
    @DisplayName("A connection that was killed is invalid, and one that is closed stays so")
    void invalidatesAKilledConnection() throws SQLException {
        try (Connection connection = TestServer.open();
                Connection admin = TestServer.open()) {
            TestServer.run(admin, "KILL " + TestServer.one(connection, "SELECT connection_id()"));

            SQLException first = provoked(connection, "SELECT 1");
            SQLException second = provoked(connection, "SELECT 1");

            assertThat(classifier.classify(first)).isEqualTo(ErrorVerdict.connectionInvalid(OPERATIONAL));
            assertThat(classifier.classify(second)).isEqualTo(ErrorVerdict.connectionInvalid(INTERFACE));
        }
    }

    @ParameterizedTest
    @DisplayName("A full server and one that shuts down are refusals for now")
    @ValueSource(ints = {1040, 1203, 1226, 1053})
    void knowsRefusals(int number) {
        assertThat(classifier.classify(new SQLException("x", "HY000", number))).isEqualTo(ErrorVerdict.refused());
    }

    @Test
    @DisplayName("A server that has become a replica costs the connection")
    void knowsReplicas() {
        SQLException error = new SQLException(
                "The MariaDB server is running with the --read-only option so it cannot execute this statement",
                "HY000",
                1290);

        assertThat(classifier.classify(error))
                .isEqualTo(ErrorVerdict.connectionInvalid(OPERATIONAL).refusingWrite());
    }

    @ParameterizedTest
    @DisplayName("Values are left out of messages, names are not")
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            Duplicate entry 'hunter2' for key 'name'                   | Duplicate entry '***' for key 'name'
            Duplicate entry 'a' for key 'b' for key 'name'             | Duplicate entry '***' for key 'name'
            Incorrect integer value: 'hunter2' for column `s`.`t`.`c` at row 1 | Incorrect integer value: '***' for column `s`.`t`.`c` at row 1
            Incorrect datetime value: 'hunter2'                        | Incorrect datetime value: '***'
            Truncated incorrect DOUBLE value: 'it's hunter2'           | Truncated incorrect DOUBLE value: '***'
            Can't create table `s`.`t` (errno: 150)                    | Can't create table `s`.`t` (errno: 150)
            Unknown thing 'hunter2'                                    | Unknown thing '***'
            """)
    void leavesValuesOut(String message, String safe) {
        assertThat(classifier.withoutValues(new SQLException(message), "")).isEqualTo(safe);
    }

    @Test
    @DisplayName("A value that a message has in no quotes is left out too")
    void leavesUnquotedValuesOut() {
        SQLException error = new SQLException("(conn=5) Table has no partition for value 4711", "HY000", 1526);

        assertThat(classifier.withoutValues(error, "")).isEqualTo("(conn=5) Table has no partition for value ***");
    }

    @ParameterizedTest
    @DisplayName("Nobody who listens or answers is a refusal for now, a server without TLS is not")
    @CsvSource({
        "Socket fail to connect to db:3306. Connection refused,true",
        "Could not connect to db:3306 : Connection refused,true",
        "Socket timeout when connecting to db:3306. connect timed out,true",
        "'Trying to connect with ssl, but ssl not enabled in the server',false"
    })
    void knowsWhatMayWorkLater(String message, boolean later) {
        assertThat(classifier.classify(new SQLException(message, "08000")))
                .isEqualTo(later ? ErrorVerdict.refused() : ErrorVerdict.connectionInvalid(OPERATIONAL));
    }

    @ParameterizedTest
    @DisplayName("Where a setting is the way out, it is named")
    @CsvSource({
        "1298, SET time_zone = '+14:30', offsets from -12:59 to +13:00",
        "1298, SET time_zone = 'Nowhere/Atlantis', mariadb-tzinfo-to-sql"
    })
    void tellsTheWayOut(int number, String sql, String wayOut) throws SQLException {
        try (Connection connection = TestServer.open()) {
            SQLException error = provoked(connection, sql);

            assertThat(error.getErrorCode()).isEqualTo(number);
            assertThat(classifier.wayOut(error)).contains(wayOut);
        }
    }

    @Test
    @DisplayName("A message that is too large for the server names the option that bounds it")
    void namesTheLargestMessage() throws SQLException {
        try (Connection connection = TestServer.open()) {
            int bound = ((Number) TestServer.one(connection, "SELECT @@max_allowed_packet")).intValue();

            SQLException error = provoked(connection, "SELECT '" + "x".repeat(bound) + "'");

            assertThat(error.getErrorCode()).isEqualTo(1153);
            assertThat(classifier.classify(error)).isEqualTo(ErrorVerdict.connectionInvalid(OPERATIONAL));
            assertThat(classifier.wayOut(error)).contains("maxAllowedPacket");
        }
    }

    private static SQLException provoked(Connection connection, String sql) {
        return Assertions.catchThrowableOfType(SQLException.class, () -> TestServer.run(connection, sql));
    }
}
