package dev.mooring.auth.tokens;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.mooring.Database;
import dev.mooring.auth.codec.CodecException;
import dev.mooring.auth.codec.ConstantTime;
import dev.mooring.auth.codec.Hmac;
import dev.mooring.auth.codec.Hmac.Algorithm;
import dev.mooring.auth.codec.JsonReader;
import dev.mooring.auth.codec.Unicode;
import dev.mooring.config.Secret;
import dev.mooring.error.ImproperlyConfiguredException;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Checks the JSON Web Tokens of djangorestframework-simplejwt that are signed with HS256, read only.
 *
 * <p>Strict: the algorithm must be HS256 and no other, there must be an expiry, an identity ({@code jti}) and the type that
 * was asked for, and no critical extension. A refresh token must not be on the blacklist
 * ({@code token_blacklist_blacklistedtoken}); access tokens are not looked up, as in simplejwt. Safe for use by several
 * threads.
 */
public final class SimpleJwtTokens {

    private static final int LONGEST_TOKEN = 16_384;
    private static final long LATEST = Instant.parse("9999-12-31T00:00:00Z").getEpochSecond();
    private static final Set<String> TYPES = Set.of("access", "refresh");

    private static final String BLACKLISTED = "SELECT b.id FROM token_blacklist_blacklistedtoken b"
            + " INNER JOIN token_blacklist_outstandingtoken o ON o.id = b.token_id WHERE o.jti = %s";

    private final Hmac hmac;
    private final @Nullable Database blacklist;
    private final InstantSource clock;

    private SimpleJwtTokens(Secret signingKey, @Nullable Database blacklist, InstantSource clock) {
        if (signingKey.isEmpty()) {
            throw new ImproperlyConfiguredException(
                    "The signing key is empty, so anybody could sign; set simplejwt's SIGNING_KEY (Django's SECRET_KEY)");
        }
        this.hmac = Hmac.keyed(Algorithm.SHA256, signingKey.reveal());
        this.blacklist = blacklist;
        this.clock = requireNonNull(clock, "clock");
    }

    /**
     * {@return one for a site without the blacklist app}
     *
     * @param signingKey simplejwt's {@code SIGNING_KEY}, which is Django's {@code SECRET_KEY} unless set
     */
    public static SimpleJwtTokens of(Secret signingKey) {
        return new SimpleJwtTokens(signingKey, null, Clock.systemUTC());
    }

    /**
     * {@return one}
     *
     * @param signingKey simplejwt's {@code SIGNING_KEY}, which is Django's {@code SECRET_KEY} unless set
     * @param blacklist where the tables of the blacklist app are; null if the site has none
     * @param clock what tells the time
     */
    public static SimpleJwtTokens of(Secret signingKey, @Nullable Database blacklist, InstantSource clock) {
        return new SimpleJwtTokens(signingKey, blacklist, clock);
    }

    /**
     * {@return the access token in the header, or empty if the header holds no bearer token}
     *
     * @param authorization the header {@code Authorization}, such as {@code Bearer eyJ...}; null for none
     * @throws InvalidTokenException if it holds one that must not be trusted
     */
    public Optional<SimpleJwt> verifyHeader(@Nullable String authorization) {
        return Headers.credential(authorization, "Bearer").map(this::verifyAccess);
    }

    /**
     * {@return the access token}
     *
     * @throws InvalidTokenException if it must not be trusted
     */
    public SimpleJwt verifyAccess(String token) {
        return verify(token, "access");
    }

    /**
     * {@return the refresh token}
     *
     * @throws InvalidTokenException if it must not be trusted, or was put on the blacklist
     */
    public SimpleJwt verifyRefresh(String token) {
        SimpleJwt verified = verify(token, "refresh");
        if (blacklist != null && !blacklist.query(BLACKLISTED, verified.id()).isEmpty()) {
            throw new InvalidTokenException("The token is blacklisted");
        }
        return verified;
    }

    private SimpleJwt verify(String token, String type) {
        List<String> parts = token.length() > LONGEST_TOKEN ? List.of() : List.of(token.split("\\.", -1));
        if (parts.size() != 3) {
            throw new InvalidTokenException("The token does not consist of three parts, or is too long");
        }
        Map<?, ?> header = object(parts.get(0));
        if (!"HS256".equals(header.get("alg")) || header.containsKey("crit")) {
            throw new InvalidTokenException("The token is not signed with HS256, or wants an extension");
        }
        String signed = parts.get(0) + "." + parts.get(1);
        String signature = Base64.getUrlEncoder().withoutPadding().encodeToString(hmac.of(signed.getBytes(US_ASCII)));
        if (!ConstantTime.equal(signature, parts.get(2))) {
            throw new InvalidTokenException("The signature of the token does not match");
        }
        return checked(object(parts.get(1)), type);
    }

    @SuppressWarnings("unchecked")
    private SimpleJwt checked(Map<?, ?> claims, String type) {
        long now = clock.instant().getEpochSecond();
        long expires = second(claims, "exp");
        if (expires <= now) {
            throw new InvalidTokenException("The token has expired");
        }
        for (String claim : List.of("nbf", "iat")) {
            if (claims.containsKey(claim) && second(claims, claim) > now) {
                throw new InvalidTokenException("The token is not valid yet");
            }
        }
        Object found = claims.get("token_type");
        if (!type.equals(found)) {
            throw new InvalidTokenException("The token is no " + type + " token"
                    + (found instanceof String other && TYPES.contains(other) ? " but " + other : ""));
        }
        if (!(claims.get("jti") instanceof String id) || id.isEmpty() || !Unicode.isVisibleAscii(id)) {
            throw new InvalidTokenException("The token has no identity (jti)");
        }
        return new SimpleJwt(type, id, Instant.ofEpochSecond(expires), (Map<String, @Nullable Object>) claims);
    }

    private static long second(Map<?, ?> claims, String claim) {
        if (claims.get(claim) instanceof Number number && !Double.isNaN(number.doubleValue())) {
            return (long) Math.max((double) -LATEST, Math.min((double) LATEST, Math.floor(number.doubleValue())));
        }
        throw new InvalidTokenException("The token has no time '" + claim + "', or one that is no number");
    }

    private static Map<?, ?> object(String part) {
        try {
            byte[] json = Base64.getUrlDecoder().decode(part.getBytes(UTF_8));
            if (JsonReader.read(new String(json, UTF_8)) instanceof Map<?, ?> object) {
                return object;
            }
        } catch (IllegalArgumentException | CodecException e) {
            throw new InvalidTokenException("A part of the token is not JSON in base64");
        }
        throw new InvalidTokenException("A part of the token is no JSON object");
    }
}
