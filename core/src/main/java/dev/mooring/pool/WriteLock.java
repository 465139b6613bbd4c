package dev.mooring.pool;

import dev.mooring.error.ErrorKind;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
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

    /** One that waits for the lock, maybe with a connection, which others may be waiting for. */
    private static final class Writer extends Waiter<WriteLock> {
        private final boolean connected;

        /** Whether its turn had come before, and another thread took the lock that it offered. */
        private final boolean first;

        Writer(Thread thread, long since, boolean connected, boolean first) {
            super(thread, since);
            this.connected = connected;
            this.first = first;
        }
    }

    private final LockOwner owner = new LockOwner();
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
     * @param connected whether the caller has a connection to the database
     * @param timeout the longest time to wait
     * @param database names the database in errors
     * @param waits what other threads wait for, to find deadlocks
     * @param check throws if the lock is of no use any more; called while waiting
     * @throws dev.mooring.error.LeaseTimeoutException if the wait timed out or is a deadlock; the message names the holder
     * @throws dev.mooring.error.OperationalException if the thread was interrupted, which it still is afterwards
     */
    public void acquire(boolean connected, Duration timeout, String database, WaitGraph waits, Runnable check) {
        acquire(connected, false, timeout, database, waits, check);
    }

    /** As {@link #acquire}, for a thread that has a connection and whose lock was taken while it offered it: it is the next. */
    public void acquireAgain(Duration timeout, String database, WaitGraph waits, Runnable check) {
        acquire(true, true, timeout, database, waits, check);
    }

    private void acquire(
            boolean connected, boolean first, Duration timeout, String database, WaitGraph waits, Runnable check) {
        Thread thread = Thread.currentThread();
        if (owner.thread() == thread) {
            throw ErrorKind.LEASE_TIMEOUT.exception(
                    "Waiting for the write lock of %s could never end: this thread, '%s', has it already, through another connection or database"
                                    .formatted(database, thread.getName())
                            + WAY_OUT);
        }
        if (!owner.tryTake(thread, connected)) {
            await(new Writer(thread, clock.getAsLong(), connected, first), timeout, database, waits, check);
        }
    }

    /**
     * Has others take the lock that {@code holder} has, if they have a connection, until it wants to {@link #keep} it. For a holder
     * that waits for a connection itself: it might be waiting for theirs.
     *
     * @return whether the lock was the holder's
     */
    public boolean offer(Thread holder) {
        boolean offered = owner.offer(holder);
        if (offered && !queue.isEmpty()) {
            queue.signalAll();
        }
        return offered;
    }

    /** {@return whether nobody took the lock that {@code holder} offered} It has it again, then. */
    public boolean keep(Thread holder) {
        return owner.keep(holder);
    }

    /** Releases the lock that {@code holder} has. Does nothing if it was reclaimed, or taken while it was offered. */
    public void release(Thread holder) {
        Object seen = owner.seen();
        if (LockOwner.threadOf(seen) != holder) {
            return;
        }
        boolean passed = false;
        try {
            passed = !queue.isEmpty() && handOff(seen);
        } finally {
            // After an Error, too: otherwise the lock would stay held although its owner released it.
            if (!passed) {
                owner.replace(seen, null);
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
    private boolean handOff(@Nullable Object seen) {
        long now = clock.getAsLong();
        return now - lastHandoffAt > Pool.HANDOFF_INTERVAL
                && queue.handOff(this, newOwner -> {
                    boolean passed = owner.replace(seen, newOwner);
                    if (passed) {
                        lastHandoffAt = now;
                    }
                    return passed;
                });
    }

    @Override
    public List<Holding> holdings(Predicate<Thread> asleep) {
        Object seen = owner.seen();
        Thread holder = LockOwner.threadOf(seen);
        return holder == null || !asleep.test(holder)
                ? List.of()
                : List.of(new Holding(holder, () -> owner.isStill(seen)));
    }

    @Override
    public boolean isStuck(Waiter<?> waiter) {
        return queue.isStuck(waiter) && !(waiter instanceof Writer writer && mayTakeOffer(writer));
    }

    private boolean mayTakeOffer(Writer writer) {
        return writer.connected && owner.isOffered();
    }

    private void await(Writer waiter, Duration timeout, String database, WaitGraph waits, Runnable check) {
        boolean acquired = false;
        try {
            awaitLock(waiter, timeout, database, waits, check);
            acquired = true;
        } finally {
            // After an Error, too: the caller does not know that it holds the lock.
            if (!acquired) {
                release(waiter.thread);
            }
            if (owner.thread() == null) {
                queue.signalHead();
            }
        }
    }

    private void awaitLock(Writer waiter, Duration timeout, String database, WaitGraph waits, Runnable check) {
        try {
            if (waiter.first) {
                queue.joinFirst(waiter);
            } else {
                queue.join(waiter);
            }
            waits.enter(this, waiter);
            boolean taken = false;
            while (!taken) {
                waiter.listen();
                check.run();
                taken = waiter.given() != null
                        || ((queue.head() == waiter || mayTakeOffer(waiter))
                                && owner.tryTake(waiter.thread, waiter.connected));
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

    private void park(Writer waiter, Duration timeout, String database, WaitGraph waits) {
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
        boolean endless = waits.isEndless(this, waiter.thread);
        if (endless && isStuck(waiter)) {
            throw ErrorKind.LEASE_TIMEOUT.exception(
                    ("Waiting for the write lock of %s could never end: thread '%s' has it and waits, directly or through"
                                    + " others, for what this thread, '%s', holds. Take databases in the same order everywhere,"
                                    + " and hold no connection while waiting to write")
                            .formatted(database, holderName(), waiter.thread.getName()));
        }
        if (endless) {
            waits.enter(this, waiter);
        }
        if (!waiter.isCalled()) {
            LockSupport.parkNanos(this, Math.min(left, recheckInterval));
        }
    }

    private String holderName() {
        Thread current = owner.thread();
        return current == null ? "none" : current.getName();
    }
}
