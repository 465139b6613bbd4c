package dev.mooring.migrations;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** How much a comment looks like {@code -- reverse}: what follows that line undoes a migration. */
enum ReverseMarker {
    /** Two hyphens, a blank, and the word. */
    EXACT,
    /** Nothing but the word, or one for it, spelt or marked in another way. */
    NEARLY,
    /** The word and a text behind it. */
    WITH_TEXT,
    NONE;

    private static final String WORD = "reverse";

    /** What other tools call it, or people who write from memory. */
    private static final Set<String> OTHER_WORDS = Set.of(
            WORD,
            "reversed",
            "reversal",
            "reverted",
            "revert",
            "backward",
            "backwards",
            "undo",
            "unapply",
            "rollback",
            "down",
            "downs",
            "downgrade",
            "below");

    /** What stands beside it in the markers of other tools, and in headings. */
    private static final Set<String> BESIDE = Set.of(
            "above",
            "begin",
            "block",
            "change",
            "changes",
            "create",
            "drop",
            "false",
            "for",
            "goose",
            "migrate",
            "migration",
            "notransaction",
            "part",
            "rambler",
            "script",
            "section",
            "sql",
            "step",
            "the",
            "this",
            "to",
            "transaction",
            "true");

    static ReverseMarker of(String comment) {
        if (comment.startsWith("--")
                && isBlank(comment, 2)
                && comment.substring(2).strip().equals(WORD)) {
            return EXACT;
        }
        List<String> words = Arrays.stream(comment.split("[^\\p{L}]+"))
                .filter(word -> !word.isEmpty())
                .map(word -> word.toLowerCase(Locale.ROOT))
                .toList();
        if (isHeading(words) || (words.size() == 1 && Spelling.isClose(words.get(0), WORD))) {
            return NEARLY;
        }
        return !words.isEmpty() && words.get(0).equals(WORD) ? WITH_TEXT : NONE;
    }

    /** {@return whether the words are a marker's and no others, so that it is no sentence about the statement below} */
    private static boolean isHeading(List<String> words) {
        return words.stream().anyMatch(OTHER_WORDS::contains)
                && words.stream().allMatch(word -> OTHER_WORDS.contains(word) || BESIDE.contains(word));
    }

    private static boolean isBlank(String text, int at) {
        return text.length() > at && (text.charAt(at) == ' ' || text.charAt(at) == '\t');
    }
}
