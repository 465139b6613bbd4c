package dev.mooring.spi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.spi.SqlSyntax.Rule;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("SQL of MariaDB is divided as the server divides it")
class CompoundBodyTest {

    private static final SqlSyntax SYNTAX = SqlSyntax.of(
            Rule.BACKTICK_NAMES,
            Rule.BACKSLASH_ESCAPES,
            Rule.DOUBLE_QUOTED_STRINGS,
            Rule.HASH_COMMENTS,
            Rule.SPACE_AFTER_DASHES,
            Rule.EXECUTABLE_COMMENTS,
            Rule.COMPOUND_BODIES);

    @ParameterizedTest
    @DisplayName("The body of a routine is one statement with all that is in it")
    @ValueSource(
            strings = {
                "CREATE PROCEDURE p() BEGIN SELECT 1; SELECT 2; END",
                "CREATE OR REPLACE DEFINER=`a`@`b` PROCEDURE p(IN `begin` int) SQL SECURITY INVOKER BEGIN SELECT 1; END",
                "CREATE PROCEDURE p() BEGIN IF a THEN SELECT 1; ELSEIF b THEN SELECT 2; ELSE SELECT 3; END IF; SELECT 4; END",
                "CREATE PROCEDURE p() BEGIN WHILE i < 3 DO SET i = i + 1; END WHILE; REPEAT SET i = 1; UNTIL i END REPEAT; END",
                "CREATE PROCEDURE p() BEGIN again: LOOP LEAVE again; END LOOP again; BEGIN SELECT 1; END; SELECT 2; END",
                "CREATE PROCEDURE p() BEGIN CASE x WHEN 1 THEN SELECT 1; ELSE SELECT 2; END CASE; SELECT 3; END",
                "CREATE PROCEDURE p() BEGIN SET @a = CASE WHEN b THEN IF(c, 1, 2) ELSE CASE d WHEN 1 THEN 2 END END; SELECT 1; END",
                "CREATE PROCEDURE p() BEGIN DECLARE EXIT HANDLER FOR SQLEXCEPTION BEGIN ROLLBACK; END; SELECT 1; END",
                "CREATE PROCEDURE p() BEGIN FOR r IN (SELECT 1) DO SELECT r.a; END FOR; DROP TABLE IF EXISTS t; END",
                "CREATE TRIGGER t BEFORE INSERT ON item FOR EACH ROW BEGIN SET NEW.a = 1; SET NEW.b = 2; END",
                "CREATE TRIGGER t BEFORE INSERT ON item FOR EACH ROW IF NEW.a THEN SET NEW.b = 1; END IF",
                "CREATE EVENT e ON SCHEDULE EVERY 1 DAY DO BEGIN DELETE FROM a; DELETE FROM b; END",
                "BEGIN NOT ATOMIC SELECT 1; SELECT 2; END"
            })
    void keepsBodiesWhole(String routine) {
        assertThat(SYNTAX.statements("SELECT 0; " + routine + "; SELECT 9"))
                .extracting(SqlStatement::text)
                .containsExactly("SELECT 0", routine, "SELECT 9");
    }

    @ParameterizedTest
    @DisplayName("What is called like a routine or a block ends at its own semicolon")
    @ValueSource(
            strings = {
                "CREATE TABLE event (`begin` int, loop_id int)",
                "CREATE TRIGGER t BEFORE INSERT ON item FOR EACH ROW SET NEW.a = 1",
                "CREATE VIEW procedure_list AS SELECT CASE WHEN 1 THEN 2 END",
                "BEGIN",
                "SELECT 'it\\'s; fine', \"so\\\"; too\", 5--1",
                "SELECT 1 # not ; here\n + 1",
                "SELECT 1 /*!50000 , 2; */"
            })
    void endsOthersAtTheirSemicolon(String statement) {
        List<SqlStatement> statements = SYNTAX.statements(statement + "; SELECT 9");

        assertThat(statements).last().extracting(SqlStatement::text).isEqualTo("SELECT 9");
        assertThat(statements.get(0).text()).startsWith(statement.substring(0, 5));
    }

    @Test
    @DisplayName("A comment that the server runs is code, and any other is none")
    void readsExecutableComments() {
        assertThat(SYNTAX.plainTokens("SELECT /* a */ 1 /*M!100100 INTO @x */ -- b"))
                .containsExactly("select", "1", "into", "@", "x");
    }

    @Test
    @DisplayName("What is not closed is said to be missing")
    void tellsWhatIsMissing() {
        SqlTokens tokens = SYNTAX.tokens("CREATE PROCEDURE p() BEGIN SELECT 1; ");
        while (tokens.next()) {
            assertThat(tokens.isClosed()).isTrue();
        }

        assertThat(tokens.missing()).isEqualTo("a body without its END");
    }
}
