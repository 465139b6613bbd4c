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
 * scrypt, stored as {@code scrypt$N$salt$r$p$base64} with 64 bytes of hash. A stored hash with a smaller parameter is outdated.
 */
final class ScryptHasher implements PasswordHasher {

    private static final int HASH_LENGTH = 64;
    private static final long MAX_MEMORY = 256L << 20;
    private static final long MAX_WORK = 16L * 16_384 * 8 * 5;
    private static final String ALGORITHM = "scrypt";
    private static final String NUMBER = "[1-9][0-9]{0,8}";
    private static final Pattern FORMAT = Pattern.compile(ALGORITHM + "\\$(?<n>" + NUMBER + ")\\$(?<salt>[^$]+)\\$(?<r>"
            + NUMBER + ")\\$(?<p>" + NUMBER + ")\\$(?<hash>[^$]+)");

    private final Parameters parameters;

    /** RFC 7914's N, r and p. */
    record Parameters(int n, int r, int p) {

        /** {@return whether the RFC allows them} */
        boolean areValid() {
            return n > 1
                    && Integer.bitCount(n) == 1
                    && r > 0
                    && p > 0
                    && (long) r * p < 1L << 30
                    && (r > 1 || n < 1 << 16);
        }

        long memory() {
            return 128L * n * r;
        }

        long work() {
            return (long) n * r > MAX_MEMORY ? Long.MAX_VALUE : (long) n * r * p;
        }
    }

    ScryptHasher(int n, int r, int p) {
        parameters = new Parameters(n, r, p);
        if (!parameters.areValid() || parameters.memory() > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "scrypt needs N a power of two and at most 2 GiB of memory (128 N r), but got N " + n + ", r " + r
                            + ", p " + p);
        }
    }

    @Override
    public String algorithm() {
        return ALGORITHM;
    }

    @Override
    public String encode(byte[] password, String salt) {
        return encode(password, requireSalt(salt), parameters);
    }

    @Override
    public boolean canVerify(String encoded) {
        Matcher parts = FORMAT.matcher(encoded);
        return parts.matches() && isAffordable(decode(parts));
    }

    private boolean isAffordable(Parameters stored) {
        long memory = Math.max(2 * parameters.memory(), MAX_MEMORY);
        long heap = Runtime.getRuntime().maxMemory() / 2;
        return stored.areValid()
                && isAllowed(ALGORITHM, "bytes of memory", stored.memory(), Math.min(memory, heap))
                && isAllowed(ALGORITHM, "blocks of work", stored.work(), Math.max(2 * parameters.work(), MAX_WORK));
    }

    @Override
    public boolean verify(byte[] password, String encoded) {
        Matcher parts = parts(encoded);
        return ConstantTime.equal(encoded, encode(password, parts.group("salt"), decode(parts)));
    }

    @Override
    public boolean mustUpdate(String encoded) {
        Parameters stored = decode(parts(encoded));
        return stored.n() < parameters.n() || stored.r() < parameters.r() || stored.p() < parameters.p();
    }

    @Override
    public Optional<PasswordHasher> like(String encoded) {
        Parameters stored = decode(parts(encoded));
        return Optional.of(new ScryptHasher(stored.n(), stored.r(), stored.p()));
    }

    static Parameters decode(String encoded) {
        return decode(parts(encoded));
    }

    private static Parameters decode(Matcher parts) {
        return new Parameters(number(parts, "n"), number(parts, "r"), number(parts, "p"));
    }

    private static Matcher parts(String encoded) {
        return EncodedTexts.parts(FORMAT, encoded, ALGORITHM);
    }

    private static String encode(byte[] password, String salt, Parameters parameters) {
        byte[] bytes = salt.getBytes(StandardCharsets.UTF_8);
        byte[] hash = Library.require(ALGORITHM, () -> BouncyCastle.scrypt(password, bytes, parameters, HASH_LENGTH));
        return ALGORITHM + "$" + parameters.n() + "$" + salt + "$" + parameters.r() + "$" + parameters.p() + "$"
                + Base64.getEncoder().encodeToString(hash);
    }
}
