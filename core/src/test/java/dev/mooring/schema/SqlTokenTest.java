package dev.mooring.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("wrong-answers")
class SqlTokenTest {

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '~',
            delimiter = ';',
            value = {
                "a>=1 ; WORD a, SIGN >, SIGN =, WORD 1",
                "~\"a\"\"b\" `c``d` [e f]~ ; QUOTED_NAME a\"b, QUOTED_NAME c`d, QUOTED_NAME e f",
                "'it''s' E'a\\'b' c ; STRING 'it''s', WORD E, STRING 'a\\'b', WORD c",
                "'a\\' b ; STRING 'a\\', WORD b",
                "x -- 'y ; WORD x",
                "x /* 'y */ z ; WORD x, WORD z",
                "tags[1] ; WORD tags, SIGN [, WORD 1, SIGN ]",
                "$$a 'b$$ c ; STRING $$a 'b$$, WORD c",
                "$q$a $$ b$q$ c ; STRING $q$a $$ b$q$, WORD c",
                "'open ; STRING 'open",
                "~\"open~ ; QUOTED_NAME open",
                "größe$1 ; WORD größe$1"
            })
    @DisplayName("Names, strings and signs are told apart, and comments left out")
    void tokens(String sql, String expected) {
        List<String> found = SqlToken.of(sql).stream()
                .map(token -> token.kind() + " " + token.text())
                .toList();

        assertThat(String.join(", ", found)).isEqualTo(expected);
    }

    @Test
    @DisplayName("Any text is read to its end, and what is left out is white space or a comment")
    void anyText() {
        Random random = new Random(1);
        String alphabet = "a\"'`[]$-/*\n\r eE\\.1:;(";
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int length = random.nextInt(12); length > 0; length--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            int endOfLast = 0;
            for (SqlToken token : SqlToken.of(text.toString())) {
                String between = text.toString().substring(endOfLast).substring(0, token.start() - endOfLast);
                assertThat(between.isBlank() || between.contains("--") || between.contains("/*"))
                        .as(text.toString())
                        .isTrue();
                assertThat(token.end()).isGreaterThan(token.start());
                endOfLast = token.end();
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '~',
            delimiter = ';',
            value = {
                "~\"b\" > 0 AND \"a\"\"b\" > 1~ ; ~\"c\" > 0 AND \"a\"\"b\" > 1~",
                "b > 0 AND ab > 1 ; ~\"c\" > 0 AND ab > 1~",
                "[b] > 0 ; ~\"c\" > 0~",
                "t.b > 0 ; ~t.\"c\" > 0~",
                "b(b) = 'b' ; ~b(\"c\") = 'b'~",
                "CAST(b AS b) = x::b ; ~CAST(\"c\" AS b) = x::b~",
                "x > b '2020' AND x COLLATE b = 1 ; x > b '2020' AND x COLLATE b = 1"
            })
    @DisplayName("A condition follows a renamed column where it names the column, and nowhere else")
    void conditions(String condition, String expected) {
        assertThat(Conditions.renamed(condition, "b", "c")).isEqualTo(expected);
    }
}
