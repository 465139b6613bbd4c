package dev.mooring.migrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mooring.spi.SqlStatement;
import dev.mooring.spi.SqlSyntax;
import dev.mooring.spi.SqlSyntax.Rule;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("wrong-answers")
@DisplayName("A script of SQL is divided into statements and what undoes them")
class SqlScriptTest {

    private static final SqlSyntax POSTGRES = SqlSyntax.of(
            Rule.NESTED_COMMENTS,
            Rule.CARRIAGE_RETURN_ENDS_COMMENT,
            Rule.DOLLAR_QUOTES,
            Rule.ESCAPE_STRINGS,
            Rule.ATOMIC_BODIES);
    private static final SqlSyntax SQLITE =
            SqlSyntax.of(Rule.BACKTICK_NAMES, Rule.BRACKET_NAMES, Rule.NAMED_PARAMETERS, Rule.TRIGGER_BODIES);

    @Test
    @DisplayName("Statements end at semicolons; comments between them and empty statements are left out")
    void takesStatementsApart() {
        assertThat(statements("CREATE TABLE a (b int);\n\n-- a comment;\nDROP TABLE a ; ;"))
                .containsExactly("CREATE TABLE a (b int)", "DROP TABLE a");
        assertThat(statements("SELECT 1")).containsExactly("SELECT 1");
        assertThat(statements("-- nothing;\n/* nor here; */\n;")).isEmpty();
    }

    @Test
    @DisplayName("Each statement has its line, whatever ends the lines")
    void knowsTheLineOfEachStatement() {
        for (String lineEnd : List.of("\n", "\r\n", "\r")) {
            String text = "-- top\n\nSELECT\n 1;\n/* x\n */ SELECT 2;".replace("\n", lineEnd);
            SqlSource source = new SqlSource("a.sql", text);
            assertThat(SqlScript.parse(source, POSTGRES).forwards())
                    .extracting(statement -> source.line(statement.start()))
                    .containsExactly(3, 6);
        }
    }

    @Test
    @DisplayName("What follows the line '-- reverse' between statements undoes what precedes")
    void takesWhatFollowsTheMarkerForTheReverse() {
        for (String lineEnd : List.of("\n", "\r\n", "\r")) {
            String text = "CREATE TABLE a (b text DEFAULT '\n-- reverse\n');\n \t-- reverse \t\nDROP TABLE a;";
            SqlScript script = script(POSTGRES, text.replace("\n", lineEnd));

            assertThat(script.forwards()).hasSize(1);
            assertThat(script.reverse()).extracting(SqlStatement::text).containsExactly("DROP TABLE a");
        }
        assertThat(script(SQLITE, "SELECT 1;\r\n-- reverse\r\nSELECT 2").reverse())
                .hasSize(1);
        assertThat(script(POSTGRES, "SELECT 1").reverse()).isNull();
        assertThat(script(POSTGRES, "SELECT 1;\n-- reverse").reverse()).isEmpty();
    }

    @ParameterizedTest
    @DisplayName("A comment within a statement is a comment, also if it says 'reverse'")
    @ValueSource(
            strings = {
                "DELETE FROM t -- reverse\nWHERE id = 1",
                "DELETE FROM t\n-- reverse\nWHERE id = 1",
                "DELETE FROM t /* reverse */ WHERE id = 1",
                "DELETE FROM t\n-- Reverse:\nWHERE id = 1",
                "CREATE TABLE t (a int,\n-- reverse\ncreate int)",
                "INSERT INTO t SELECT 1 --reverse\nFROM u",
            })
    void leavesCommentsInStatementsAlone(String statement) {
        for (SqlSyntax syntax : List.of(POSTGRES, SQLITE)) {
            SqlScript script = script(syntax, statement + ";\nSELECT 'next';");
            assertThat(script.forwards()).extracting(SqlStatement::text).containsExactly(statement, "SELECT 'next'");
            assertThat(script.reverse()).isNull();
        }
    }

    @ParameterizedTest
    @DisplayName("A line that is nearly '-- reverse' is an error that names the line and says what to write")
    @ValueSource(
            strings = {
                "-- reverse:",
                "--reverse",
                "/* reverse */",
                "-- Reverse",
                "-- REVERSE",
                "-- reverse the above",
                "--- reverse",
                "-- revers",
                "-- revesre",
                "-- reversed",
                "-- == reverse ==",
                "/*\n * Reverse\n */",
                "--\treverse!",
                "-- rollback",
                "-- migrate:down",
                "-- +goose Down",
                "-- reverse -- what follows",
                "-- undo",
                "-- Down Migration",
                "-- migrate:down transaction:false",
                "-- +migrate Down notransaction",
                "-- rambler down",
                "---- create above / drop below ----",
                "-- undo script",
                "-- revert changes",
                "-- to undo:",
                "-- Downgrade",
                "-- reverted",
                "--\u00a0reverse",
                "/* reverse */ SELECT 3;",
                "SELECT 4; -- reverse",
            })
    void refusesWhatIsNearlyTheMarker(String line) {
        String text = "SELECT 1;\n" + line + "\nSELECT 2;";
        for (SqlSyntax syntax : List.of(POSTGRES, SQLITE)) {
            assertThatExceptionOfType(BadMigrationException.class)
                    .isThrownBy(() -> script(syntax, text))
                    .withMessageStartingWith("a.sql:2: ")
                    .withMessageContainingAll("-- reverse", "word the comment differently");
        }
    }

