package dev.mooring.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqliteDialectTest {

    private static final String TRIGGER = "TRIGGER t AFTER INSERT ON a BEGIN "
            + "UPDATE a SET b = CASE WHEN b THEN 1 ELSE 2 END; DELETE FROM c WHERE d = ';'; END";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ";",
                "SELECT 1",
                "SELECT 1;",
                " ;; SELECT 1 ; ; \n-- done; really\n /* ; SELECT 2 */ ;",
                "SELECT 1; -- SELECT 2",
                "SELECT ';', \";\", `;`, [;] FROM a",
                "SELECT 'it''s; so', \"a\"\"; b\" FROM a",
                "SELECT 1 -- ; SELECT 2",
                "SELECT 1 /* ; SELECT 2",
                "SELECT 'open ; SELECT 2",
                "CREATE " + TRIGGER,
                "CREATE " + TRIGGER + ";",
                "create temp " + TRIGGER + " ; ",
                "EXPLAIN CREATE TEMPORARY " + TRIGGER,
                "EXPLAIN QUERY PLAN CREATE " + TRIGGER + ";",
                "/* a */ CREATE /* b */ " + TRIGGER + "; /* c */",
            })
    void takesOneStatement(String sql) {
        assertThat(new SqliteDialect().runsWhole(sql)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 1; SELECT 2",
                ";SELECT 1;SELECT 2;",
                "SELECT ';'; SELECT 2",
                "SELECT 1; /* x */ SELECT 2",
                "SELECT 1; --x\nDROP TABLE a",
                "SELECT /* ' */ 1; DROP TABLE a -- '",
                "CREATE " + TRIGGER + "; DROP TABLE a",
                "CREATE TABLE trigger_a (x); END; DROP TABLE a",
                "BEGIN; DELETE FROM a; END",
                "SELECT 1; \u00a0",
                "EXPLAIN SELECT 1; SELECT 2",
            })
    void findsTheNext(String sql) {
        assertThat(new SqliteDialect().runsWhole(sql)).isFalse();
    }
}
