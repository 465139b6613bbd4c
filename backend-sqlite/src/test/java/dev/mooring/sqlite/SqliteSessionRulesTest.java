package dev.mooring.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.spi.SessionRules;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqliteSessionRulesTest {

    private final SessionRules rules =
            TestFile.backend(TestFile.settings("rules.db")).sessionRules();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 1",
                " -- why\n /* who */ select temp from weather;",
                "INSERT INTO t VALUES (?)",
                "REPLACE INTO t VALUES (1)",
                "UPDATE t SET a = 1",
                "DELETE FROM t",
                "VALUES (1)",
                "WITH x AS (SELECT 1) SELECT * FROM x",
                "EXPLAIN QUERY PLAN SELECT 1",
                "CREATE TABLE t (a)",
                "CREATE UNIQUE INDEX i ON t (a)",
                "ALTER TABLE t ADD COLUMN b",
                "DROP VIEW v",
                "PRAGMA table_info('t')",
                "pragma foreign_key_list(t)",
                "ANALYZE"
            })
    void letsPass(String sql) {
        assertThat(rules.leavesSessionAlone(sql)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "PRAGMA foreign_keys = OFF",
                "PRAGMA main.foreign_keys = OFF",
                "PRAGMA table_info(t); PRAGMA foreign_keys = OFF",
                "ATTACH 'x.db' AS x",
                "DETACH x",
                "CREATE TEMP TABLE t (a)",
                "CREATE /**/ TEMPORARY VIEW v AS SELECT 1",
                "CREATE TABLE temp.t (a)",
                "SELECT load_extension('x')",
                "/* /* */ PRAGMA foreign_keys = OFF; -- */ SELECT 1",
                "BEGIN",
                "COMMIT",
                "END",
                "ROLLBACK",
                "SAVEPOINT s"
            })
    void holdsBack(String sql) {
        assertThat(rules.leavesSessionAlone(sql)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 1",
                "EXPLAIN DELETE FROM t",
                "WITH x AS (SELECT 1) SELECT * FROM x",
                "PRAGMA table_info(t)",
                "PRAGMA foreign_keys = OFF",
                "PRAGMA busy_timeout = 0"
            })
    void knowsWhatOnlyReads(String sql) {
        assertThat(rules.mayWrite(sql)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "INSERT INTO t VALUES (1)",
                "WITH x AS (SELECT 1) DELETE FROM t",
                "PRAGMA schema_version = 7",
                "PRAGMA user_version = 7",
                "PRAGMA journal_mode = DELETE",
                "SELECT 1; DELETE FROM t"
            })
    void takesTheRestForAWriter(String sql) {
        assertThat(rules.mayWrite(sql)).isTrue();
    }

    @Test
    void cannotResetASession() throws SQLException {
        try (Connection connection = TestFile.open(TestFile.memory())) {
            assertThat(rules.reset(connection)).isFalse();
        }
    }
}
