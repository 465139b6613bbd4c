package dev.mooring.auth.tokens;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A token of simplejwt's that was verified. Immutable.
 *
 * @param type {@code access} or {@code refresh}
 * @param id the claim {@code jti}
 * @param expires when it is worth nothing any more
 * @param claims all claims, as {@code String}, {@code Long}, {@code BigInteger}, {@code Double}, {@code Boolean}, null,
 *     {@code List} and {@code Map}
 */
public record SimpleJwt(String type, String id, Instant expires, Map<String, @Nullable Object> claims) {

    /** {@return the primary key of the user in the claim {@code user_id}, as text} */
    public Optional<String> userId() {
        return userId("user_id");
    }

    /** {@return the primary key of the user in the claim that simplejwt's {@code USER_ID_CLAIM} names, as text} */
    public Optional<String> userId(String claim) {
        return Optional.ofNullable(claims.get(claim)).map(Objects::toString);
    }

    /** {@return the type alone} */
    @Override
    public String toString() {
        return "SimpleJwt[" + type + "]";
    }
}
