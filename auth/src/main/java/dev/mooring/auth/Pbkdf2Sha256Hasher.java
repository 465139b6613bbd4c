package dev.mooring.auth;

import static dev.mooring.auth.EncodedTexts.requireSalt;
import static dev.mooring.auth.EncodedTexts.same;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Django's default: PBKDF2 with HMAC-SHA-256 (RFC 8018), stored as {@code pbkdf2_sha256$iterations$salt$base64}.
 *
 * <p>A stored hash with fewer iterations, or a salt of less than 128 bits, is outdated and made anew at the next login. One
 * with more iterations is kept; Django would make it weaker. <strong>Beside a live Django, set its own number of
 * iterations</strong> (3.2: 260,000; 4.2: 600,000; 5.2: 1,000,000; 6.1: 1,500,000): Django re-hashes whenever the number
 * differs, so with another one each login here would undo what the login there wrote, and each new hash ends the user's
 * other sessions.
 *
 * <p>A stored hash that asks for more than twice the work counts as malformed, so that nobody who can write to the table
 * can make a login take minutes.
 */
public final class Pbkdf2Sha256Hasher implements PasswordHasher {

    /** The iterations of a new hash unless told otherwise: those of Django 6.1. */
    public static final int DEFAULT_ITERATIONS = 1_500_000;

    private static final String ALGORITHM = "pbkdf2_sha256";
    private static final Pattern FORMAT = Pattern.compile(ALGORITHM + "\\$([1-9][0-9]{0,8})\\$([^$]+)\\$([^$]+)");

    private final int iterations;
    private final Derivation derivation;

    /** Makes one with {@value #DEFAULT_ITERATIONS} iterations. */
    public Pbkdf2Sha256Hasher() {
        this(DEFAULT_ITERATIONS);
    }

    /**
     * Makes one with another number of iterations.
     *
     * @throws IllegalArgumentException if it is not between 1 and 100 million
     */
    public Pbkdf2Sha256Hasher(int iterations) {
        this(iterations, Pbkdf2::sha256);
    }

    /** Makes one whose work a test can look at. */
    Pbkdf2Sha256Hasher(int iterations, Derivation derivation) {
        if (iterations < 1 || iterations > 100_000_000) {
            throw new IllegalArgumentException("iterations must be between 1 and 100,000,000, but was " + iterations);
        }
        this.iterations = iterations;
        this.derivation = derivation;
    }

    @Override
    public String algorithm() {
        return ALGORITHM;
    }

    @Override
    public String encode(byte[] password, String salt) {
        return encode(password, requireSalt(salt), iterations);
    }

    @Override
    public boolean canVerify(String encoded) {
        Matcher parts = FORMAT.matcher(encoded);
        return parts.matches() && iterations(parts) <= 2 * Math.max(iterations, DEFAULT_ITERATIONS);
    }

    @Override
    public boolean verify(byte[] password, String encoded) {
        Matcher parts = parts(encoded);
        return same(encoded, encode(password, parts.group(2), iterations(parts)));
    }

    @Override
    public boolean mustUpdate(String encoded) {
        Matcher parts = parts(encoded);
        return iterations(parts) < iterations || parts.group(2).length() < RandomText.SALT_LENGTH;
    }

    @Override
    public void harden(byte[] password, String encoded) {
        Matcher parts = parts(encoded);
        int missing = iterations - iterations(parts);
        if (missing > 0) {
            encode(password, parts.group(2), missing);
        }
    }

    private String encode(byte[] password, String salt, int iterations) {
        byte[] hash = derivation.derive(password, salt.getBytes(StandardCharsets.UTF_8), iterations);
        return ALGORITHM + "$" + iterations + "$" + salt + "$"
                + Base64.getEncoder().encodeToString(hash);
    }

    private static Matcher parts(String encoded) {
        Matcher parts = FORMAT.matcher(encoded);
        if (!parts.matches()) {
            throw new IllegalArgumentException("not a hash of " + ALGORITHM);
        }
        return parts;
    }

    private static int iterations(Matcher parts) {
        return Integer.parseInt(parts.group(1));
    }

    /** Where the time goes. */
    @FunctionalInterface
    interface Derivation {
        byte[] derive(byte[] password, byte[] salt, int iterations);
    }
}
