package dev.mooring.auth.hashers;

import static dev.mooring.auth.hashers.EncodedTexts.isAllowed;
import static dev.mooring.auth.hashers.EncodedTexts.number;

import dev.mooring.auth.codec.ConstantTime;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * bcrypt, stored as {@code bcrypt_sha256$$2b$12$} or {@code bcrypt$$2b$12$} with 22 characters of salt and 31 of hash behind
 * it. A stored hash of fewer rounds is outdated; one of more is kept.
 */
final class BcryptHasher implements PasswordHasher {

    private static final int MAX_ROUNDS = 16;
    private static final int SALT_LENGTH = 16;
    private static final int HASH_LENGTH = 23;
    /** What bcrypt looks at. */
    private static final int MAX_INPUT = 72;

    private static final Pattern SALT = Pattern.compile("[./A-Za-z0-9]{21}[.Oeu]");

    private final String algorithm;
    private final boolean sha256;
    private final int rounds;
    private final Pattern format;
    private final Derivation derivation;

    /** Makes one whose work a test can look at. */
    BcryptHasher(String algorithm, boolean sha256, int rounds, Derivation derivation) {
        if (rounds < 4 || rounds > 31) {
            throw new IllegalArgumentException("bcrypt needs between 4 and 31 rounds, but got " + rounds);
        }
        this.algorithm = algorithm;
        this.sha256 = sha256;
        this.rounds = rounds;
        this.derivation = derivation;
        format = Pattern.compile(algorithm + "\\$\\$(?<version>2[aby])\\$(?<rounds>0[4-9]|[12][0-9]|3[01])\\$"
                + "(?<salt>[./A-Za-z0-9]{21}[.Oeu])(?<hash>[./A-Za-z0-9]{31})");
    }

    static BcryptHasher sha256(int rounds) {
        return new BcryptHasher("bcrypt_sha256", true, rounds, BcryptHasher::derive);
    }

    static BcryptHasher plain(int rounds) {
        return new BcryptHasher("bcrypt", false, rounds, BcryptHasher::derive);
    }

    @Override
    public String algorithm() {
        return algorithm;
    }

    /** {@return 16 random bytes in bcrypt's Base64} */
    @Override
    public String newSalt(SecureRandom random) {
        byte[] salt = new byte[SALT_LENGTH];
        random.nextBytes(salt);
        return BcryptBase64.encode(salt);
    }

    @Override
    public String encode(byte[] password, String salt) {
        if (!SALT.matcher(salt).matches()) {
            throw new IllegalArgumentException("salt must be 16 bytes in bcrypt's Base64: 22 characters");
        }
        return encode(password, salt, "2b", rounds);
    }

    @Override
    public boolean canVerify(String encoded) {
        Matcher parts = format.matcher(encoded);
        return parts.matches()
                && isAllowed(algorithm, "rounds", number(parts, "rounds"), Math.max(rounds + 1L, MAX_ROUNDS));
    }

    @Override
    public boolean verify(byte[] password, String encoded) {
        Matcher parts = parts(encoded);
        return ConstantTime.equal(
                encoded, encode(password, parts.group("salt"), parts.group("version"), number(parts, "rounds")));
    }

    @Override
    public boolean mustUpdate(String encoded) {
        return number(parts(encoded), "rounds") < rounds;
    }

    /** As many hashes as make up the difference: with 2 rounds fewer, 3 more of them. */
    @Override
    public void harden(byte[] password, String encoded) {
        Matcher parts = parts(encoded);
        int stored = number(parts, "rounds");
        for (long missing = stored < rounds ? (1L << (rounds - stored)) - 1 : 0; missing > 0; missing--) {
            harden(password, parts.group("salt"), stored);
        }
    }

    private void harden(byte[] password, String salt, int rounds) {
        encode(password, salt, "2b", rounds);
    }

    @Override
    public Optional<PasswordHasher> like(String encoded) {
        return Optional.of(new BcryptHasher(algorithm, sha256, number(parts(encoded), "rounds"), derivation));
    }

    private String encode(byte[] password, String salt, String version, int rounds) {
        byte[] input = input(password);
        byte[] hash = derivation.derive(input, BcryptBase64.decode(salt), rounds);
        return String.format(
                Locale.ROOT,
                "%s$$%s$%02d$%s%s",
                algorithm,
                version,
                rounds,
                salt,
                BcryptBase64.encode(Arrays.copyOf(hash, HASH_LENGTH)));
    }

    private static byte[] derive(byte[] input, byte[] salt, int rounds) {
        return Library.require("bcrypt", () -> BouncyCastle.bcrypt(input, salt, rounds));
    }

    /** {@return the password as C has it, with a zero behind it, cut off where bcrypt stops reading} */
    private byte[] input(byte[] password) {
        byte[] text = sha256
                ? HexFormat.of()
                        .formatHex(EncodedTexts.digest("SHA-256").digest(password))
                        .getBytes(StandardCharsets.US_ASCII)
                : password;
        return Arrays.copyOf(text, Math.min(text.length + 1, MAX_INPUT));
    }

    private Matcher parts(String encoded) {
        return EncodedTexts.parts(format, encoded, algorithm);
    }

    /** Where the time goes. */
    @FunctionalInterface
    interface Derivation {
        byte[] derive(byte[] input, byte[] salt, int rounds);
    }
}
