package dev.mooring.mariadb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.spi.SqlTokens;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("SQL as MariaDB reads it")
class MariadbDialectTest {

    private final MariadbDialect dialect = new MariadbDialect(Set.of("STRICT_TRANS_TABLES"));

    @Test
    @DisplayName("Names are enclosed in backticks, which are doubled in them")
    void quotesNames() {
        assertThat(dialect.quoteName("order")).isEqualTo("`order`");
        assertThat(dialect.quoteName("a`b")).isEqualTo("`a``b`");
    }

    @ParameterizedTest
    @DisplayName("A token is what the server reads as one")
    @CsvSource(
            delimiterString = " => ",
            quoteCharacter = '^',
            value = {
                "'it\\'s' => STRING",
                "'it''s' => STRING",
                "\"it\\\"s\" => STRING",
                "`a``b` => QUOTED_NAME",
                "-- a => COMMENT",
                "--a => SYMBOL SYMBOL WORD",
                "5--1 => NUMBER SYMBOL SYMBOL NUMBER",
                "# a => COMMENT",
                "/* a /* b */ c => COMMENT SPACE WORD",
                "/*! a */ => COMMENT SPACE WORD SPACE COMMENT",
                "/*M!100100 a*/ => COMMENT SPACE WORD COMMENT",
                "@a => SYMBOL WORD",
                "_utf8mb4'a' => WORD STRING",
            })
    void readsTokens(String sql, String kinds) {
        assertThat(kinds(dialect, sql)).isEqualTo(List.of(kinds.split(" ")));
    }

    @Test
    @DisplayName("Under ANSI_QUOTES double quotes enclose names, in which a backslash is itself")
    void readsAnsiQuotes() {
        MariadbDialect ansi = new MariadbDialect(Set.of("ANSI_QUOTES"));

        assertThat(kinds(ansi, "\"a\\\" 'b\\''")).containsExactly("QUOTED_NAME", "SPACE", "STRING");
    }

    @Test
    @DisplayName("A text without a statement is not sent")
    void knowsEmptyTexts() {
        assertThat(dialect.isEmpty(" -- a\n # b\n /* c */ ;")).isTrue();
        assertThat(dialect.isEmpty("/*! SET @a = 1 */")).isFalse();
        assertThat(dialect.runsEmpty()).isFalse();
    }

    private static List<String> kinds(MariadbDialect dialect, String sql) {
        List<String> kinds = new ArrayList<>();
        SqlTokens tokens = dialect.syntax().tokens(sql);
        while (tokens.next()) {
            kinds.add(tokens.kind().name());
        }
        return kinds;
    }
}
