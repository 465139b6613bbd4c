package dev.mooring.migrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqlScriptTest {

    @Test
    void takesStatementsApart() {
        assertThat(statements("CREATE TABLE a (b int);\n\n-- a comment;\nDROP TABLE a ; ;"))
                .containsExactly("CREATE TABLE a (b int)", "DROP TABLE a");
        assertThat(statements("SELECT 1")).containsExactly("SELECT 1");
        assertThat(statements("-- nothing;\n/* nor here; */\n;")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "INSERT INTO a VALUES ('it''s; so', \"b;c\", `d;e`)",
                "INSERT INTO a VALUES (E'a\\';b')",
                "INSERT INTO a VALUES ('C:\\')",
                "SELECT 1 -- one; two\n + 2",
                "SELECT 1 /* one; /* two; */ three; */ + 2",
                "DO $$ BEGIN PERFORM 1; END $$",
                "DO $body$ BEGIN PERFORM $$;$$; END $body$",
                "SELECT a$b, $1",
                "CREATE RULE r AS ON INSERT TO a DO ALSO (DELETE FROM b; DELETE FROM c)",
                "CREATE TRIGGER t AFTER INSERT ON a BEGIN DELETE FROM b; UPDATE c SET d = CASE WHEN 1 THEN 2 END; END",
                "CREATE TEMP TRIGGER IF NOT EXISTS t AFTER UPDATE ON a WHEN CASE new.b WHEN 1 THEN 1 END"
                        + " BEGIN SELECT 1; END",
                "CREATE OR REPLACE FUNCTION f(a int) RETURNS int BEGIN ATOMIC SELECT 1; SELECT 2; END",
                "CREATE TRIGGER t BEFORE INSERT ON a FOR EACH ROW EXECUTE FUNCTION f()",
                "CREATE TABLE \"begin\" (begin int)",
                "CREATE TABLE rules (trigger text, begin text)",
                "CREATE VIEW v AS SELECT trigger, CASE begin FROM rules",
                "CREATE CONSTRAINT TRIGGER t AFTER INSERT ON a FOR EACH ROW EXECUTE FUNCTION f()",
                "CREATE OR REPLACE PROCEDURE p() BEGIN ATOMIC SELECT 1; SELECT 2; END",
                "CREATE TABLE [a; b] ([c;d] int)",
                "SELECT [a(b], [begin] FROM t",
                "SELECT ARRAY['a];', 'b'], x[1], y[z]"
            })
    void leavesAStatementWhole(String statement) {
        assertThat(statements(statement + ";\nSELECT 'next'")).containsExactly(statement, "SELECT 'next'");
    }

    @Test
    void knowsTheLineOfEachStatement() {
        List<SqlStatement> statements = SqlScript.parse("a.sql", "-- top\n\nSELECT\n 1;\n/* x\n */ SELECT 2;")
                .forwards();

        assertThat(statements).extracting(SqlStatement::place).containsExactly("a.sql:3", "a.sql:6");
    }

    @Test
    void takesWhatFollowsTheMarkerForTheReverse() {
        SqlScript script =
                SqlScript.parse("a.sql", "CREATE TABLE a (b text DEFAULT '\n-- reverse\n')\n--Reverse\nDROP TABLE a;");

        assertThat(script.forwards()).hasSize(1);
        assertThat(script.reverse()).extracting(SqlStatement::sql).containsExactly("DROP TABLE a");
        assertThat(SqlScript.parse("a.sql", "SELECT 1").reverse()).isNull();
        assertThat(SqlScript.parse("a.sql", "SELECT 1;\n-- reverse").reverse()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\nSELECT 'a;\n",
                "\nSELECT 1 /* a;\n",
                "\nDO $x$ a; $y$\n",
                "\nCREATE TRIGGER t AFTER INSERT ON a BEGIN SELECT 1;\n",
                "\nSELECT (1;\n-- reverse\nSELECT 2",
                "\nCREATE OR REPLACE TEMPORARY TRIGGER t AFTER INSERT ON a BEGIN SELECT 1;\n",
                "\nCOMMIT;",
                "\nbegin;",
                "-- reverse\n-- reverse"
            })
    void namesTheLineOfWhatItCannotRead(String text) {
        assertThatExceptionOfType(BadMigrationException.class)
                .isThrownBy(() -> SqlScript.parse("a.sql", text))
                .withMessageStartingWith("a.sql:2: ");
    }

    private static List<String> statements(String text) {
        return SqlScript.parse("a.sql", text).forwards().stream()
                .map(SqlStatement::sql)
                .toList();
    }
}
