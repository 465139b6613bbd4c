package dev.mooring.auth;

/**
 * One algorithm for storing passwords: an entry of Django's {@code PASSWORD_HASHERS}.
 *
 * <p>A stored text is the algorithm's name, {@code $}, and what only this hasher understands. The password comes as UTF-8,
 * at most {@value PasswordHashers#MAX_PASSWORD_BYTES} bytes, without NUL, perhaps empty; it must be neither kept nor
 * changed. Must be safe for use by several threads, and compare in constant time.
 */
public interface PasswordHasher {

    /** {@return the name in front of the first {@code $}; it holds no {@code $} and is not empty} */
    String algorithm();

    /**
     * {@return the text to store for {@code password}}
     *
     * @param salt not empty, without {@code $}
     */
    String encode(byte[] password, String salt);

    /**
     * {@return whether {@code encoded} is complete and can be verified at a bounded cost}
     *
     * <p>Takes any text, throws nothing, hashes nothing. The methods below are called only if it said yes.
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
}
