package dev.mooring.mariadb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.config.DatabaseSettings;
import dev.mooring.spi.StatementTrait;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Which statements change a session of MariaDB")
class MariadbSessionRulesTest {

    private final DatabaseSettings settings = TestServer.settings().build();
    private final MariadbOptions options = MariadbOptions.of(settings);
    private final MariadbConnector connector =
            new MariadbConnector(settings, options, MariadbSession.of(settings, options));
    private final MariadbDialect dialect = new MariadbDialect(options.sqlModes());
    private final MariadbSessionRules rules =
            new MariadbSessionRules(connector, dialect.syntax(), Duration.ofSeconds(10));

    @ParameterizedTest
    @DisplayName("These leave it alone")
    @ValueSource(
            strings = {
                "SELECT 1",
                " # why\n (SELECT 1) UNION (SELECT 2)",
                "SELECT temporary FROM weather",
                "INSERT INTO t (a) VALUES (?) RETURNING id",
                "REPLACE INTO t VALUES (1)",
                "UPDATE t SET a = 1",
                "DELETE FROM t",
                "WITH x AS (SELECT 1) SELECT * FROM x",
                "VALUES (1)",
                "EXPLAIN SELECT 1",
                "ANALYZE TABLE t",
                "CREATE TABLE t (a int)",
                "ALTER TABLE t ADD COLUMN b int",
                "DROP TABLE t",
                "TRUNCATE t",
                "SHOW TABLES"
            })
    void letsPass(String sql) {
        assertThat(rules.leavesSessionAlone(sql)).isTrue();
    }

    @ParameterizedTest
    @DisplayName("These may change it")
    @ValueSource(
            strings = {
                "",
                "SET @a = 1",
                "SET NAMES latin1",
                "/*! SET @a = 1 */",
                "SELECT @a := 1",
                "SELECT 1 INTO @a",
                "SELECT 1 /*! INTO @a */",
                "SELECT GET_LOCK('a', 0)",
                "DO release_lock('a')",
                "CREATE TEMPORARY TABLE t (a int)",
                "CREATE /* c */ OR REPLACE TEMPORARY TABLE t (a int)",
                "DROP TEMPORARY TABLE t",
                "LOCK TABLES t READ",
                "FLUSH TABLES WITH READ LOCK",
                "USE mysql",
                "PREPARE p FROM 'SELECT 1'",
                "HANDLER t OPEN",
                "CALL p()",
                "BEGIN",
                "COMMIT",
                "XA START 'a'",
                "SELECT 1; SET @a = 1"
            })
    void holdsBack(String sql) {
        assertThat(rules.leavesSessionAlone(sql)).isFalse();
    }

    @ParameterizedTest
    @DisplayName("These commit the transaction by themselves")
    @ValueSource(
            strings = {
                "CREATE TABLE t (a int)",
                "CREATE OR REPLACE VIEW v AS SELECT 1",
                "/*! ALTER */ TABLE t ADD b int",
                "drop table t",
                "TRUNCATE t",
                "RENAME TABLE a TO b",
                "GRANT ALL ON *.* TO x",
                "LOCK TABLES t READ",
                "FLUSH TABLES",
                "ANALYZE TABLE t",
                "OPTIMIZE TABLE t",
                "CREATE PROCEDURE p() BEGIN SELECT 1; SELECT 2; END",
                "CREATE TEMPORARY SEQUENCE s",
                "CREATE OR REPLACE TEMPORARY SEQUENCE s",
                "SET PASSWORD = PASSWORD('x')",
                "SET PASSWORD FOR x = PASSWORD('x')",
                "SET DEFAULT ROLE NONE",
                "SET STATEMENT max_statement_time = 5 FOR CREATE TABLE t (a int)",
                "SET STATEMENT max_statement_time = 5, lock_wait_timeout = 1 FOR /* why */ TRUNCATE t"
            })
    void knowsImplicitCommits(String sql) {
        assertThat(traits(sql)).contains(StatementTrait.COMMITS_IMPLICITLY);
    }

    @ParameterizedTest
    @DisplayName("These do not")
    @ValueSource(
            strings = {
                "SELECT 1",
                "INSERT INTO t VALUES (1)",
                "CREATE TEMPORARY TABLE t (a int)",
                "CREATE TEMPORARY TABLE sequence (a int)",
                "DROP TEMPORARY TABLE t",
                "DROP TEMPORARY SEQUENCE s",
                "SET ROLE NONE",
                "SET STATEMENT max_statement_time = 5 FOR SELECT 1",
                "SET STATEMENT max_statement_time = 5 FOR (SELECT 1 FOR UPDATE)",
                "ANALYZE SELECT 1",
                "SET @a = 1",
                "SHOW CREATE TABLE t"
            })
    void knowsWhatCommitsNothing(String sql) {
        assertThat(traits(sql)).doesNotContain(StatementTrait.COMMITS_IMPLICITLY);
    }

