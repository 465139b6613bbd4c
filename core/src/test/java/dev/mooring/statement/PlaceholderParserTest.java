package dev.mooring.statement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mooring.error.ProgrammingException;
import dev.mooring.spi.Dialect;
import dev.mooring.spi.SqlSyntax;
import dev.mooring.spi.SqlSyntax.Rule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlaceholderParserTest {

    private static final Dialect POSTGRES = new Dialect() {
        @Override
        public SqlSyntax syntax() {
            return SqlSyntax.of(
                    Rule.NESTED_COMMENTS,
                    Rule.CARRIAGE_RETURN_ENDS_COMMENT,
                    Rule.DOLLAR_QUOTES,
                    Rule.ESCAPE_STRINGS,
                    Rule.ATOMIC_BODIES);
        }

        @Override
        public String questionMark() {
            return "??";
        }
    };

    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            quoteCharacter = '^',
            value = {
                "SELECT %s => SELECT ? => 1",
                "%s%s => ? ? => 2",
                "%s?|%s => ? ??|? => 2",
                "a ?%s => a ?? ? => 1",
                "a ?? %s => a ???? ? => 1",
                "LIMIT%s1 => LIMIT ? 1 => 1",
                "1$$?$$ + %s => 1$$?$$ + ? => 1",
                "1 - -%s => 1 - -? => 1",
                "SELECT 10 %% %s => SELECT 10 % ? => 1",
                "SELECT %%s => SELECT %s => 0",
                "a ? b AND c = %s => a ?? b AND c = ? => 1",
                "a ?| b ?& %s => a ??| b ??& ? => 1",
                "'it''s ?' %s => 'it''s ?' ? => 1",
                "'100%%' %s => '100%' ? => 1",
                "\"odd?name\" %s => \"odd?name\" ? => 1",
                "1 - %s / %s => 1 - ? / ? => 2",
                "1 -- to the end ? => 1 -- to the end ? => 0",
                "/* ? */ %s => /* ? */ ? => 1",
                "/* a /* ? */ ? */ %s => /* a /* ? */ ? */ ? => 1",
                "/* open ? => /* open ? => 0",
                "$$ ? ' $$ %s => $$ ? ' $$ ? => 1",
                "$tag$ ? $$ $tag$ %s => $tag$ ? $$ $tag$ ? => 1",
                "$1 ? %s => $1 ?? ? => 1",
                "a$b$ ? %s => a$b$ ?? ? => 1",
                "$open ? %s => $open ?? ? => 1",
                "E'it\\'s ?' %s => E'it\\'s ?' ? => 1",
                "e'a''b\\'?' %s => e'a''b\\'?' ? => 1",
                "'\\' ? %s => '\\' ?? ? => 1",
                "type'\\' ? %s => type'\\' ?? ? => 1",
                "'open ? => 'open ? => 0",
                "%(a)s + %(b)s + %(a)s => ? + ? + ? => 3",
            })
    void readsAStatementWithParameters(String sql, String expected, int parameters) {
        SqlText text = parse(sql, true);

        assertThat(text.sql()).isEqualTo(expected);
        assertThat(text.parameters()).isEqualTo(parameters);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "SELECT 7 %% 2 | SELECT 7 %% 2",
                "SELECT '%s' | SELECT '%s'",
                "a LIKE 'x%' | a LIKE 'x%'",
                "SELECT %s %(a)s | SELECT %s %(a)s",
                "a ? 'b' | a ?? 'b'",
            })
    void leavesPercentSignsAloneWithoutParameters(String sql, String expected) {
        SqlText text = parse(sql, false);

        assertThat(text.sql()).isEqualTo(expected);
        assertThat(text.parameters()).isZero();
    }

    @Test
    void endsALineCommentWithTheLine() {
        assertThat(parse("1 -- ? why\n+ %s", true).sql()).isEqualTo("1 -- ? why\n+ ?");
        assertThat(parse("1 -- ? why\r+ %s", true).sql()).isEqualTo("1 -- ? why\r+ ?");
    }

    @Test
    void namesTheParametersInTheOrderOfTheirPlaces() {
        assertThat(parse("%(b)s %(a)s %(b)s", true).names()).containsExactly("b", "a", "b");
        assertThat(parse("%s", true).names()).isEmpty();
    }

    @Test
    void passesOnWhetherTheSessionIsLeftAlone() {
        assertThat(new PlaceholderParser("x", false, POSTGRES).parse(true, true).leavesSessionAlone())
                .isTrue();
        assertThat(new PlaceholderParser("x", false, POSTGRES)
                        .parse(false, true)
                        .leavesSessionAlone())
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "a LIKE x% | the percent sign at position 9 starts no placeholder; write %% for a percent sign",
                "10 % 3 | the percent sign at position 4 starts no placeholder; write %% for a percent sign",
                "%d | the percent sign at position 1 starts no placeholder; write %% for a percent sign",
                "%(a | the percent sign at position 1 starts no placeholder; write %% for a percent sign",
                "'%s' | a quoted text or comment holds a percent sign; with parameters write it as %%",
                "-- 5% | a quoted text or comment holds a percent sign; with parameters write it as %%",
                "%s %(a)s | it mixes %s and %(name)s",
            })
    void refusesAPercentSignThatMeansNothing(String sql, String why) {
        assertThatExceptionOfType(ProgrammingException.class)
                .isThrownBy(() -> parse(sql, true))
                .withMessage("The statement cannot be read: " + why + "; statement: " + sql);
    }

    @Test
    void refusesANulBecauseDatabasesStopReadingThere() {
        assertThatExceptionOfType(ProgrammingException.class)
                .isThrownBy(() -> parse("SELECT 1\0; DROP TABLE t", false))
                .withMessage(
                        "The statement cannot be read: it holds a NUL character, after which databases stop reading;"
                                + " statement: SELECT 1\0; DROP TABLE t");
    }

    @Test
    void getsThroughAVeryLongStatementInOnePass() {
        String sql = "SELECT " + "%s, ".repeat(100_000) + "'" + "x''".repeat(100_000) + "'";

        assertThat(parse(sql, true).parameters()).isEqualTo(100_000);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT {fn now()}",
                "SELECT {d'2024-01-01'}",
                "{ ts '2024-01-01 00:00:00'}",
                "{?= call f()}",
                "{OJ a}"
            })
    void refusesWhatTheDriverWouldWriteAnew(String sql) {
        for (boolean parameters : new boolean[] {true, false}) {
            assertThatExceptionOfType(ProgrammingException.class)
                    .isThrownBy(() -> parse(sql, parameters))
                    .withMessageContaining("begins a JDBC escape; write it in the database's own SQL");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"SELECT '{fn now()}'", "SELECT $${d 'x'}$$", "SELECT 1 /* {fn x} */", "{'a': 1}", "{dx}"})
    void leavesOtherBracesAlone(String sql) {
        assertThat(parse(sql, true).sql()).isEqualTo(sql);
    }

    private static SqlText parse(String sql, boolean parameters) {
        return new PlaceholderParser(sql, parameters, POSTGRES).parse(true, true);
    }
}
