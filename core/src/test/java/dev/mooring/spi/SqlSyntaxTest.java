package dev.mooring.spi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.spi.SqlSyntax.Rule;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("wrong-answers")
@DisplayName("SQL is divided into tokens and statements as its database does it")
class SqlSyntaxTest {

    private static final SqlSyntax POSTGRES = SqlSyntax.of(
            Rule.NESTED_COMMENTS,
            Rule.CARRIAGE_RETURN_ENDS_COMMENT,
            Rule.DOLLAR_QUOTES,
            Rule.ESCAPE_STRINGS,
            Rule.ATOMIC_BODIES);
    private static final SqlSyntax SQLITE = SqlSyntax.of(
            Rule.BACKTICK_NAMES,
            Rule.BRACKET_NAMES,
            Rule.NAMED_PARAMETERS,
            Rule.BYTE_ORDER_MARK_IS_SPACE,
            Rule.TRIGGER_BODIES);

    @ParameterizedTest
    @DisplayName("PostgreSQL: a token is what the server reads as one")
    @CsvSource(
            delimiterString = " => ",
            quoteCharacter = '^',
            value = {
                "'it''s' => STRING",
                "E'it\\'s' => STRING",
                "e'a''b\\\\' => STRING",
                "E'a'LF'it\\'s' => STRING",
                "E'a' -- cCR -- dLF 'it\\'s' => STRING",
                "E'a'  'b\\' => STRING SPACE STRING",
                "U&'\\' => WORD SYMBOL STRING",
                "type'\\' => WORD STRING",
                "$$a'b$$ => STRING",
                "$ü1$a$$b$ü1$ => STRING",
                "$1$$a;b$$ => PARAMETER STRING",
                "1$$a;b$$ => NUMBER STRING",
                "a$$b$$ => WORD",
                "$a => SYMBOL WORD",
                "/* a /* b */ ' */ => COMMENT",
                "/*/ a */ => COMMENT",
                "-- aCRb => COMMENT SPACE WORD",
                "<--a => SYMBOL COMMENT",
                "+/*a*/ => SYMBOL COMMENT",
                "`a` => SYMBOL WORD SYMBOL",
                "[1] => SYMBOL NUMBER SYMBOL",
                "a?b => WORD SYMBOL WORD",
                "::a => SYMBOL SYMBOL WORD",
                "NBSPaNBSP => WORD",
            })
    void readsPostgres(String text, String kinds) {
        assertThat(kinds(POSTGRES, text)).isEqualTo(kinds);
    }

    @ParameterizedTest
    @DisplayName("SQLite: a token is what the engine reads as one")
    @CsvSource(
            delimiterString = " => ",
            quoteCharacter = '^',
            value = {
                "E'it\\' => WORD STRING",
                "`a``b` => QUOTED_NAME",
                "[it's] => QUOTED_NAME",
                "[aLF$b] => QUOTED_NAME",
                "/* a /* b */' ' => COMMENT STRING",
                "-- aCRb => COMMENT",
                "$$a$$ => PARAMETER",
                "?1,?,:a,@b => PARAMETER SYMBOL PARAMETER SYMBOL PARAMETER SYMBOL PARAMETER",
                "$a::b(c;') => PARAMETER",
                "BOMaBOM => SPACE WORD",
            })
    void readsSqlite(String text, String kinds) {
        assertThat(kinds(SQLITE, text)).isEqualTo(kinds);
    }

    @ParameterizedTest
    @DisplayName("A quote or comment without an end goes to the end of the text")
    @ValueSource(strings = {"'a", "'a''", "\"a", "E'a\\'", "$x$ a $y$", "/* a /* b */", "/*", "E'a'\n'"})
    void saysWhatIsNotClosed(String text) {
        SqlTokens tokens = POSTGRES.tokens(text);

        assertThat(tokens.next()).isTrue();
        assertThat(tokens.isClosed()).isFalse();
        assertThat(tokens.end()).isEqualTo(text.length());
        assertThat(tokens.next()).isFalse();
    }

