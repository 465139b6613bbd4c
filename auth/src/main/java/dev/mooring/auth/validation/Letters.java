package dev.mooring.auth.validation;

import java.util.ArrayList;
import java.util.List;

/** What Python's texts say of characters. */
final class Letters {

    private Letters() {}

    /** {@return {@code isdigit()}: digits, raised and circled ones too} */
    @SuppressWarnings("CharacterGetNumericValue") // Letters, which it takes for digits of base 36, are of other types.
    static boolean isDigit(int point) {
        int value = Character.getNumericValue(point);
        return Character.isDigit(point)
                || (Character.getType(point) == Character.OTHER_NUMBER && value >= 0 && value <= 9);
    }

    /** {@return whether {@code \w} matches: a letter, any number, the underscore} */
    static boolean isWord(int point) {
        int type = Character.getType(point);
        return point == '_'
                || Character.isLetterOrDigit(point)
                || type == Character.LETTER_NUMBER
                || type == Character.OTHER_NUMBER;
    }

    /** {@return {@code re.split(r'\W+', text)}} */
    static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean between = false;
        for (int at = 0; at < text.length(); ) {
            int point = text.codePointAt(at);
            at += Character.charCount(point);
            if (isWord(point)) {
                word.appendCodePoint(point);
                between = false;
            } else if (!between) {
                words.add(word.toString());
                word.setLength(0);
                between = true;
            }
        }
        words.add(word.toString());
        return words;
    }

    /** {@return {@code strip()}} */
    static String strip(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && isSpace(text.charAt(from))) {
            from++;
        }
        while (to > from && isSpace(text.charAt(to - 1))) {
            to--;
        }
        return text.substring(from, to);
    }

    private static boolean isSpace(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '\u0085';
    }
}
