package dev.mooring.pool;

import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/** What threads queue for, as {@link WaitGraph} sees it: a pool, or a turn. Any thread. */
interface Awaited {

    /** A thread that has it, or a part of it, and whether that is still so. */
    record Holding(Thread owner, BooleanSupplier lasts) {}

    /**
     * {@return all who have it, of whom one would have to let go; none if it may come free without that, or if one of them
     * is not {@code asleep}}
     */
    List<Holding> holdings(Predicate<Thread> asleep);

    /** {@return whether {@code waiter} is in the queue and asleep, and so will be until somebody lets go} */
    boolean isStuck(Waiter<?> waiter);
}
