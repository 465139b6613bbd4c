package dev.mooring.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresSessionRulesTest {

    private final PostgresConnector connector = new PostgresConnector(TestServer.settings()
            .timeZone(ZoneId.of("Asia/Tokyo"))
            .option("prepare_threshold", "1")
            .build());
    private final PostgresSessionRules rules = new PostgresSessionRules(connector, Duration.ofSeconds(10));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 1",
                "select * from t where a = ? for update",
                "  \n\t SELECT 1;  ",
                "-- why\n/* who */ (SELECT 1) UNION (SELECT 2)",
                "SELECT nextval('s'), currval('s'), lastval()",
                "SELECT pg_advisory_xact_lock(1), pg_try_advisory_xact_lock_shared(1)",
                "SELECT temp, temporary FROM weather",
                "INSERT INTO weather (temp) VALUES (?) RETURNING id",
                "UPDATE t SET a = 1",
                "DELETE FROM t",
                "MERGE INTO t USING s ON t.a = s.a WHEN MATCHED THEN DELETE",
                "VALUES (1)",
                "TABLE t",
                "WITH x AS (INSERT INTO t VALUES (1) RETURNING a) SELECT * FROM x",
                "EXPLAIN ANALYZE SELECT 1",
                "CREATE TABLE t (a int)",
                "CREATE UNIQUE INDEX CONCURRENTLY i ON t (a)",
                "CREATE OR REPLACE VIEW v AS SELECT 1",
                "ALTER TABLE t ADD COLUMN b int",
                "DROP SEQUENCE s",
                "TRUNCATE t",
                "SET LOCAL work_mem = '1MB'",
                "set /* x */ constraints ALL IMMEDIATE",
                "SHOW TimeZone",
                "NOTIFY news",
                "SELECT my_set_config(1), set_config_of FROM t"
            })
    void letsPass(String sql) {
        assertThat(rules.leavesSessionAlone(sql)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-- nothing",
                "SET search_path = x",
                "SET SESSION AUTHORIZATION joe",
                "RESET ALL",
                "SELECT set_config('a.b', 'c', false)",
                "SELECT \"set_config\"('a.b', 'c', false)",
                "SELECT U&\"\\0073et_config\"('a.b', 'c', false)",
                "select PG_CATALOG.Set_Config('a.b', 'c', false)",
                "INSERT INTO t SELECT setseed(0.5)",
                "WITH x AS (SELECT pg_advisory_lock(1)) SELECT * FROM x",
                "SELECT pg_try_advisory_lock(1)",
                "SELECT dblink_connect('c', 'd')",
                "SELECT set_limit(0.8)",
                "SELECT * FROM ts_stat('SELECT words FROM t')",
                "SELECT ts_rewrite('a'::tsquery, 'SELECT t, s FROM aliases')",
                "SELECT * FROM crosstab('SELECT 1') AS ct(a int)",
                "SELECT * FROM crosstab3('SELECT 1')",
                "SELECT * FROM connectby('t', 'id', 'parent', '1', 0) AS t(id int, parent int, level int)",
                "SELECT * FROM xpath_table('id', 'doc', 't', '/a', 'true') AS t(id int)",
                "UPDATE pg_settings SET setting = 'x' WHERE name = 'search_path'",
                "SELECT query_to_xml('SELECT set' || '_config(1)', true, true, '')",
                "SELECT a INTO TEMP x FROM t",
                "SELECT a INTO pg_temp.x FROM t",
                "WITH x AS (SELECT 1) SELECT * INTO TEMPORARY y FROM x",
                "CREATE TEMP TABLE t (a int)",
                "CREATE /* c */ LOCAL -- d\n TEMPORARY TABLE t (a int)",
                "CREATE OR REPLACE TEMP VIEW v AS SELECT 1",
                "CREATE TABLE pg_temp.t (a int)",
                "EXPLAIN ANALYZE CREATE TEMP TABLE t AS SELECT 1",
                "SELECT 1; SET search_path = x",
                "/* /* */ SELECT 1 */ SET search_path = x",
                "LISTEN news",
                "PREPARE p AS SELECT 1",
                "DECLARE c CURSOR WITH HOLD FOR SELECT 1",
                "DISCARD TEMP",
                "LOAD 'auto_explain'",
                "BEGIN",
                "COMMIT",
                "ROLLBACK",
                "SAVEPOINT s",
                "DO 'BEGIN END'",
                "CALL p()",
                "selection",
                "SET LOCALE = x"
            })
    void holdsBack(String sql) {
        assertThat(rules.leavesSessionAlone(sql)).isFalse();
    }

    @Test
    void wipesWhateverASessionRemembers() throws SQLException {
        try (Connection connection = connector.open();
                Connection other = TestServer.open()) {
            connector.initialize(connection);
            TestServer.run(connection, "SET search_path = nowhere");
            TestServer.run(connection, "SET TimeZone = 'Asia/Kabul'");
            TestServer.run(connection, "SELECT set_config('app.user', 'alice', false)");
            TestServer.run(connection, "CREATE TEMP TABLE mine (a int)");
            TestServer.run(connection, "SELECT pg_advisory_lock(4711)");
            TestServer.run(connection, "LISTEN news");
            TestServer.run(connection, "PREPARE p AS SELECT 1");
            TestServer.run(connection, "DECLARE c CURSOR WITH HOLD FOR SELECT 1");
            TestServer.run(connection, "SET ROLE careful");

            assertThat(rules.reset(connection)).isTrue();

            assertThat(TestServer.one(connection, "SHOW search_path")).isEqualTo("\"$user\", public");
            assertThat(TestServer.one(connection, "SHOW TimeZone")).isEqualTo("Asia/Tokyo");
            assertThat(TestServer.one(connection, "SHOW application_name")).isEqualTo("mooring");
            assertThat(TestServer.one(connection, "SHOW statement_timeout")).isEqualTo("1min");
            assertThat(TestServer.one(connection, "SELECT current_setting('app.user', true)"))
                    .isIn(null, "");
            assertThat(TestServer.one(connection, "SELECT to_regclass('pg_temp.mine')"))
                    .isNull();
            assertThat(TestServer.one(other, "SELECT pg_try_advisory_lock(4711)"))
                    .isEqualTo(true);
            assertThat(TestServer.one(connection, "SELECT count(*) FROM pg_listening_channels()"))
                    .isEqualTo(0L);
            assertThat(TestServer.one(connection, "SELECT count(*) FROM pg_prepared_statements WHERE name = 'p'"))
                    .isEqualTo(0L);
            assertThat(TestServer.one(connection, "SELECT count(*) FROM pg_cursors WHERE name = 'c'"))
                    .isEqualTo(0L);
            assertThat(TestServer.one(connection, "SELECT current_user::text")).isEqualTo("postgres");
        }
    }

    @Test
    void leavesTheDriversOwnPreparedStatementsWorking() throws SQLException {
        try (Connection connection = connector.open()) {
            for (int i = 0; i < 5; i++) {
                assertThat(TestServer.one(connection, "SELECT ?::int + 1", i)).isEqualTo(i + 1);
                assertThat(TestServer.one(connection, "SELECT count(*) > 0 FROM pg_prepared_statements"))
                        .as("prepared on the server, or this shows nothing")
                        .isEqualTo(true);
                assertThat(rules.reset(connection)).isTrue();
            }
        }
    }
}
