package dev.mooring.pool;

import dev.mooring.error.ErrorKind;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Lets one writer in at a time, in order of arrival but for the overtaking that {@link Pool} allows too: once a waiter got
 * the turn, whoever is quickest has it for the next {@link Pool#HANDOFF_INTERVAL}.
 *
 * <p>SQLite has one writer for each file and no queue: whoever waits there sleeps in native code, which holds a virtual
 * thread's carrier, and is served by chance. A turn is not re-entrant, and is taken back from a thread that died.
 * Any thread.
 */
public final class WriteLock implements Awaited {

    private static final String WAY_OUT =
            ". What only reads takes no turn if it says so: a connection of the DataSource by setReadOnly(true) before"
                    + " its first statement, an atomic block by readOnly()";

    private static final long RECHECK_INTERVAL = TimeUnit.MILLISECONDS.toNanos(100);

    private final AtomicReference<@Nullable Thread> holder = new AtomicReference<>();
    private final WaitQueue<WriteLock> queue = new WaitQueue<>();
    private final LongSupplier clock;
    private final long recheckInterval;

    /** When the turn was last given to a waiter. */
    private volatile long lastHandoffAt;

    /** Makes a turn that nobody has. */
    public WriteLock() {
        this(System::nanoTime, RECHECK_INTERVAL);
    }

    WriteLock(LongSupplier clock, long recheckInterval) {
        this.clock = clock;
        this.recheckInterval = recheckInterval;
        this.lastHandoffAt = clock.getAsLong();
    }

    /**
     * Waits for the turn.
     *
     * @param timeout how long at the most
     * @param what what the turn is for, for the error
     * @param waits where else the threads wait that may have it
     * @param check throws if the turn is of no more use, as nothing can be written; for those who have to wait
     * @throws dev.mooring.error.LeaseTimeoutException if it did not come in time, or never could; the message names the
     *     holder
     * @throws dev.mooring.error.OperationalException if the thread was interrupted, which it still is afterwards
     */
    public void acquire(Duration timeout, String what, WaitGraph waits, Runnable check) {
        Thread thread = Thread.currentThread();
        if (holder.get() == thread) {
            throw ErrorKind.LEASE_TIMEOUT.exception(
                    "Waiting for the turn to %s could never end: this thread, '%s', has it already, through another connection or database"
                                    .formatted(what, thread.getName())
                            + WAY_OUT);
        }
        if (!tryAcquire(thread)) {
            await(thread, timeout, what, waits, check);
        }
    }

    /** Passes the turn of {@code owner} on. Does nothing if it was taken back. */
    public void release(Thread owner) {
        if (holder.get() != owner) {
            return;
        }
        boolean passed = false;
        try {
            passed = !queue.isEmpty() && handOff(owner);
        } finally {
            // After an Error, too: a lock that its thread believes to have released would be lost.
            if (!passed) {
                holder.compareAndSet(owner, null);
                queue.signalHead();
            }
        }
    }

    /** Has each waiter see whether it is refused: others, of another database over the same data, wait on. */
    public void wakeAll() {
        queue.signalAll();
    }

    long lastHandoffAt() {
        return lastHandoffAt;
    }

    /** {@return whether the first waiter has it now} */
    private boolean handOff(Thread owner) {
        long now = clock.getAsLong();
        return now - lastHandoffAt > Pool.HANDOFF_INTERVAL
                && queue.handOff(this, newOwner -> {
                    boolean passed = holder.compareAndSet(owner, newOwner);
                    if (passed) {
                        lastHandoffAt = now;
                    }
                    return passed;
                });
    }

    private boolean tryAcquire(Thread thread) {
        Thread current = holder.get();
        return (current == null || !current.isAlive()) && holder.compareAndSet(current, thread);
    }

    @Override
    public List<Holding> holdings(Predicate<Thread> asleep) {
        Thread current = holder.get();
        return current == null || !asleep.test(current)
                ? List.of()
                : List.of(new Holding(current, () -> holder.get() == current));
    }

    @Override
    public boolean isStuck(Waiter<?> waiter) {
        return queue.isStuck(waiter);
    }

    private void await(Thread thread, Duration timeout, String what, WaitGraph waits, Runnable check) {
        long start = clock.getAsLong();
        boolean acquired = false;
        try {
            awaitLock(new Waiter<>(thread, start), timeout, what, waits, check);
            acquired = true;
        } finally {
            // After an Error, too: whoever asked does not know that it has the lock.
            if (!acquired) {
                release(thread);
            }
            if (holder.get() == null) {
                queue.signalHead();
            }
        }
    }

    private void awaitLock(Waiter<WriteLock> waiter, Duration timeout, String what, WaitGraph waits, Runnable check) {
        try {
            queue.join(waiter);
            waits.enter(this, waiter);
            boolean taken = false;
            while (!taken) {
                waiter.listen();
                check.run();
                taken = waiter.given() != null || (queue.head() == waiter && tryAcquire(waiter.thread));
                if (!taken) {
                    park(waiter, timeout.toNanos() - (clock.getAsLong() - waiter.since), what, waits);
                }
            }
        } finally {
            try {
                waits.leave(waiter);
            } finally {
                queue.leave(waiter);
            }
        }
    }

    private void park(Waiter<WriteLock> waiter, long left, String what, WaitGraph waits) {
        if (left <= 0) {
            throw ErrorKind.LEASE_TIMEOUT.exception(
                    "The turn to %s did not come in time; thread '%s' has it".formatted(what, holderName()) + WAY_OUT);
        }
        if (Thread.interrupted()) {
            waiter.thread.interrupt();
            throw ErrorKind.OPERATIONAL.exception("Interrupted while waiting for the turn to " + what);
        }
        waiter.fallAsleep();
        // Looked at again, because a turn handed over meanwhile would look like one that this thread had all along.
        if (waits.isEndless(this, waiter.thread) && queue.isStuck(waiter)) {
            throw ErrorKind.LEASE_TIMEOUT.exception(
                    ("Waiting for the turn to %s could never end: thread '%s' has it and waits, directly or through"
                                    + " others, for what this thread, '%s', holds. Take databases in the same order everywhere,"
                                    + " and hold no connection while waiting to write")
                            .formatted(what, holderName(), waiter.thread.getName()));
        }
        if (!waiter.isCalled()) {
            LockSupport.parkNanos(this, Math.min(left, recheckInterval));
        }
    }

    private String holderName() {
        Thread current = holder.get();
        return current == null ? "none" : current.getName();
    }
}
