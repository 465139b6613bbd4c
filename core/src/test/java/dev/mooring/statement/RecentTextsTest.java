package dev.mooring.statement;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is remembered of the texts of SQL that were read. */
@Tag("wrong-answers")
class RecentTextsTest {

    private static final int MAX_BYTES = 4_000_000;

    private final RecentTexts texts = new RecentTexts(MAX_BYTES);

    @Test
    @DisplayName("Dynamic SQL takes no more than the bound in bytes, however long the texts are")
    void staysWithinItsBoundInBytes() {
        for (int i = 0; i < 7_500; i++) {
            put("SELECT " + "x".repeat(20_000) + i);
            assertThat(texts.bytes()).isLessThanOrEqualTo(MAX_BYTES);
        }
        assertThat(texts.bytes()).isGreaterThan(MAX_BYTES / 4);
    }

    @Test
    @DisplayName("A text that is used stays, though it came after thousands of others and thousands follow")
    void keepsWhatIsUsedThoughItCameLate() {
        for (int i = 0; i < 30_000; i++) {
            put("SELECT " + i);
        }
        SqlText hot = put("SELECT hot");
        for (int i = 0; i < 30_000; i++) {
            put("SELECT other " + i);
            assertThat(texts.get("SELECT hot")).isSameAs(hot);
        }
        assertThat(texts.get("SELECT other 0")).isNull();
    }

    @Test
    @DisplayName("A text so long that few others would have room is not kept")
    void passesOverWhatIsTooLong() {
        SqlText hot = put("SELECT hot");
        put("SELECT " + "x".repeat(MAX_BYTES));

        assertThat(texts.get("SELECT " + "x".repeat(MAX_BYTES))).isNull();
        assertThat(texts.get("SELECT hot")).isSameAs(hot);
    }

    private SqlText put(String sql) {
        SqlText text = new SqlText(sql, 0, List.of(), true, false);
        texts.put(sql, text);
        return text;
    }
}
