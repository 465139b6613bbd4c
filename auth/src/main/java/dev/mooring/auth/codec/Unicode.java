package dev.mooring.auth.codec;

import java.text.Normalizer;
import java.util.Optional;

/** What text may go into a column, a hash or a key. */
public final class Unicode {

    private Unicode() {}

    /**
     * {@return whether there is neither a NUL nor half of a surrogate pair in it}
     *
     * <p>PostgreSQL refuses NUL; HMAC pads with it, so that a password and the same one with NULs behind it hash alike.
     */
    public static boolean isStorable(String text) {
        return text.indexOf('\0') < 0 && !hasLoneSurrogate(text);
    }

    /** {@return whether half of a surrogate pair is in it, all of which become one and the same question mark in UTF-8} */
    static boolean hasLoneSurrogate(String text) {
        return text.codePoints()
                .anyMatch(point -> point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE);
    }

    /** {@return whether all of it is visible ASCII, as keys and tokens are; true of an empty text} */
    public static boolean isVisibleAscii(String text) {
        return text.chars().allMatch(c -> c > ' ' && c <= '~');
    }

    /** {@return whether a {@code varchar(max)} takes it: characters are counted as databases and Python do} */
    public static boolean fits(String text, int max) {
        return text.length() <= 2 * max && text.codePointCount(0, text.length()) <= max && isStorable(text);
    }

    /**
     * {@return {@code text} in NFKC; empty if a {@code varchar(max)} does not take it, before or after}
     *
     * <p>The length is looked at first, as normalising is quadratic: 400,000 combining marks take half a minute.
     */
    public static Optional<String> nfkc(String text, int max) {
        return Optional.of(text)
                .filter(given -> fits(given, max))
                .map(given -> Normalizer.normalize(given, Normalizer.Form.NFKC))
                .filter(normal -> fits(normal, max));
    }
}
