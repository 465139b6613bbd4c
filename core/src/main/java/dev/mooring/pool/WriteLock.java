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
 * The write lock of a database that takes one writer at a time. It is served in order of arrival, with the exception that
 * {@link Pool} makes too: within {@link Pool#HANDOFF_INTERVAL} after it was handed to a waiter, any thread may take it.
 *
 * <p>SQLite allows one writer for each file and has no queue: a thread that waits there sleeps in native code, which pins the carrier
 * of a virtual thread, and is served in no order. The lock is not re-entrant and is reclaimed from a thread that died. Thread-safe.
 */
public final class WriteLock implements Awaited {

    private static final String WAY_OUT =
            ". Work that only reads needs no write lock if it says so: setReadOnly(true) on a connection of the DataSource before"
                    + " its first statement, or readOnly() on an atomic block";

    private static final long RECHECK_INTERVAL = TimeUnit.MILLISECONDS.toNanos(100);

    private final AtomicReference<@Nullable Thread> holder = new AtomicReference<>();
    private final WaitQueue<WriteLock> queue = new WaitQueue<>();
    private final LongSupplier clock;
    private final long recheckInterval;

    /** When the lock was last handed to a waiter. */
    private volatile long lastHandoffAt;

    /** Makes a lock that no thread holds. */
    public WriteLock() {
        this(System::nanoTime, RECHECK_INTERVAL);
    }

    WriteLock(LongSupplier clock, long recheckInterval) {
        this.clock = clock;
        this.recheckInterval = recheckInterval;
        this.lastHandoffAt = clock.getAsLong();
    }

    /**
     * Acquires the lock, waiting for it if need be.
     *
     * @param timeout the longest time to wait
     * @param database names the database in errors
     * @param waits what other threads wait for, to find deadlocks
     * @param check throws if the lock is of no use any more; called while waiting
     * @throws dev.mooring.error.LeaseTimeoutException if the wait timed out or is a deadlock; the message names the holder
     * @throws dev.mooring.error.OperationalException if the thread was interrupted, which it still is afterwards
     */
    public void acquire(Duration timeout, String database, WaitGraph waits, Runnable check) {
        Thread thread = Thread.currentThread();
        if (holder.get() == thread) {
            throw ErrorKind.LEASE_TIMEOUT.exception(
                    "Waiting for the write lock of %s could never end: this thread, '%s', has it already, through another connection or database"
                                    .formatted(database, thread.getName())
                            + WAY_OUT);
        }
        if (!tryAcquire(thread)) {
            await(thread, timeout, database, waits, check);
        }
    }

    /** Releases the lock that {@code owner} holds. Does nothing if it was reclaimed. */
    public void release(Thread owner) {
        if (holder.get() != owner) {
            return;
        }
        boolean passed = false;
        try {
            passed = !queue.isEmpty() && handOff(owner);
        } finally {
            // After an Error, too: otherwise the lock would stay held although its owner released it.
            if (!passed) {
                holder.compareAndSet(owner, null);
                queue.signalHead();
            }
        }
    }

    /** Wakes all waiters, so that each runs its check. Those whose check does not throw wait on. */
    public void wakeAll() {
        queue.signalAll();
    }

    long lastHandoffAt() {
        return lastHandoffAt;
    }

    /** {@return whether the lock was handed to the first waiter} */
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

    private void await(Thread thread, Duration timeout, String database, WaitGraph waits, Runnable check) {
        long start = clock.getAsLong();
        boolean acquired = false;
        try {
            awaitLock(new Waiter<>(thread, start), timeout, database, waits, check);
            acquired = true;
        } finally {
            // After an Error, too: the caller does not know that it holds the lock.
            if (!acquired) {
                release(thread);
            }
            if (holder.get() == null) {
                queue.signalHead();
            }
        }
    }

    private void awaitLock(
            Waiter<WriteLock> waiter, Duration timeout, String database, WaitGraph waits, Runnable check) {
        try {
            queue.join(waiter);
            waits.enter(this, waiter);
            boolean taken = false;
            while (!taken) {
                waiter.listen();
                check.run();
                taken = waiter.given() != null || (queue.head() == waiter && tryAcquire(waiter.thread));
                if (!taken) {
                    park(waiter, timeout, database, waits);
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

    private void park(Waiter<WriteLock> waiter, Duration timeout, String database, WaitGraph waits) {
        long left = timeout.toNanos() - (clock.getAsLong() - waiter.since);
        if (left <= 0) {
            throw ErrorKind.LEASE_TIMEOUT.exception(
                    "Timed out after %d ms (acquireTimeout) waiting for the write lock of %s, held by thread '%s'; shorten that transaction or raise acquireTimeout"
                                    .formatted(timeout.toMillis(), database, holderName())
                            + WAY_OUT);
        }
        if (Thread.interrupted()) {
            waiter.thread.interrupt();
            throw ErrorKind.OPERATIONAL.exception("Interrupted while waiting for the write lock of " + database);
        }
        waiter.fallAsleep();
        // Checked again, because a lock handed to this thread meanwhile would look like one it held all along.
        if (waits.isEndless(this, waiter.thread) && queue.isStuck(waiter)) {
            throw ErrorKind.LEASE_TIMEOUT.exception(
                    ("Waiting for the write lock of %s could never end: thread '%s' has it and waits, directly or through"
                                    + " others, for what this thread, '%s', holds. Take databases in the same order everywhere,"
                                    + " and hold no connection while waiting to write")
                            .formatted(database, holderName(), waiter.thread.getName()));
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
