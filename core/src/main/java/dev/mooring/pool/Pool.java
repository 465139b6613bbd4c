package dev.mooring.pool;

import dev.mooring.config.DatabaseSettings;
import dev.mooring.config.LeaseScope;
import dev.mooring.error.ErrorKind;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands out the connections of one database: to a thread the one it had last if that is still parked, else any that is
 * parked, else one that a dead thread left behind, else a new one if the cap allows, else the next one to come free.
 *
 * <p>A connection that comes free goes to whoever is quickest while the first waiter is young, and straight to that
 * waiter once it has waited for {@link #BARGING_NANOS}: strict order alone makes every hand-out a change of threads.
 *
 * <p>Any thread.
 */
public final class Pool {

    private static final Logger LOG = LoggerFactory.getLogger("dev.mooring.pool");

    /** How long a waiter may be overtaken. */
    private static final long BARGING_NANOS = TimeUnit.MICROSECONDS.toNanos(500);

    /** A dead thread wakes nobody, so the first waiter looks for one now and then. */
    private static final long LOOK_AROUND_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private static final long FOR_EVER = Duration.ofDays(36_500).toNanos();
    private static final double JITTER = 0.1;

    private final DatabaseSettings settings;
    private final ConnectionSource source;
    private final Clock clock;
    private final OpenConnections connections;
    private final WaitQueue queue = new WaitQueue();
    private final long maxAge;
    private final long probeAfter;
    private volatile boolean closed;

    /** Makes a pool with nothing in it. */
    public Pool(DatabaseSettings settings, ConnectionSource source, Clock clock) {
        this.settings = settings;
        this.source = source;
        this.clock = clock;
        this.connections = new OpenConnections(settings.maxConnections().orElse(Integer.MAX_VALUE));
        this.maxAge = settings.connMaxAge()
                .filter(age -> !age.isZero())
                .map(Duration::toNanos)
                .orElse(FOR_EVER);
        this.probeAfter =
                settings.connHealthChecks() ? settings.healthCheckIdle().toNanos() : FOR_EVER;
    }

    /**
     * {@return a connection, leased to the calling thread}
     *
     * @param last the connection this thread had last, if any
     * @throws dev.mooring.error.LeaseTimeoutException if none came free in time
     * @throws dev.mooring.error.DatabaseException if one had to be opened and could not be
     */
    public PooledConnection acquire(@Nullable PooledConnection last) {
        Thread thread = Thread.currentThread();
        long now = clock.coarse();
        if (last != null && last.tryLease(thread, now)) {
            return last.needsAttention(now) ? attend(last) : last;
        }
        PooledConnection found = closed ? null : findOrOpen(thread);
        return found != null ? found : await(thread);
    }

    /** Ends a lease; the connection is parked, handed on or, if too old, closed. Does nothing if the lease was lost. */
    public void release(PooledConnection connection, long ticket) {
        long now = clock.coarse();
        if (connection.isExpired(now) || closed) {
            close(connection, ticket, false);
            return;
        }
        long attentionAt = attentionAt(connection, now);
        Waiter first = queue.head();
        if (first != null
                && clock.exact() - first.since > BARGING_NANOS
                && queue.handOver(connection, ticket, now, attentionAt)) {
            return;
        }
        if (connection.park(ticket, attentionAt)) {
            queue.signalHead();
        }
    }

    /** Ends a lease by closing the connection; aborts it if it cannot be trusted. Does nothing if the lease was lost. */
    public void close(PooledConnection connection, long ticket, boolean condemned) {
        if (connection.retire(ticket)) {
            discard(connection, condemned);
        }
    }

    /** Closes a connection if it is parked and nobody has claimed it. */
    public void closeIfParked(PooledConnection connection) {
        long seen = connection.state();
        if (PooledConnection.isParked(seen) && connection.retire(seen)) {
            discard(connection, false);
        }
    }

    /** {@return whether a connection is too old by the exact clock} */
    public boolean isExpired(PooledConnection connection) {
        return connection.isExpired(clock.exact());
    }

    /** {@return the figures now} */
    public PoolCounts counts() {
        return connections.counts(queue.size());
    }

    /** Takes back what dead threads left and closes what has grown too old; for the keeper. */
    void sweep() {
        long now = clock.coarse();
        for (PooledConnection connection : connections.all()) {
            long seen = connection.state();
            if (PooledConnection.isParked(seen) && connection.isExpired(now)) {
                closeIfParked(connection);
            } else if (isAbandoned(connection, seen) && connection.retire(seen)) {
                reclaimed(connection);
                discard(connection, !connection.isIdle());
            }
        }
    }

    /** Refuses further leases, waits for the present ones, then closes everything. Safe to call twice. */
    public void shutDown(Duration grace) {
        closed = true;
        queue.signalHead();
        long deadline = clock.exact() + grace.toNanos();
        for (PooledConnection connection : connections.all()) {
            closeIfParked(connection);
        }
        while (connections.hasBusy() && clock.exact() - deadline < 0) {
            LockSupport.parkNanos(this, TimeUnit.MILLISECONDS.toNanos(5));
        }
        for (PooledConnection connection : connections.all()) {
            long seen = connection.state();
            if (connection.retire(seen)) {
                discard(connection, PooledConnection.isLeased(seen) && !connection.isIdle());
            }
        }
    }

    private @Nullable PooledConnection findOrOpen(Thread thread) {
        PooledConnection found = findParked(thread);
        if (found == null) {
            found = findAbandoned(thread);
        }
        return found == null && connections.reserve() ? openReserved(thread) : found;
    }

    private @Nullable PooledConnection findParked(Thread thread) {
        long now = clock.coarse();
        for (PooledConnection connection : connections.all()) {
            if (connection.tryLease(thread, now)) {
                return connection.needsAttention(now) ? attend(connection) : connection;
            }
        }
        return null;
    }

    private @Nullable PooledConnection findAbandoned(Thread thread) {
        for (PooledConnection connection : connections.all()) {
            long seen = connection.state();
            if (isAbandoned(connection, seen) && connection.transfer(seen, thread, clock.coarse())) {
                reclaimed(connection);
                return connection.isReusable() ? attend(connection) : replace(connection, !connection.isIdle());
            }
        }
        return null;
    }

    private boolean isAbandoned(PooledConnection connection, long seen) {
        if (!settings.reclaim() || !PooledConnection.isLeased(seen)) {
            return false;
        }
        Thread owner = connection.owner();
        return owner != null && !owner.isAlive();
    }

    private void reclaimed(PooledConnection connection) {
        connections.countReclaimed();
        LOG.info(
                "Took back a connection to database '{}' from a thread that ended without closing it; last statement: {}",
                settings.alias(),
                connection.statement());
    }

    /** Looks closer at a connection just leased, and puts a new one in its place if it is of no more use. */
    private PooledConnection attend(PooledConnection connection) {
        if (connection.isExpired(clock.exact())) {
            return replace(connection, false);
        }
        if (settings.connHealthChecks() && !isUsable(connection)) {
            LOG.debug("A connection to database '{}' failed its health check", settings.alias());
            long now = clock.coarse();
            for (PooledConnection other : connections.all()) {
                other.attentionAt(now);
            }
            return replace(connection, true);
        }
        return connection;
    }

    /** The lease is not yet anybody's to end, so it is ended here if the probe throws after all. */
    private boolean isUsable(PooledConnection connection) {
        boolean answered = false;
        try {
            boolean usable = source.isUsable(connection.connection());
            answered = true;
            return usable;
        } finally {
            if (!answered) {
                close(connection, connection.ticket(), true);
            }
        }
    }

    private PooledConnection replace(PooledConnection connection, boolean condemned) {
        if (connection.retire(connection.ticket())) {
            boolean gone = false;
            try {
                dispose(connection, condemned);
                gone = true;
            } finally {
                if (!gone) {
                    vacate();
                }
            }
        }
        return openReserved(Thread.currentThread());
    }

    private PooledConnection openReserved(Thread thread) {
        PooledConnection opened = null;
        try {
            long openedAt = clock.exact();
            opened = new PooledConnection(source.open(), openedAt, openedAt + jittered(maxAge));
            opened.begin(thread, openedAt);
            connections.add(opened);
        } finally {
            if (opened == null) {
                vacate();
            }
        }
        if (closed) {
            close(opened, opened.ticket(), false);
            refuseIfClosed();
        }
        return opened;
    }

    private void refuseIfClosed() {
        if (closed) {
            throw ErrorKind.INTERFACE.exception(
                    "Database '%s' is shut down and hands out no connections".formatted(settings.alias()));
        }
    }

    /** Ages are spread so that connections opened together do not all end together; but THREAD is Django to the letter. */
    private long jittered(long age) {
        boolean exact = age == FOR_EVER || settings.leaseScope() == LeaseScope.THREAD;
        return exact
                ? age
                : age - (long) (age * JITTER * ThreadLocalRandom.current().nextDouble());
    }

    private long attentionAt(PooledConnection connection, long now) {
        long probeAt = now + probeAfter;
        return connection.expiresAt() - probeAt < 0 ? connection.expiresAt() : probeAt;
    }

    private void discard(PooledConnection connection, boolean condemned) {
        try {
            dispose(connection, condemned);
        } finally {
            vacate();
        }
    }

    private void dispose(PooledConnection connection, boolean condemned) {
        connections.remove(connection);
        if (condemned) {
            source.abort(connection.connection());
        } else {
            source.close(connection.connection());
        }
    }

    private void vacate() {
        connections.vacate();
        queue.signalHead();
    }

    private PooledConnection await(Thread thread) {
        long start = clock.exact();
        long deadline = start + settings.acquireTimeout().toNanos();
        Waiter waiter = new Waiter(thread, start);
        queue.join(waiter);
        PooledConnection given = null;
        try {
            PooledConnection found = awaitTurn(waiter, deadline);
            given = waiter.given() == found ? found : null;
            return given != null && given.needsAttention(clock.coarse()) ? attend(given) : found;
        } finally {
            queue.leave(waiter);
            PooledConnection late = waiter.given();
            if (late != null && given == null) {
                release(late, late.ticket());
            }
            if (closed || connections.mayHaveRoom()) {
                queue.signalHead();
            }
        }
    }

    private PooledConnection awaitTurn(Waiter waiter, long deadline) {
        while (true) {
            waiter.listen();
            PooledConnection given = waiter.given();
            if (given != null) {
                return given;
            }
            refuseIfClosed();
            if (queue.head() == waiter) {
                PooledConnection found = findOrOpen(waiter.thread);
                if (found != null) {
                    return found;
                }
            }
            long left = deadline - clock.exact();
            if (left <= 0) {
                throw ErrorKind.LEASE_TIMEOUT.exception(Exhaustion.message(settings, connections.all(), clock));
            }
            if (Thread.interrupted()) {
                waiter.thread.interrupt();
                throw ErrorKind.OPERATIONAL.exception(
                        "Interrupted while waiting for a connection to database '%s'".formatted(settings.alias()));
            }
            LockSupport.parkNanos(this, queue.head() == waiter ? Math.min(left, LOOK_AROUND_NANOS) : left);
        }
    }
}
