package dev.mooring.auth;

import java.text.Normalizer;
import java.util.Optional;

/** What text may go into a column or a hash. */
final class Unicode {

    private Unicode() {}

    /**
     * {@return whether there is neither a NUL nor half of a surrogate pair in it}
     *
     * <p>PostgreSQL refuses NUL; HMAC pads with it, so that a password and the same one with NULs behind it hash alike.
     * Every lone surrogate becomes one and the same question mark in UTF-8.
     */
    static boolean isStorable(String text) {
        return text.codePoints()
                .noneMatch(
                        point -> point == 0 || (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE));
    }

    /** {@return whether a {@code varchar(max)} takes it: characters are counted as databases and Python do} */
    static boolean fits(String text, int max) {
        return text.length() <= 2 * max && text.codePointCount(0, text.length()) <= max && isStorable(text);
    }

    /**
     * {@return {@code text} in NFKC; empty if a {@code varchar(max)} does not take it, before or after}
     *
     * <p>The length is looked at first, as normalising is quadratic: 400,000 combining marks take half a minute.
     */
    static Optional<String> nfkc(String text, int max) {
        return Optional.of(text)
                .filter(given -> fits(given, max))
                .map(given -> Normalizer.normalize(given, Normalizer.Form.NFKC))
                .filter(normal -> fits(normal, max));
    }
}
