package dev.mooring.auth.hashers;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The stored hash that new ones are made like where nothing says which Django shares the table: the newest one, or the
 * strongest of its algorithm that was seen since. ADR 37 says why. Thread-safe.
 */
final class HashExample {

    private final HasherList hashers;
    private final AtomicReference<@Nullable PasswordHasher> learned = new AtomicReference<>();

    HashExample(HasherList hashers) {
        this.hashers = hashers;
    }

    /** {@return whether {@link #learn} was not called yet} */
    boolean isMissing() {
        return learned.get() == null;
    }

    /** {@return a hasher that makes hashes like the example; the first of the list until there is one} */
    PasswordHasher hasher() {
        PasswordHasher known = learned.get();
        return known == null ? hashers.first() : known;
    }

    /** As {@link PasswordHashers#learn} says. */
    void learn(@Nullable String encoded) {
        PasswordHasher last = learned.get();
        Optional<PasswordHasher> example = hashers.like(encoded);
        if (example.isEmpty()) {
            learned.compareAndSet(null, hashers.first());
        } else if (last == null || last == hashers.first() || isAsStrong(example.get(), last, encoded)) {
            learned.set(example.get());
        }
    }

    private static boolean isAsStrong(PasswordHasher example, PasswordHasher last, @Nullable String encoded) {
        return encoded != null && example.algorithm().equals(last.algorithm()) && !last.mustUpdate(encoded);
    }
}
