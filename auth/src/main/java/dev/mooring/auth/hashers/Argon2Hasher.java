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
 * Argon2, stored as {@code argon2$argon2id$v=19$m=102400,t=2,p=8$salt$hash}, salt and hash in Base64 without padding.
 *
 * <p>Reads the variants i and d and the first version of the algorithm, which has no {@code v=}, and takes them for
 * outdated, as Django does. A hash is outdated too if a parameter is smaller than that of a new one. The length of the hash
 * is the one thing that Django compares and this class does not: it is the default of Python's library, which changed from 16
 * to 32 between its versions.
 */
final class Argon2Hasher implements PasswordHasher {

    static final int DJANGO_MEMORY = 102_400;
    static final int DJANGO_TIME = 2;
    static final int DJANGO_PARALLELISM = 8;

    private static final int HASH_LENGTH = 32;
    private static final int VERSION = 19;
    private static final int FIRST_VERSION = 16;
    private static final int MAX_MEMORY = 256 * 1024;
    private static final long MAX_WORK = 16L * DJANGO_MEMORY * DJANGO_TIME;
    private static final String ALGORITHM = "argon2";
    private static final String NUMBER = "[1-9][0-9]{0,8}";
    private static final Pattern FORMAT =
            Pattern.compile(ALGORITHM + "\\$argon2(?<type>id|i|d)\\$(?:v=(?<version>16|19)\\$)?"
                    + "m=(?<memory>" + NUMBER + "),t=(?<time>" + NUMBER + "),p=(?<lanes>[1-9][0-9]{0,2})"
                    + "\\$(?<salt>[A-Za-z0-9+/]{11,171})\\$(?<hash>[A-Za-z0-9+/]{6,171})");

    private final Parameters parameters;

    /**
     * What decides about the work.
     *
     * @param type {@code id}, {@code i} or {@code d}
     * @param memory in KiB
     */
    record Parameters(String type, int version, int memory, int time, int lanes, int hashLength) {}

    Argon2Hasher(int memory, int time, int lanes) {
        this(new Parameters("id", VERSION, memory, time, lanes, HASH_LENGTH));
        if (lanes < 1 || lanes > 255 || time < 1 || memory < 8 * lanes) {
            throw new IllegalArgumentException("argon2 needs between 1 and 255 lanes, at least 1 iteration and 8 KiB of"
                    + " memory for each lane, but got " + memory + " KiB, " + time + " iterations, " + lanes
                    + " lanes");
        }
    }

    private Argon2Hasher(Parameters parameters) {
        this.parameters = parameters;
    }

    @Override
    public String algorithm() {
        return ALGORITHM;
    }

    @Override
    public String encode(byte[] password, String salt) {
        byte[] bytes = requireSalt(salt).getBytes(StandardCharsets.UTF_8);
        if (bytes.length < 8) {
            throw new IllegalArgumentException("salt must have at least 8 bytes for argon2");
        }
        return ALGORITHM + "$argon2" + parameters.type() + "$v=" + parameters.version() + "$m=" + parameters.memory()
                + ",t=" + parameters.time() + ",p=" + parameters.lanes() + "$" + base64(bytes) + "$"
                + hash(password, bytes, parameters);
    }

    @Override
    public boolean canVerify(String encoded) {
        Matcher parts = FORMAT.matcher(encoded);
        return parts.matches()
                && isBase64(parts.group("salt"))
                && isBase64(parts.group("hash"))
                && isAffordable(decode(parts));
    }

    private boolean isAffordable(Parameters stored) {
        long memory = Math.max(2L * parameters.memory(), MAX_MEMORY);
        long heap = Runtime.getRuntime().maxMemory() / 2 / 1024;
        long work = Math.max(2L * parameters.memory() * parameters.time(), MAX_WORK);
        return stored.lanes() <= 255
                && stored.memory() >= 8 * stored.lanes()
                && isAllowed(ALGORITHM, "KiB of memory", stored.memory(), Math.min(memory, heap))
                && isAllowed(ALGORITHM, "KiB of work", (long) stored.memory() * stored.time(), work);
    }

    @Override
    public boolean verify(byte[] password, String encoded) {
        Matcher parts = parts(encoded);
        return ConstantTime.equal(
                parts.group("hash"), hash(password, Base64.getDecoder().decode(parts.group("salt")), decode(parts)));
    }

    @Override
    public boolean mustUpdate(String encoded) {
        Matcher parts = parts(encoded);
        Parameters stored = decode(parts);
        return !stored.type().equals("id")
                || stored.version() != VERSION
                || stored.memory() < parameters.memory()
                || stored.time() < parameters.time()
                || stored.lanes() < parameters.lanes()
                || Base64.getDecoder().decode(parts.group("salt")).length < EncodedTexts.SALT_LENGTH;
    }

    /** {@return one that makes new hashes of variant id and of the current version whatever {@code encoded} is} */
    @Override
    public Optional<PasswordHasher> like(String encoded) {
        Parameters stored = decode(parts(encoded));
        return Optional.of(new Argon2Hasher(
                new Parameters("id", VERSION, stored.memory(), stored.time(), stored.lanes(), stored.hashLength())));
    }

    static Parameters decode(String encoded) {
        return decode(parts(encoded));
    }

    private static Parameters decode(Matcher parts) {
        return new Parameters(
                parts.group("type"),
                parts.group("version") == null ? FIRST_VERSION : number(parts, "version"),
                number(parts, "memory"),
                number(parts, "time"),
                number(parts, "lanes"),
                parts.group("hash").length() * 3 / 4);
    }

    private static Matcher parts(String encoded) {
        return EncodedTexts.parts(FORMAT, encoded, ALGORITHM);
    }

    private static String hash(byte[] password, byte[] salt, Parameters parameters) {
        return base64(Library.require(ALGORITHM, () -> BouncyCastle.argon2(password, salt, parameters)));
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().withoutPadding().encodeToString(bytes);
    }

    /** {@return whether the text is what {@link #base64} makes, last bits included} */
    private static boolean isBase64(String text) {
        return text.length() % 4 != 1
                && base64(Base64.getDecoder().decode(text)).equals(text);
    }
}
