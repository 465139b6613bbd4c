package dev.mooring.spi;

import java.util.List;

/**
 * One statement of a text. Immutable.
 *
 * @param text the statement from its first token to its last, without the semicolon and the comments around it
 * @param start where it begins in the whole text
 * @param words the words it begins with, in lower case, at most {@value #MAX_WORDS}, up to the first token that is no word;
 *     parentheses that open before them do not count. Quoted names and literals are no words: {@code COMMIT PREPARED 'x'}
 *     has {@code commit} and {@code prepared}, {@code "commit"} none
 */
public record SqlStatement(String text, int start, List<String> words) {

    /** How many words at its beginning are kept. */
    public static final int MAX_WORDS = 6;

    /** Keeps a copy of the words. */
    public SqlStatement {
        words = List.copyOf(words);
    }

    /** {@return the first word, in lower case; empty if it begins with something else} */
    public String firstWord() {
        return words.isEmpty() ? "" : words.get(0);
    }
}
