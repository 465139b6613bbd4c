package dev.mooring.auth.codec;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A keyed hash under one key. {@link #salted} derives the key as Django's {@code salted_hmac} does: the hash of a salt, which
 * says what the HMAC is for, and the secret. Immutable.
 */
public final class Hmac {

    /** The hash functions. */
    public enum Algorithm {
        /** Django's since 3.1. */
        SHA256("SHA-256", "HmacSHA256"),
        /** Django's until 3.0, for reading. */
        SHA1("SHA-1", "HmacSHA1");

        private final String digest;
        private final String mac;

        Algorithm(String digest, String mac) {
            this.digest = digest;
            this.mac = mac;
        }
    }

    private final Algorithm algorithm;
    private final SecretKeySpec key;

    private Hmac(Algorithm algorithm, byte[] key) {
        this.algorithm = algorithm;
        this.key = new SecretKeySpec(key, algorithm.mac);
    }

    /** {@return the HMAC whose key is made of {@code salt} and {@code secret}} */
    public static Hmac salted(Algorithm algorithm, String salt, String secret) {
        try {
            byte[] key = MessageDigest.getInstance(algorithm.digest).digest((salt + secret).getBytes(UTF_8));
            return new Hmac(algorithm, key);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(algorithm.digest + " is missing from this Java runtime", e);
        }
    }

    /** {@return the HMAC whose key is {@code secret} itself, which must not be empty} */
    public static Hmac keyed(Algorithm algorithm, String secret) {
        return new Hmac(algorithm, secret.getBytes(UTF_8));
    }

    /**
     * {@return the HMAC of {@code message} in UTF-8}
     *
     * @throws CodecException if it holds half of a surrogate pair, which would have the HMAC of a question mark
     */
    public byte[] of(String message) {
        if (Unicode.hasLoneSurrogate(message)) {
            throw new CodecException("Half of a surrogate pair cannot be signed");
        }
        return of(message.getBytes(UTF_8));
    }

    /** {@return the HMAC of {@code message}} */
    public byte[] of(byte[] message) {
        try {
            Mac mac = Mac.getInstance(algorithm.mac);
            mac.init(key);
            return mac.doFinal(message);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(algorithm.mac + " is missing from this Java runtime", e);
        }
    }
}
