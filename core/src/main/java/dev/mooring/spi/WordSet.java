package dev.mooring.spi;

import java.util.Set;

/** A set of words that finds its members inside a text without cutting the text up. Immutable. */
final class WordSet {

    /** Open addressing, at most a quarter full. */
    private final String[] slots;

    WordSet(Set<String> words) {
        slots = new String[Integer.highestOneBit(Math.max(words.size(), 1)) * 8];
        for (String word : words) {
            int hash = 0;
            for (int i = 0; i < word.length(); i++) {
                hash = 31 * hash + lower(word.charAt(i));
            }
            int slot = hash & (slots.length - 1);
            while (slots[slot] != null) {
                slot = (slot + 1) & (slots.length - 1);
            }
            slots[slot] = word;
        }
    }

    /** {@return whether one of the words, or anything behind a semicolon, is in {@code sql} from {@code from} on} */
    boolean anyIn(String sql, int from) {
        boolean ended = false;
        int at = from;
        while (at < sql.length()) {
            if (!isWordPart(sql.charAt(at))) {
                ended |= sql.charAt(at++) == ';';
                continue;
            }
            int start = at;
            int hash = 0;
            while (at < sql.length() && isWordPart(sql.charAt(at))) {
                hash = 31 * hash + lower(sql.charAt(at++));
            }
            if (ended || contains(sql, start, at, hash) || isEscapedName(sql, start, at)) {
                return true;
            }
        }
        return false;
    }

    private boolean contains(String sql, int start, int end, int hash) {
        for (int slot = hash & (slots.length - 1); slots[slot] != null; slot = (slot + 1) & (slots.length - 1)) {
            String word = slots[slot];
            if (word.length() == end - start && sql.regionMatches(true, start, word, 0, word.length())) {
                return true;
            }
        }
        return false;
    }

    /** {@code U&"\0073et_config"}: a name that cannot be read at a glance. */
    private static boolean isEscapedName(String sql, int start, int end) {
        return end - start == 1 && lower(sql.charAt(start)) == 'u' && end < sql.length() && sql.charAt(end) == '&';
    }

    static boolean isWordPart(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || c == '_'
                || (c >= '0' && c <= '9')
                || c == '$'
                || c > 127;
    }

    private static int lower(char c) {
        return c >= 'A' && c <= 'Z' ? c + 32 : c;
    }
}
