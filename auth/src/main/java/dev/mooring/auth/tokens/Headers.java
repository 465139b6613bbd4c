package dev.mooring.auth.tokens;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The header {@code Authorization}. */
final class Headers {

    private Headers() {}

    /** {@return what stands behind {@code keyword}, if it is one word} */
    static Optional<String> credential(@Nullable String authorization, String keyword) {
        if (authorization == null || !authorization.regionMatches(true, 0, keyword + " ", 0, keyword.length() + 1)) {
            return Optional.empty();
        }
        String credential = authorization.substring(keyword.length() + 1).strip();
        return credential.isEmpty() || credential.chars().anyMatch(Character::isWhitespace)
                ? Optional.empty()
                : Optional.of(credential);
    }
}
