package dev.mooring.pool;

import dev.mooring.config.DatabaseSettings;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes back what dead threads have leased. Any thread. */
final class Reclaimer {

    private static final Logger LOG = LoggerFactory.getLogger("dev.mooring.pool");

    private final DatabaseSettings settings;
    private final ConnectionSource source;
    private final Clock clock;
    private final OpenConnections connections;
    private final Lifecycle lifecycle;
    private final Inspection inspection;
    private final PoolStatistics statistics;

    Reclaimer(
            DatabaseSettings settings,
            ConnectionSource source,
            Clock clock,
            OpenConnections connections,
            Lifecycle lifecycle,
            Inspection inspection,
            PoolStatistics statistics) {
        this.settings = settings;
        this.source = source;
        this.clock = clock;
        this.connections = connections;
        this.lifecycle = lifecycle;
        this.inspection = inspection;
        this.statistics = statistics;
    }

    boolean isAbandoned(PooledConnection connection, long seen) {
        if (!settings.reclaim() || !PooledConnection.isLeased(seen)) {
            return false;
        }
        Thread owner = connection.owner();
        return owner != null && !owner.isAlive();
    }

    /** {@return what a dead thread had, or a new connection in its place; leased to {@code thread}} */
    @Nullable
    PooledConnection find(Thread thread) {
        for (PooledConnection connection : connections.all()) {
            long seen = connection.state();
            boolean reusable = connection.isReusable();
            if (isAbandoned(connection, seen) && takeOver(connection, seen, thread)) {
                return reusable || isSalvaged(connection)
                        ? inspection.attend(connection)
                        : lifecycle.replace(connection, CloseReason.ABANDONED);
            }
        }
        return null;
    }

    /** Ends the lease of a dead thread, and with it the connection unless the data would be gone too. For the keeper. */
    void takeBack(PooledConnection connection, long seen) {
        if (source.holdsTheData()) {
            keep(connection, seen);
            return;
        }
        Thread owner = connection.owner();
        if (connection.retire(seen)) {
            try {
                reclaimed(connection, owner);
            } finally {
                lifecycle.discard(connection, connection.isIdle() ? CloseReason.REQUESTED : CloseReason.ABANDONED);
            }
        }
    }

    private void keep(PooledConnection connection, long seen) {
        boolean reusable = connection.isReusable();
        if (takeOver(connection, seen, Thread.currentThread())) {
            if (reusable || isSalvaged(connection)) {
                connection.park(connection.ticket(), inspection.dueAt(connection, clock.coarse()));
            } else {
                lifecycle.close(connection, connection.ticket(), CloseReason.ABANDONED);
            }
        }
    }

    private boolean takeOver(PooledConnection connection, long seen, Thread thread) {
        Thread owner = connection.owner();
        long now = clock.coarse();
        if (!connection.transfer(seen, thread, now, inspection.dueAt(connection, now))) {
            return false;
        }
        boolean done = false;
        try {
            reclaimed(connection, owner);
            done = true;
        } finally {
            if (!done) {
                lifecycle.close(connection, connection.ticket(), CloseReason.ABANDONED);
            }
        }
        return true;
    }

    private boolean isSalvaged(PooledConnection connection) {
        boolean salvaged = inspection.ask(connection, source::salvage);
        if (salvaged) {
            connection.changed(false);
        }
        return salvaged;
    }

    private void reclaimed(PooledConnection connection, @Nullable Thread owner) {
        String thread = owner == null ? "unknown" : owner.getName();
        LOG.info(
                "Took back a connection to database '{}' from thread '{}', which ended without closing it; last statement: {}{}",
                settings.alias(),
                thread,
                connection.statement(),
                Exhaustion.taken(connection.trace()));
        statistics.reclaimed(thread);
    }
}
