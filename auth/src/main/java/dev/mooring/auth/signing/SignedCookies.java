package dev.mooring.auth.signing;

import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;

/**
 * The values of signed cookies: Django's {@code set_signed_cookie} and {@code get_signed_cookie}.
 *
 * <p>A value is signed together with its cookie's name, so that it is worth nothing under another. Safe for use by several
 * threads.
 */
public final class SignedCookies {

    private static final String KEY_PREFIX = "django.http.cookies";

    private final SecretKeys keys;
    private final InstantSource clock;

    private SignedCookies(SecretKeys keys, InstantSource clock) {
        this.keys = keys.prefixed(KEY_PREFIX);
        this.clock = clock;
    }

    /** {@return one that reads the system's clock} */
    public static SignedCookies of(SecretKeys keys) {
        return of(keys, Clock.systemUTC());
    }

    /** {@return one that asks {@code clock} what time it is} */
    public static SignedCookies of(SecretKeys keys, InstantSource clock) {
        return new SignedCookies(keys, clock);
    }

    /** {@return the value to set the cookie {@code name} to} */
    public String sign(String name, String value) {
        return sign(name, value, "");
    }

    /** As {@link #sign(String, String)}, with Django's argument {@code salt}. */
    public String sign(String name, String value, String salt) {
        return signer(name, salt).sign(value);
    }

    /**
     * {@return the value that was signed for the cookie {@code name}, whenever that was}
     *
     * @throws BadSignatureException if no key of ours signed it for that cookie
     */
    public String unsign(String name, String signed) {
        return signer(name, "").unsign(signed);
    }

    /**
     * {@return the value that was signed for the cookie {@code name}}
     *
     * @throws SignatureExpiredException if that was longer than {@code maxAge} ago
     * @throws BadSignatureException if no key of ours signed it for that cookie
     */
    public String unsign(String name, String signed, Duration maxAge) {
        return unsign(name, signed, "", maxAge);
    }

    /** As {@link #unsign(String, String, Duration)}, with Django's argument {@code salt}. */
    public String unsign(String name, String signed, String salt, Duration maxAge) {
        return signer(name, salt).unsign(signed, maxAge);
    }

    private TimestampSigner signer(String name, String salt) {
        return TimestampSigner.of(Signer.of(keys, name + salt), clock);
    }
}