    @ParameterizedTest
    @DisplayName("XA ends and begins transactions as well")
    @ValueSource(
            strings = {
                "XA START 'a'",
                "XA BEGIN 'a'",
                "XA END 'a'",
                "XA PREPARE 'a'",
                "XA COMMIT 'a'",
                "XA ROLLBACK 'a'"
            })
    void knowsXa(String sql) {
        assertThat(traits(sql)).containsAnyOf(StatementTrait.BEGINS_TRANSACTION, StatementTrait.ENDS_TRANSACTION);
    }

    @Test
    @DisplayName("A statement that SET STATEMENT runs ends the transaction as it does alone")
    void knowsWhatSetStatementRuns() {
        assertThat(traits("SET STATEMENT max_statement_time = 5 FOR COMMIT"))
                .containsExactly(StatementTrait.ENDS_TRANSACTION);
    }

    @Test
    @DisplayName("A reset wipes whatever a session remembers")
    void wipesWhateverASessionRemembers() throws SQLException {
        try (Connection connection = connector.open();
                Connection other = TestServer.open()) {
            connector.initialize(connection);
            TestServer.run(
                    connection,
                    "SET @a = 1",
                    "SET sql_mode = ''",
                    "SET time_zone = '+09:00'",
                    "SET SESSION TRANSACTION ISOLATION LEVEL SERIALIZABLE",
                    "SET autocommit = 0",
                    "SET foreign_key_checks = 0",
                    "SET max_statement_time = 0",
                    "CREATE TEMPORARY TABLE mine (a int)",
                    "PREPARE p FROM 'SELECT 1'",
                    "DO get_lock('mine', 0)",
                    "SET SESSION TRANSACTION READ ONLY",
                    "USE mysql");
            connection.setNetworkTimeout(Runnable::run, 5);

            assertThat(rules.reset(connection)).isTrue();

            assertThat(TestServer.one(connection, "SELECT @a")).isNull();
            assertThat(
                            TestServer.one(
                                    connection,
                                    "SELECT concat_ws(' ', @@sql_mode, @@time_zone, @@tx_isolation, @@tx_read_only, @@autocommit,"
                                            + " @@foreign_key_checks, @@max_statement_time, @@character_set_client, database())"))
                    .isEqualTo("STRICT_TRANS_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION +00:00"
                            + " READ-COMMITTED OFF ON ON 60.000000 utf8mb4 mooring");
            assertThat(TestServer.one(other, "SELECT get_lock('mine', 0)")).isEqualTo(1);
            assertThat(TestServer.rows(connection, "SHOW TABLES LIKE 'mine'")).isEmpty();
            assertThat(connection.getNetworkTimeout()).isEqualTo(61_000);
            assertThat(connection.getAutoCommit()).isTrue();
        }
    }

    @Test
    @DisplayName("A session with another role than a login gives is not reset, for the role would stay")
    void closesASessionWithAnotherRole() throws SQLException {
        try (Connection connection = TestServer.open()) {
            TestServer.run(
                    connection,
                    "CREATE OR REPLACE ROLE reader",
                    "CREATE OR REPLACE ROLE writer",
                    "CREATE OR REPLACE USER roled IDENTIFIED BY 'roled'",
                    "GRANT ALL ON mooring.* TO reader",
                    "GRANT ALL ON mooring.* TO roled",
                    "GRANT reader TO roled",
                    "GRANT writer TO roled",
                    "SET DEFAULT ROLE reader FOR roled");
            TestServer.run(connection, "GRANT reader TO CURRENT_USER", "SET ROLE reader");
            assertThat(rules.reset(connection)).isFalse();
        }
        for (String role : List.of("NONE", "writer")) {
            try (Connection connection =
                    TestServer.open(TestServer.settings().user("roled").password("roled"))) {
                assertThat(TestServer.one(connection, "SELECT current_role()")).isEqualTo("reader");
                assertThat(rules.reset(connection)).isTrue();
                TestServer.run(connection, "SET ROLE " + role);
                assertThat(rules.reset(connection)).as(role).isFalse();
            }
        }
    }

    private Set<StatementTrait> traits(String sql) {
        return rules.traits(dialect.syntax().statements(sql).get(0));
    }
}
