package dev.mooring.pool;

import dev.mooring.config.DatabaseSettings;
import java.time.Duration;

/** Reclaims connections of dead threads, and closes those that are too old or were idle for too long. For the housekeeper. */
final class Sweep {

    private final Clock clock;
    private final OpenConnections connections;
    private final Lifecycle lifecycle;
    private final Reclaimer reclaimer;
    private final WaitQueue<PooledConnection> queue;
    private final long idleTimeout;

    Sweep(
            DatabaseSettings settings,
            Clock clock,
            OpenConnections connections,
            Lifecycle lifecycle,
            Reclaimer reclaimer,
            WaitQueue<PooledConnection> queue) {
        this.clock = clock;
        this.connections = connections;
        this.lifecycle = lifecycle;
        this.reclaimer = reclaimer;
        this.queue = queue;
        this.idleTimeout = settings.idleTimeout().map(Duration::toNanos).orElse(Opener.FOR_EVER);
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
            } else if (Leasable.isClosed(seen)) {
                // Usually gone: its closer could not take it out of the list, for want of memory.
                connections.remove(connection);
            }
        }
        // The first waiter may have become the first when a thread died, which woke nobody.
        queue.signalHead();
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
