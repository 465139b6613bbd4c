package dev.mooring.auth.hashers;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The stored hash that new ones are made like where nothing says which Django shares the table: the newest one, or the
 * strongest of its algorithm that was seen since. ADR 37 says why. Thread-safe.
 */
final class HashExample {

    private final HasherList hashers;
    private final AtomicReference<@Nullable Example> learned = new AtomicReference<>();

    /** @param encoded what {@code hasher} makes hashes like; null if there was nothing to follow */
    private record Example(PasswordHasher hasher, @Nullable String encoded) {

        /** {@return whether {@code other} is of the same algorithm and stronger, not merely as strong} */
        private boolean isExceededBy(PasswordHasher other, String otherEncoded) {
            return encoded == null
                    || (hasher.algorithm().equals(other.algorithm())
                            && !hasher.mustUpdate(otherEncoded)
                            && other.mustUpdate(encoded));
        }
    }

    HashExample(HasherList hashers) {
        this.hashers = hashers;
    }

    /** {@return whether {@link #learn} was not called yet} */
    boolean isMissing() {
        return learned.get() == null;
    }

    /** {@return a hasher that makes hashes like the example, the same until it changes; the first until there is one} */
    PasswordHasher hasher() {
        Example known = learned.get();
        return known == null ? hashers.first() : known.hasher;
    }

    /** As {@link PasswordHashers#learn} says. */
    void learn(@Nullable String encoded) {
        Example last = learned.get();
        PasswordHasher like = hashers.like(encoded).orElse(null);
        if (like == null || encoded == null) {
            learned.compareAndSet(null, new Example(hashers.first(), null));
        } else if (last == null || last.isExceededBy(like, encoded)) {
            learned.set(new Example(like, encoded));
        }
    }
}
