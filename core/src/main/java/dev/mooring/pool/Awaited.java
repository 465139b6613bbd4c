package dev.mooring.pool;

import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/** What threads queue for, as {@link WaitGraph} sees it: a pool or a write lock. Thread-safe. */
interface Awaited {

    /** A thread that holds it, or a part of it, and whether it still does. */
    record Holding(Thread owner, BooleanSupplier lasts) {}

    /**
     * {@return all threads that hold it, one of which would have to release it; empty if it may come free without that, or if
     * one of them is not {@code asleep}}
     */
    List<Holding> holdings(Predicate<Thread> asleep);

    /** {@return whether {@code waiter} is queued and asleep, and stays so until a holder releases} */
    boolean isStuck(Waiter<?> waiter);
}
