package dev.mooring.auth.codec;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The normal form of user names (NFKC), as Django has it. */
class UnicodeTest {

    @Test
    void nfkcMakesOneNameOfConfusableOnes() {
        assertThat(Unicode.nfkc("ﬀ", 150)).contains("ff");
        assertThat(Unicode.nfkc("\u212b", 150)).contains("\u00c5");
        assertThat(Unicode.nfkc("alice", 150)).contains("alice");
    }

    @Test
    void nfkcCountsCharactersAsDatabasesDo() {
        assertThat(Unicode.nfkc("😀".repeat(150), 150)).isPresent();
        assertThat(Unicode.nfkc("😀".repeat(151), 150)).isEmpty();
        assertThat(Unicode.nfkc("a".repeat(150), 150)).isPresent();
        assertThat(Unicode.nfkc("a".repeat(151), 150)).isEmpty();
    }

    @Test
    void nfkcRefusesWhatGrowsTooLong() {
        assertThat(Unicode.nfkc("ﷺ".repeat(8), 150)).isPresent();
        assertThat(Unicode.nfkc("ﷺ".repeat(9), 150)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\0", "alice\0", "\ud800", "\udfff", "a\udc00\ud800b"})
    void nfkcRefusesWhatNoDatabaseStores(String text) {
        assertThat(Unicode.nfkc(text, 150)).isEmpty();
    }
}