    @ParameterizedTest
    @DisplayName("A comment that only has such a word in it is a comment")
    @ValueSource(
            strings = {
                "-- The reverse of 0003",
                "-- reserve",
                "-- river",
                "-- never",
                "-- in reverse",
                "-- reversed index of names"
            })
    void leavesOtherCommentsAlone(String line) {
        assertThat(statements("SELECT 1;\n" + line + "\nSELECT 2;")).hasSize(2);
    }

    @ParameterizedTest
    @DisplayName("A statement that lacks its semicolon before the line '-- reverse' is an error")
    @ValueSource(
            strings = {
                "\n-- reverse\nDROP TABLE a;",
                "\n-- reverse",
                "\n--Reverse\nDELETE FROM a;",
                "\n-- reverse\n-- x\n/* y */ DROP VIEW a"
            })
    void refusesAMarkerInDoubt(String rest) {
        assertThatExceptionOfType(BadMigrationException.class)
                .isThrownBy(() -> script(POSTGRES, "CREATE SCHEMA a" + rest))
                .withMessageStartingWith("a.sql:2: the statement that begins on line 1 is not ended before this line");
    }

    @Test
    @DisplayName("PostgreSQL: a carriage return ends a comment; where it does not, text hidden by one is an error")
    void readsCarriageReturns() {
        String text = "-- seed\rCREATE TABLE a (b int);\r";

        assertThat(statements(text)).containsExactly("CREATE TABLE a (b int)");
        assertThatExceptionOfType(BadMigrationException.class)
                .isThrownBy(() -> script(SQLITE, text))
                .withMessageStartingWith("a.sql:1: in this database a carriage return does not end a comment");
        assertThat(script(SQLITE, "-- seed\r\nSELECT 1;\r\n").forwards()).hasSize(1);
    }

    @ParameterizedTest
    @DisplayName("What has no end, or is no SQL, is an error that names the line")
    @ValueSource(
            strings = {
                "\nSELECT 'a;\n",
                "\nSELECT E'a\\';\n",
                "\nSELECT 1 /* a;\n",
                "\nDO $x$ a; $y$\n",
                "\nCREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1;\n",
                "\nSELECT (1;\n-- reverse\nSELECT 2",
                "\nCOPY t (a, b) FROM stdin;\n1\tit's\n\\.\n",
                "\nCOPY t TO STDOUT;",
                "\n\\restrict abc\n",
                "-- reverse\n-- reverse"
            })
    void namesTheLineOfWhatItCannotRead(String text) {
        assertThatExceptionOfType(BadMigrationException.class)
                .isThrownBy(() -> script(POSTGRES, text))
                .withMessageStartingWith("a.sql:2: ");
    }

    @Test
    @DisplayName("SQLite: a trigger without its END is an error that names the line")
    void namesTheLineOfATriggerWithoutEnd() {
        assertThatExceptionOfType(BadMigrationException.class)
                .isThrownBy(() -> script(SQLITE, "\nCREATE TRIGGER t AFTER INSERT ON a BEGIN SELECT 1;\n"))
                .withMessageStartingWith("a.sql:2: the statement that begins here has a body without its END");
    }

    @Test
    @DisplayName("COPY with stdin is refused with the ways to do it")
    void explainsCopy() {
        assertThatExceptionOfType(BadMigrationException.class)
                .isThrownBy(() -> script(POSTGRES, "COPY t FROM stdin;\n1\tit's\n\\.\n"))
                .withMessageContainingAll("COPY", "write INSERT", "Operations.run");
        assertThat(statements("COPY t FROM '/tmp/x'; SELECT stdin FROM u")).hasSize(2);
    }

    private static SqlScript script(SqlSyntax syntax, String text) {
        return SqlScript.parse(new SqlSource("a.sql", text), syntax);
    }

    private static List<String> statements(String text) {
        return script(POSTGRES, text).forwards().stream()
                .map(SqlStatement::text)
                .toList();
    }
}
