package dev.mooring.auth.hashers;

import dev.mooring.auth.codec.RandomStrings;
import java.security.SecureRandom;
import java.util.Optional;

/**
 * One algorithm for storing passwords: an entry of Django's {@code PASSWORD_HASHERS}. {@link DjangoHashers} makes those that
 * Django has.
 *
 * <p>A stored text is the algorithm's name, {@code $}, and what only this hasher understands. The password comes as UTF-8,
 * at most {@value PasswordHashers#MAX_PASSWORD_BYTES} bytes, without NUL, perhaps empty; it must be neither kept nor
 * changed. Implementations must be thread-safe, compare in constant time, and put no password and no hash into an error.
 */
public interface PasswordHasher {

    /** {@return the name in front of the first {@code $}; it contains no {@code $} and is not empty} */
    String algorithm();

    /** {@return whether {@code encoded} claims to be of this algorithm; by default, whether it begins with its name and $} */
    default boolean identifies(String encoded) {
        String name = algorithm();
        return encoded.length() > name.length() && encoded.startsWith(name) && encoded.charAt(name.length()) == '$';
    }

    /** {@return a new salt for {@link #encode}; by default 22 letters and digits, which hold 128 bits, as Django's} */
    default String newSalt(SecureRandom random) {
        return RandomStrings.next(random, EncodedTexts.SALT_LENGTH, RandomStrings.LETTERS_AND_DIGITS);
    }

    /**
     * {@return the text to store for {@code password}}
     *
     * @param salt not empty, without {@code $}
     * @throws IllegalArgumentException if the salt is not one of this algorithm
     */
    String encode(byte[] password, String salt);

    /**
     * {@return whether {@code encoded} is complete and can be verified at a bounded cost}
     *
     * <p>Takes any text, throws nothing, computes no hash. The methods below are called only if it returned true.
     */
    boolean canVerify(String encoded);

    /** {@return whether {@code encoded} was made of {@code password}} */
    boolean verify(byte[] password, String encoded);

    /** {@return whether {@code encoded} is weaker than what {@link #encode} would make now} */
    default boolean mustUpdate(String encoded) {
        return false;
    }

    /**
     * Spends the work that {@code encoded} lacks, after a wrong password, so that the time does not tell a weaker hash from
     * a current one: Django's {@code harden_runtime}.
     */
    default void harden(byte[] password, String encoded) {}

    /**
     * {@return a hasher that makes hashes with the parameters of {@code encoded}; empty if new hashes should not look like
     * that, as for MD5}
     */
    default Optional<PasswordHasher> like(String encoded) {
        return Optional.of(this);
    }
}
