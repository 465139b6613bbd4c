package dev.mooring.pool;

import dev.mooring.pool.Awaited.Holding;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * Which thread waits for what, over all pools of a {@code Databases} and the write locks of their writers: finds
 * deadlocks.
 *
 * <p>Each waiter checks when it falls asleep, so the last thread of a deadlock sees all of it. Thread-safe.
 */
public final class WaitGraph {

    private record Wait(Awaited what, Waiter<?> waiter) {}

    private final Map<Thread, Wait> waits = new ConcurrentHashMap<>();

    /** Reports one deadlock at a time. */
    private final ReentrantLock reporting = new ReentrantLock();

    void enter(Awaited what, Waiter<?> waiter) {
        waits.put(waiter.thread, new Wait(what, waiter));
    }

    void leave(Waiter<?> waiter) {
        waits.remove(waiter.thread);
    }

    /**
     * {@return whether {@code thread} would wait for {@code what} for ever}
     *
     * <p>Nothing is stopped for the answer. It is yes only if, once all who hold something had been seen asleep, each of
     * them still held it and after that was still in the same wait, in which a thread takes nothing and lets nothing go:
     * so there was a moment at which all of it was true. A thread that gets this answer no longer counts as waiting. So one
     * thread of a circle gets it, and the others are served when that thread releases what it has.
     */
    boolean isEndless(Awaited what, Thread thread) {
        if (!isCircle(what, thread)) {
            return false;
        }
        reporting.lock();
        try {
            if (!isCircle(what, thread)) {
                return false;
            }
            waits.remove(thread);
            return true;
        } finally {
            reporting.unlock();
        }
    }

    private boolean isCircle(Awaited what, Thread thread) {
        Search search = new Search(thread);
        return search.isStuck(what) && search.isStillSo();
    }

    private final class Search {
        private final Thread thread;
        private final Set<Awaited> seen = new HashSet<>();
        private final List<BooleanSupplier> holdingsLast = new ArrayList<>();
        private final List<BooleanSupplier> waitsLast = new ArrayList<>();

        Search(Thread thread) {
            this.thread = thread;
        }

        boolean isStuck(Awaited what) {
            // The usual answer at little cost: some holder does not wait.
            List<Holding> holdings = what.holdings(owner -> owner == thread || waits.containsKey(owner));
            if (holdings.isEmpty()) {
                return false;
            }
            seen.add(what);
            for (Holding holding : holdings) {
                if (holding.owner() != thread && !isStuck(holding.owner())) {
                    return false;
                }
                holdingsLast.add(holding.lasts());
            }
            return true;
        }

        private boolean isStuck(Thread owner) {
            Wait wait = waits.get(owner);
            if (wait == null || !wait.what().isStuck(wait.waiter())) {
                return false;
            }
            waitsLast.add(() -> wait.equals(waits.get(owner)) && wait.what().isStuck(wait.waiter()));
            return seen.contains(wait.what()) || isStuck(wait.what());
        }

        boolean isStillSo() {
            return holdingsLast.stream().allMatch(BooleanSupplier::getAsBoolean)
                    && waitsLast.stream().allMatch(BooleanSupplier::getAsBoolean);
        }
    }
}
