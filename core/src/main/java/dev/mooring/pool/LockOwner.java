package dev.mooring.pool;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Who has a write lock. While its owner waits for a connection the lock is offered: those who have a connection may take it then,
 * because the owner may be waiting for theirs. Thread-safe; each change is one compare-and-set, and none but {@link #offer} takes memory.
 */
final class LockOwner {

    /** In the place of the owner while the lock is offered. */
    private record Offer(Thread owner) {}

    /** The owner, its {@link Offer}, or null. */
    private final AtomicReference<@Nullable Object> state = new AtomicReference<>();

    /** {@return the state, for {@link #isStill} and {@link #replace}} */
    @Nullable
    Object seen() {
        return state.get();
    }

    boolean isStill(@Nullable Object seen) {
        return state.get() == seen;
    }

    /** {@return whether the state was {@code seen}, and the lock is {@code next}'s now} Null is for nobody. */
    boolean replace(@Nullable Object seen, @Nullable Thread next) {
        return state.compareAndSet(seen, next);
    }

    /** {@return whether {@code thread} took the lock, which was free, a dead thread's, or offered if it is {@code connected}} */
    boolean tryTake(Thread thread, boolean connected) {
        Object seen = state.get();
        Thread owner = threadOf(seen);
        boolean free = owner == null || !owner.isAlive() || (connected && seen instanceof Offer);
        return free && state.compareAndSet(seen, thread);
    }

    /** {@return whether the lock is the owner's, who now offers it until it decides to {@link #keep} it} */
    boolean offer(Thread owner) {
        return state.compareAndSet(owner, new Offer(owner));
    }

    /** {@return whether the lock that {@code owner} offered was not taken} It is not offered any more. */
    boolean keep(Thread owner) {
        Object seen = state.get();
        return seen instanceof Offer offer && offer.owner() == owner && state.compareAndSet(seen, owner);
    }

    boolean isOffered() {
        return state.get() instanceof Offer;
    }

    /** {@return whose it is; null if it is free} */
    @Nullable
    Thread thread() {
        return threadOf(state.get());
    }

    static @Nullable Thread threadOf(@Nullable Object seen) {
        return seen instanceof Offer offer ? offer.owner() : (Thread) seen;
    }
}
