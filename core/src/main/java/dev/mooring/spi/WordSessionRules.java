package dev.mooring.spi;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Judges a statement by its words, in one pass and without parsing it: every doubt is answered with no. */
final class WordSessionRules implements SessionRules {

    private final Map<String, WordSet> suspects;

    WordSessionRules(Map<String, Set<String>> harmless) {
        suspects = harmless.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, entry -> new WordSet(entry.getValue())));
    }

    @Override
    public boolean leavesSessionAlone(String sql) {
        int start = skipBlanks(sql, 0);
        int end = wordEnd(sql, start);
        String first = word(sql, start, end);
        @Nullable WordSet suspect = suspects.get(first);
        if (suspect == null) {
            start = skipBlanks(sql, end);
            end = wordEnd(sql, start);
            suspect = suspects.get(first + ' ' + word(sql, start, end));
        }
        return suspect != null && !suspect.anyIn(sql, end);
    }

    private static String word(String sql, int start, int end) {
        return sql.substring(start, end).toLowerCase(Locale.ROOT);
    }

    private static int wordEnd(String sql, int start) {
        int end = start;
        while (end < sql.length() && WordSet.isWordPart(sql.charAt(end))) {
            end++;
        }
        return end;
    }

    /** {@return the index of the first character that is no blank, parenthesis or comment} */
    private static int skipBlanks(String sql, int from) {
        int at = from;
        while (at < sql.length()) {
            if (Character.isWhitespace(sql.charAt(at)) || sql.charAt(at) == '(') {
                at++;
            } else if (sql.startsWith("--", at)) {
                at = after(sql, "\n", at);
            } else if (sql.startsWith("/*", at)) {
                at = afterComment(sql, at);
            } else {
                return at;
            }
        }
        return at;
    }

    /** Databases differ on a comment inside a comment: then nothing is skipped, so no word is found. */
    private static int afterComment(String sql, int at) {
        int end = after(sql, "*/", at + 2);
        int inner = sql.indexOf("/*", at + 2);
        return inner >= 0 && inner < end ? sql.length() : end;
    }

    private static int after(String sql, String mark, int at) {
        int found = sql.indexOf(mark, at);
        return found < 0 ? sql.length() : found + mark.length();
    }
}
