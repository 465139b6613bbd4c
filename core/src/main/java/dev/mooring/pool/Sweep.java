package dev.mooring.pool;

import dev.mooring.config.DatabaseSettings;
import dev.mooring.config.LeaseScope;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reclaims connections of dead threads, closes those that are too old or were idle for too long, and warns of leases that last too
 * long. For the housekeeper.
 */
final class Sweep {

    private static final Logger LOG = LoggerFactory.getLogger("dev.mooring.pool");

    private final Clock clock;
    private final OpenConnections connections;
    private final Lifecycle lifecycle;
    private final Reclaimer reclaimer;
    private final LeaseHolders holders;
    private final WaitQueue<PooledConnection> queue;
    private final String alias;
    private final long idleTimeout;
    private final long leakWarningAfter;

    Sweep(
            DatabaseSettings settings,
            Clock clock,
            OpenConnections connections,
            Lifecycle lifecycle,
            Reclaimer reclaimer,
            LeaseHolders holders,
            WaitQueue<PooledConnection> queue) {
        this.clock = clock;
        this.connections = connections;
        this.lifecycle = lifecycle;
        this.reclaimer = reclaimer;
        this.holders = holders;
        this.queue = queue;
        this.alias = settings.alias();
        this.idleTimeout = settings.idleTimeout().map(Duration::toNanos).orElse(Opener.FOR_EVER);
        this.leakWarningAfter =
                warnsOfLeaks(settings) ? settings.leakWarningAfter().toNanos() : Opener.FOR_EVER;
    }

    /** With scope THREAD a lease is meant to last as long as its thread. */
    private static boolean warnsOfLeaks(DatabaseSettings settings) {
        return !settings.leakWarningAfter().isZero() && settings.leaseScope() != LeaseScope.THREAD;
    }

    void run() {
        long now = clock.coarse();
        for (PooledConnection connection : connections.all()) {
            long seen = connection.state();
            long untouchedSince = connection.untouchedSince(seen, now);
            if (reclaimer.isAbandoned(connection, seen)) {
                reclaimer.takeBack(connection, seen);
            } else if (Leasable.isParked(seen)) {
                tidy(connection, seen, untouchedSince, now);
            } else if (Leasable.isLeased(seen) && now - untouchedSince >= leakWarningAfter) {
                warn(connection, seen);
            } else if (Leasable.isClosed(seen)) {
                // Usually gone: its closer could not take it out of the list, for want of memory.
                connections.remove(connection);
            }
        }
        // The first waiter may have become the first when a thread died, which woke nobody.
        queue.signalHead();
    }

    /** Once for each lease. */
    private void warn(PooledConnection connection, long seen) {
        if (connection.warnOnce(seen)) {
            LOG.warn(
                    "A connection to database '{}' has been leased for longer than leakWarningAfter: {}. Close what holds it (a"
                            + " connection of the DataSource, a cursor, a stream, hold(), atomic, a unit of work), or raise leakWarningAfter;"
                            + " traceLeases tells where it was taken",
                    alias,
                    holders.describe(connection));
        }
    }

    private void tidy(PooledConnection connection, long seen, long untouchedSince, long now) {
        if (connection.isExpired(now)) {
            lifecycle.close(connection, seen, CloseReason.EXPIRED);
        } else if (now - untouchedSince >= idleTimeout) {
            lifecycle.close(connection, seen, CloseReason.IDLE);
        } else {
            connection.forgetOwner(seen);
        }
    }
}
