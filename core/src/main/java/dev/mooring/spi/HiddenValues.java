package dev.mooring.spi;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes out of an error message what may be a value of a row or of a parameter: what stands in quotes, unless it is part of a
 * text that is shown anyway. Stateless.
 */
public final class HiddenValues {

    /** What stands in the place of a value. */
    public static final String HIDDEN = "***";

    /** Where a message ends with a value, that value may hold quotes itself. */
    private static final Pattern AT_THE_END = Pattern.compile("(?s):\\s*([\"'])(.*)\\1\\s*\\z");

    /** An apostrophe inside a word is no quote. */
    private static final Pattern QUOTED =
            Pattern.compile("(?s)\"([^\"]*)\"|(?<![\\p{L}\\p{N}])'([^']*)'(?![\\p{L}\\p{N}])|`([^`]*)`");

    private HiddenValues() {}

    /**
     * {@return {@code message} without the quoted texts that are not in {@code shown}}
     *
     * @param shown what the reader sees besides, such as the text of the statement and the names of tables
     */
    public static String hide(String message, String shown) {
        Matcher end = AT_THE_END.matcher(message);
        if (end.find() && !isShown(end.group(2), shown)) {
            String before = message.substring(0, end.start(2) - 1);
            return hideQuoted(before, shown) + end.group(1) + HIDDEN + end.group(1);
        }
        return hideQuoted(message, shown);
    }

    /** {@return whether something was hidden in {@code safe}, which was made of {@code original}} */
    public static boolean differ(String safe, String original) {
        return safe.contains(HIDDEN) && !original.contains(HIDDEN);
    }

    /** A value may hold the quote that encloses it: from the first that is hidden, everything up to the last quote goes. */
    private static String hideQuoted(String message, String shown) {
        Matcher quoted = QUOTED.matcher(message);
        int from = -1;
        int to = -1;
        while (quoted.find()) {
            if (from < 0 && !isShown(message.substring(quoted.start() + 1, quoted.end() - 1), shown)) {
                from = quoted.start();
            }
            to = quoted.end();
        }
        if (from < 0) {
            return message;
        }
        char quote = message.charAt(from);
        return message.substring(0, from) + quote + HIDDEN + quote + message.substring(to);
    }

    private static boolean isShown(String text, String shown) {
        return !text.isEmpty() && shown.contains(text);
    }
}
