package dev.mooring.auth.signing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.mooring.auth.codec.CodecException;
import dev.mooring.auth.codec.JsonReader;
import dev.mooring.auth.codec.JsonWriter;
import dev.mooring.auth.codec.Payload;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Values as signed, URL-safe text: Django's {@code signing.dumps} and {@code signing.loads}.
 *
 * <p>Values are text, numbers, booleans, null, and lists and maps of those, nested at most 200 deep. What is read are
 * {@code String}, {@code Long}, {@code BigInteger}, {@code Double}, {@code Boolean}, null, {@code List} and {@code Map}.
 *
 * <p>Anybody can read what was signed. Safe for use by several threads.
 */
public final class SignedJson {

    /** What Django takes where no salt is given. */
    public static final String DEFAULT_SALT = "django.core.signing";

    private final TimestampSigner signer;

    private SignedJson(TimestampSigner signer) {
        this.signer = signer;
    }

    /** {@return one that signs for the purpose {@code salt}; see {@link Signer#of}} */
    public static SignedJson of(SecretKeys keys, String salt) {
        return of(keys, salt, Clock.systemUTC());
    }

    /** {@return one that asks {@code clock} what time it is} */
    public static SignedJson of(SecretKeys keys, String salt, InstantSource clock) {
        return new SignedJson(TimestampSigner.of(Signer.of(keys, salt), clock));
    }

    /**
     * {@return {@code value} as signed text}
     *
     * @throws IllegalArgumentException if JSON has no place for it
     */
    public String dumps(@Nullable Object value) {
        return signer.sign(Payload.encode(json(value)));
    }

    /**
     * {@return {@code value} as signed text, compressed where that is shorter}
     *
     * @throws IllegalArgumentException if JSON has no place for it
     */
    public String dumpsCompressed(@Nullable Object value) {
        return signer.sign(Payload.encodeCompressed(json(value)));
    }

    /**
     * {@return the value that was signed, whenever that was}
     *
     * @throws BadSignatureException if no key of ours signed it, or it is not JSON
     */
    public @Nullable Object loads(String signed) {
        return value(signer.unsign(signed));
    }

    /**
     * {@return the value that was signed}
     *
     * @throws SignatureExpiredException if that was longer than {@code maxAge} ago
     * @throws BadSignatureException if no key of ours signed it, or it is not JSON
     */
    public @Nullable Object loads(String signed, Duration maxAge) {
        return value(signer.unsign(signed, maxAge));
    }

    private static byte[] json(@Nullable Object value) {
        try {
            return JsonWriter.write(value).getBytes(ISO_8859_1);
        } catch (CodecException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private static @Nullable Object value(String payload) {
        try {
            return JsonReader.read(new String(Payload.decode(payload), ISO_8859_1));
        } catch (CodecException e) {
            throw new BadSignatureException(e.getMessage());
        }
    }
}
