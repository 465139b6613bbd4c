package dev.mooring.pool;

import dev.mooring.config.DatabaseSettings;
import dev.mooring.error.ErrorKind;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Threads wait here for a connection, in order of arrival. Thread-safe. */
final class AcquireQueue {

    /** How often the first waiter checks for dead threads, which wake nobody, in nanoseconds. */
    private static final long RECHECK_INTERVAL = TimeUnit.MILLISECONDS.toNanos(100);

    private final DatabaseSettings settings;
    private final Clock clock;
    private final Opener opener;
    private final OpenConnections connections;
    private final Lifecycle lifecycle;
    private final Validator validator;
    private final WaitQueue<PooledConnection> queue;
    private final WaitGraph waits;
    private final PoolStatistics statistics;

    AcquireQueue(
            DatabaseSettings settings,
            Clock clock,
            Opener opener,
            OpenConnections connections,
            Lifecycle lifecycle,
            Validator validator,
            WaitQueue<PooledConnection> queue,
            WaitGraph waits,
            PoolStatistics statistics) {
        this.settings = settings;
        this.clock = clock;
        this.opener = opener;
        this.connections = connections;
        this.lifecycle = lifecycle;
        this.validator = validator;
        this.queue = queue;
        this.waits = waits;
        this.statistics = statistics;
    }

    /** {@return a connection of {@code pool}, leased to the calling thread, which is {@code thread} and asked at {@code start}} */
    PooledConnection await(Pool pool, Thread thread, long start) {
        refuseToListeners();
        for (boolean again = false; ; again = true) {
            Waiter<PooledConnection> waiter = new Waiter<>(thread, start);
            PooledConnection found = enqueue(pool, waiter, again);
            if (found == waiter.given() && found.needsValidation(clock.coarse())) {
                found = validator.validate(found, start);
            }
            if (found != null) {
                count(pool, found, start);
                return found;
            }
        }
    }

    /** The permit of a connection that a listener is being told of is released only when the listener returns. */
    private void refuseToListeners() {
        if (statistics.isListening()) {
            lifecycle.refuseIfShut();
            throw ErrorKind.LEASE_TIMEOUT.exception(
                    ("A listener of database '%s' asked for a connection while none was free, and would have waited for the one "
                                    + "that it was being told of. Hand the event to another thread, and use the database there")
                            .formatted(settings.alias()));
        }
    }

    private void count(Pool pool, PooledConnection found, long start) {
        try {
            statistics.waited(Duration.ofNanos(clock.exact() - start));
        } catch (Throwable t) {
            pool.release(found, found.ticket());
            throw t;
        }
    }

    private PooledConnection enqueue(Pool pool, Waiter<PooledConnection> waiter, boolean again) {
        if (again) {
            queue.rejoin(waiter);
        } else {
            queue.join(waiter);
        }
        PooledConnection served = null;
        try {
            waits.enter(pool, waiter);
            served = awaitConnection(pool, waiter);
            return served;
        } finally {
            leave(pool, waiter, served);
        }
    }

    /** If anything fails here, for want of memory, the waiter is out of the queue all the same, and what it was given is released. */
    private void leave(Pool pool, Waiter<PooledConnection> waiter, @Nullable PooledConnection served) {
        PooledConnection kept = null;
        boolean passOn = true;
        try {
            waits.leave(waiter);
            passOn = served == null || lifecycle.isShut() || connections.hasFree();
            kept = served;
        } finally {
            queue.leave(waiter);
            PooledConnection given = waiter.given();
            releaseUnless(kept, given, pool);
            if (served != given) {
                releaseUnless(kept, served, pool);
            }
            if (passOn) {
                // The waiter that is first now may have been asleep and not checked.
                queue.signalHead();
            }
        }
    }

    private static void releaseUnless(
            @Nullable PooledConnection kept, @Nullable PooledConnection connection, Pool pool) {
        if (connection != null && connection != kept) {
            pool.release(connection, connection.ticket());
        }
    }

    private PooledConnection awaitConnection(Pool pool, Waiter<PooledConnection> waiter) {
        while (true) {
            waiter.listen();
            PooledConnection found = waiter.given();
            lifecycle.refuseIfShut();
            if (found == null && queue.head() == waiter) {
                found = pool.findOrOpen(waiter.thread, waiter.since);
            }
            if (found != null) {
                return found;
            }
            sleep(pool, waiter);
        }
    }

    private void sleep(Pool pool, Waiter<PooledConnection> waiter) {
        long left = waiter.since + settings.acquireTimeout().toNanos() - clock.exact();
        if (left <= 0) {
            statistics.timedOut();
            throw acquireFailure().timedOut(opener.lastFailure());
        }
        if (Thread.interrupted()) {
            waiter.thread.interrupt();
            throw ErrorKind.OPERATIONAL.exception(
                    "Interrupted while waiting for a connection to database '%s'".formatted(settings.alias()));
        }
        waiter.fallAsleep();
        // Checked again, because a connection handed over meanwhile would look like one it held all along.
        if (waits.isEndless(pool, waiter.thread) && queue.isStuck(waiter)) {
            throw acquireFailure().endless();
        }
        if (!waiter.isCalled()) {
            LockSupport.parkNanos(pool, queue.head() == waiter ? Math.min(left, opener.pause(RECHECK_INTERVAL)) : left);
        }
    }

    private AcquireFailure acquireFailure() {
        return new AcquireFailure(settings, new LeaseHolders(connections.all(), clock));
    }
}
