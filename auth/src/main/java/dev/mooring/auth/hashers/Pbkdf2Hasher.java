package dev.mooring.auth.hashers;

import static dev.mooring.auth.hashers.EncodedTexts.isAllowed;
import static dev.mooring.auth.hashers.EncodedTexts.number;
import static dev.mooring.auth.hashers.EncodedTexts.requireSalt;

import dev.mooring.auth.codec.ConstantTime;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * PBKDF2, stored as {@code pbkdf2_sha256$iterations$salt$base64}.
 *
 * <p>A stored hash with fewer iterations, or a salt of less than 128 bits, is outdated. One with more iterations is kept;
 * Django would make it weaker.
 */
final class Pbkdf2Hasher implements PasswordHasher {

    /** Six times what the newest Django asks for: some seconds. */
    static final int MAX_ITERATIONS = 10_000_000;

    private final Kind kind;
    private final int iterations;
    private final Derivation derivation;

    /** The two that Django has. */
    enum Kind {
        SHA256("pbkdf2_sha256", "SHA-256"),
        SHA1("pbkdf2_sha1", "SHA-1");

        private final String algorithm;
        private final String digest;
        private final Pattern format;

        Kind(String algorithm, String digest) {
            this.algorithm = algorithm;
            this.digest = digest;
            this.format =
                    Pattern.compile(algorithm + "\\$(?<iterations>[1-9][0-9]{0,8})\\$(?<salt>[^$]+)\\$(?<hash>[^$]+)");
        }
    }

    /** Makes one whose work a test can look at. */
    Pbkdf2Hasher(Kind kind, int iterations, Derivation derivation) {
        if (iterations < 1 || iterations > 100_000_000) {
            throw new IllegalArgumentException("iterations must be between 1 and 100,000,000, but was " + iterations);
        }
        this.kind = kind;
        this.iterations = iterations;
        this.derivation = derivation;
    }

    static Pbkdf2Hasher sha256(int iterations) {
        return new Pbkdf2Hasher(Kind.SHA256, iterations, Pbkdf2::derive);
    }

    static Pbkdf2Hasher sha1(int iterations) {
        return new Pbkdf2Hasher(Kind.SHA1, iterations, Pbkdf2::derive);
    }

    @Override
    public String algorithm() {
        return kind.algorithm;
    }

    @Override
    public String encode(byte[] password, String salt) {
        return encode(password, requireSalt(salt), iterations);
    }

    @Override
    public boolean canVerify(String encoded) {
        Matcher parts = kind.format.matcher(encoded);
        return parts.matches()
                && isAllowed(
                        kind.algorithm,
                        "iterations",
                        number(parts, "iterations"),
                        Math.max(2L * iterations, MAX_ITERATIONS));
    }

    @Override
    public boolean verify(byte[] password, String encoded) {
        Matcher parts = parts(encoded);
        return ConstantTime.equal(encoded, encode(password, parts.group("salt"), number(parts, "iterations")));
    }

    @Override
    public boolean mustUpdate(String encoded) {
        Matcher parts = parts(encoded);
        return number(parts, "iterations") < iterations || parts.group("salt").length() < EncodedTexts.SALT_LENGTH;
    }

    @Override
    public void harden(byte[] password, String encoded) {
        Matcher parts = parts(encoded);
        int missing = iterations - number(parts, "iterations");
        if (missing > 0) {
            encode(password, parts.group("salt"), missing);
        }
    }

    @Override
    public Optional<PasswordHasher> like(String encoded) {
        return Optional.of(new Pbkdf2Hasher(kind, number(parts(encoded), "iterations"), derivation));
    }

    private String encode(byte[] password, String salt, int iterations) {
        byte[] hash = derivation.derive(kind.digest, password, salt.getBytes(StandardCharsets.UTF_8), iterations);
        return kind.algorithm + "$" + iterations + "$" + salt + "$"
                + Base64.getEncoder().encodeToString(hash);
    }

    private Matcher parts(String encoded) {
        return EncodedTexts.parts(kind.format, encoded, kind.algorithm);
    }

    /** Where the time goes. */
    @FunctionalInterface
    interface Derivation {
        byte[] derive(String digest, byte[] password, byte[] salt, int iterations);
    }
}
