package dev.mooring.auth;

import dev.mooring.error.ImproperlyConfiguredException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The algorithms for stored passwords, the preferred one first: Django's {@code PASSWORD_HASHERS}.
 *
 * <p>Immutable and safe for use by several threads.
 */
public final class PasswordHashers {

    /**
     * The longest password, in bytes of UTF-8. A longer one cannot be set and matches nothing: hashing megabytes is how
     * Django was brought down in 2013.
     */
    public static final int MAX_PASSWORD_BYTES = 4096;

    private static final String UNUSABLE_PREFIX = "!";
    private static final int UNUSABLE_LENGTH = 40;
    /** Django's column holds 128; what is far longer was not made by a hasher. */
    private static final int MAX_ENCODED_LENGTH = 1024;

    private final PasswordHasher preferred;
    private final Map<String, PasswordHasher> byAlgorithm = new LinkedHashMap<>();

    private PasswordHashers(PasswordHasher preferred, PasswordHasher... others) {
        this.preferred = preferred;
        add(preferred);
        for (PasswordHasher other : others) {
            add(other);
        }
    }

    private void add(PasswordHasher hasher) {
        String algorithm = hasher.algorithm();
        if (algorithm.isEmpty() || algorithm.contains("$")) {
            throw new ImproperlyConfiguredException(
                    "Password hasher " + hasher.getClass().getName() + " calls its algorithm '" + algorithm
                            + "'; the name must not be empty or contain '$'");
        }
        if (byAlgorithm.putIfAbsent(algorithm, hasher) != null) {
            throw new ImproperlyConfiguredException(
                    "Two password hashers for the algorithm '" + algorithm + "'; leave one out");
        }
    }

    /** {@return PBKDF2 with SHA-256 alone, as strong as the newest Django makes it} */
    public static PasswordHashers defaults() {
        return of(new Pbkdf2Sha256Hasher());
    }

    /**
     * {@return hashers of which {@code preferred} makes new hashes and all verify old ones}
     *
     * @throws ImproperlyConfiguredException if two are for one algorithm
     */
    public static PasswordHashers of(PasswordHasher preferred, PasswordHasher... others) {
        return new PasswordHashers(preferred, others);
    }

    /**
     * {@return salted MD5 and nothing else: <strong>not protection at all</strong>, whoever reads the table has the
     * passwords}
     *
     * <p>For experiments in which hashing must cost nothing. Hashes of other algorithms match nothing here, so that no login
     * can turn a strong one into MD5.
     */
    public static PasswordHashers insecureForExperiments() {
        return of(new Md5Hasher());
    }

    /**
     * {@return the text to store for {@code password}; for null one that nothing matches}
     *
     * @throws IllegalArgumentException if it is longer than {@value #MAX_PASSWORD_BYTES} bytes of UTF-8, or holds a NUL or
     *     half of a surrogate pair: different passwords of that kind can have one hash
     */
    public String encode(@Nullable String password) {
        if (password == null) {
            return UNUSABLE_PREFIX + RandomText.ofLength(UNUSABLE_LENGTH);
        }
        byte[] bytes = bytes(password);
        if (bytes == null) {
            throw new IllegalArgumentException("password must be at most " + MAX_PASSWORD_BYTES
                    + " bytes of UTF-8, without NUL and lone surrogates");
        }
        return preferred.encode(bytes, RandomText.salt());
    }

    /**
     * {@return whether {@code encoded} was made of {@code password}}
     *
     * <p>Whatever cannot match costs one hash of the preferred kind, like a wrong password: no user (null), an unusable or
     * malformed hash, an unknown algorithm, an unacceptable password. A wrong password for a hash of another algorithm than
     * the preferred costs what that one costs, as in Django.
     */
    public PasswordCheck check(@Nullable String password, @Nullable String encoded) {
        byte[] bytes = password == null ? null : bytes(password);
        PasswordHasher hasher = encoded == null ? null : verifierOf(encoded);
        if (bytes == null || encoded == null || hasher == null) {
            preferred.encode(RandomText.ofLength(UNUSABLE_LENGTH).getBytes(StandardCharsets.UTF_8), RandomText.salt());
            return PasswordCheck.WRONG;
        }
        boolean outdated = hasher != preferred || hasher.mustUpdate(encoded);
        if (hasher.verify(bytes, encoded)) {
            return outdated ? PasswordCheck.CORRECT_BUT_OUTDATED : PasswordCheck.CORRECT;
        }
        if (outdated && hasher == preferred) {
            hasher.harden(bytes, encoded);
        }
        return PasswordCheck.WRONG;
    }

    /** {@return false only for what {@link #encode} makes of null: nonsense, no text and null count as usable} */
    public static boolean isUsable(@Nullable String encoded) {
        return encoded == null || !encoded.startsWith(UNUSABLE_PREFIX);
    }

    private @Nullable PasswordHasher verifierOf(String encoded) {
        int dollar = encoded.indexOf('$');
        if (!isUsable(encoded) || encoded.length() > MAX_ENCODED_LENGTH || dollar < 0) {
            return null;
        }
        PasswordHasher hasher = byAlgorithm.get(encoded.substring(0, dollar));
        return hasher != null && hasher.canVerify(encoded) ? hasher : null;
    }

    private static byte @Nullable [] bytes(String password) {
        if (password.length() > MAX_PASSWORD_BYTES || !Unicode.isStorable(password)) {
            return null;
        }
        byte[] bytes = password.getBytes(StandardCharsets.UTF_8);
        return bytes.length > MAX_PASSWORD_BYTES ? null : bytes;
    }
}
