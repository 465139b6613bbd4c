package dev.mooring.auth;

import java.util.Optional;

/** Primary keys as text. */
final class PrimaryKeys {

    private static final int LONGEST = 18;

    private PrimaryKeys() {}

    /** {@return the number that {@code text} is; empty if it is none that a row can have} */
    static Optional<Long> parse(String text) {
        boolean number =
                !text.isEmpty() && text.length() <= LONGEST && text.chars().allMatch(c -> c >= '0' && c <= '9');
        return number ? Optional.of(Long.valueOf(text)) : Optional.empty();
    }
}