    @ParameterizedTest
    @DisplayName("PostgreSQL: a statement with semicolons in it stays whole")
    @ValueSource(
            strings = {
                "CREATE RULE r AS ON INSERT TO a DO ALSO (DELETE FROM b; DELETE FROM c)",
                "CREATE OR REPLACE FUNCTION f(begin int) RETURNS int BEGIN ATOMIC SELECT CASE a WHEN 1 THEN 2 END; SELECT 2; END",
                "CREATE PROCEDURE begin() BEGIN ATOMIC SELECT (SELECT 1); END",
                "CREATE FUNCTION f() RETURNS begin BEGIN ATOMIC END",
                "DO $$ BEGIN PERFORM 1; END $$",
                "CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $a$ begin return $$;$$; end $a$",
                "CREATE TRIGGER begin BEFORE INSERT ON a EXECUTE FUNCTION f()",
                "UPDATE t SET begin = CASE WHEN true THEN 1 END",
                "CREATE TABLE case1 (begin int, atomic int)",
                "SELECT 1 -- one\r + 2",
            })
    void keepsAStatementOfPostgresWhole(String sql) {
        assertThat(texts(POSTGRES, sql + ";\n/* next; */ SELECT 'next' ; ;")).containsExactly(sql, "SELECT 'next'");
    }

    @ParameterizedTest
    @DisplayName("SQLite: a statement with semicolons in it stays whole")
    @ValueSource(
            strings = {
                "CREATE TRIGGER t AFTER UPDATE OF begin ON a BEGIN DELETE FROM b; SELECT CASE WHEN 1 THEN 2 END; END",
                "CREATE TEMP TRIGGER begin AFTER UPDATE OF end ON a BEGIN UPDATE a SET end = 1; END",
                "CREATE TEMPORARY TRIGGER IF NOT EXISTS t AFTER INSERT ON a WHEN CASE end WHEN 1 THEN 1 END BEGIN SELECT 1; END",
                "EXPLAIN QUERY PLAN CREATE TRIGGER t AFTER INSERT ON a BEGIN SELECT 1; END",
                "CREATE TABLE begin (end int, [a; b] text, `c;` text)",
                "UPDATE t SET end = 1, begin = 2",
                "SELECT trigger FROM begin",
                "SELECT 1 -- one\r; two\n + 2",
            })
    void keepsAStatementOfSqliteWhole(String sql) {
        assertThat(texts(SQLITE, sql + "\n;\n-- next;\nSELECT 'next' ; ;")).containsExactly(sql, "SELECT 'next'");
    }

    @Test
    @DisplayName("The words at the beginning of each statement are known")
    void knowsTheFirstWords() {
        assertThat(POSTGRES.statements("/* a */ Commit And\nChain; ((SELECT 1)); \"commit\"; rollback to \"x\"; 'a'"))
                .extracting(statement -> String.join(" ", statement.words()))
                .containsExactly("commit and chain", "select", "", "rollback to", "");
        assertThat(POSTGRES.statements("a b c d e f g").get(0).words()).hasSize(SqlStatement.MAX_WORDS);
        assertThat(POSTGRES.statements("; /* ; */ -- x\n;")).isEmpty();
        assertThat(SQLITE.statements("\ufeffCOMMIT").get(0).firstWord()).isEqualTo("commit");
        assertThat(POSTGRES.statements(" 1; SELECT 2"))
                .extracting(SqlStatement::start)
                .containsExactly(1, 4);
    }

    @Test
    @DisplayName("Very long literals and comments need neither much time nor a deep stack")
    void readsLongTexts() {
        String sql = "SELECT E'" + "x\\'".repeat(200_000) + "', '" + "x''".repeat(200_000) + "' "
                + "/* ".repeat(100_000) + "*/ ".repeat(100_000) + "; COMMIT";

        assertThat(POSTGRES.statements(sql).size()).isEqualTo(2);
    }

    private static String kinds(SqlSyntax syntax, String text) {
        String sql = text.replace("LF", "\n")
                .replace("CR", "\r")
                .replace("NBSP", "\u00a0")
                .replace("BOM", "\ufeff");
        List<String> kinds = new ArrayList<>();
        SqlTokens tokens = syntax.tokens(sql);
        while (tokens.next()) {
            kinds.add(tokens.kind().name());
        }
        return String.join(" ", kinds);
    }

    private static List<String> texts(SqlSyntax syntax, String sql) {
        return syntax.statements(sql).stream().map(SqlStatement::text).toList();
    }
}
