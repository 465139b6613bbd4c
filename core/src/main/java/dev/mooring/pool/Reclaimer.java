package dev.mooring.pool;

import dev.mooring.config.DatabaseSettings;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reclaims the connections that dead threads have leased. Thread-safe. */
final class Reclaimer {

    private static final Logger LOG = LoggerFactory.getLogger("dev.mooring.pool");

    private final DatabaseSettings settings;
    private final ConnectionSource source;
    private final Clock clock;
    private final OpenConnections connections;
    private final Lifecycle lifecycle;
    private final Validator validator;
    private final PoolStatistics statistics;
    private final Predicate<Thread> lives;

    Reclaimer(
            DatabaseSettings settings,
            ConnectionSource source,
            Clock clock,
            OpenConnections connections,
            Lifecycle lifecycle,
            Validator validator,
            PoolStatistics statistics,
            Predicate<Thread> lives) {
        this.settings = settings;
        this.source = source;
        this.clock = clock;
        this.connections = connections;
        this.lifecycle = lifecycle;
        this.validator = validator;
        this.statistics = statistics;
        this.lives = lives;
    }

    boolean isAbandoned(PooledConnection connection, long seen) {
        if (!settings.reclaim() || !Leasable.isLeased(seen)) {
            return false;
        }
        Thread owner = connection.owner();
        return owner != null && !lives.test(owner);
    }

    /** {@return the connection of a dead thread, or a new one in its place, leased to {@code thread}; null if there is none} */
    @Nullable
    PooledConnection find(Thread thread, long start) {
        for (PooledConnection connection : connections.all()) {
            long seen = connection.state();
            if (isAbandoned(connection, seen)) {
                boolean reusable = wasLeftReusable(connection);
                if (takeOver(connection, seen, thread)) {
                    return reusable || rollbackAndReset(connection)
                            ? validator.validate(connection, start)
                            : lifecycle.replace(connection, CloseReason.LEAKED, start);
                }
            }
        }
        return null;
    }

    /** Ends a lease that {@link #isAbandoned}, and with it the connection unless the data would be gone too. For the housekeeper. */
    void takeBack(PooledConnection connection, long seen) {
        if (source.isInMemory()) {
            keep(connection, seen);
            return;
        }
        Thread owner = connection.owner();
        if (connection.retire(seen)) {
            try {
                reclaimed(connection, owner);
            } finally {
                lifecycle.discard(connection, connection.isIdle() ? CloseReason.REQUESTED : CloseReason.LEAKED);
            }
        }
    }

    private void keep(PooledConnection connection, long seen) {
        boolean reusable = wasLeftReusable(connection);
        if (takeOver(connection, seen, Thread.currentThread())) {
            if (reusable || rollbackAndReset(connection)) {
                connection.park(connection.ticket(), validator.dueAt(connection, clock.coarse()));
            } else {
                lifecycle.close(connection, connection.ticket(), CloseReason.LEAKED);
            }
        }
    }

    /** Call after the owner died and before {@link #takeOver}, which resets the flag. */
    private static boolean wasLeftReusable(PooledConnection connection) {
        return connection.isReusable();
    }

    private boolean takeOver(PooledConnection connection, long seen, Thread thread) {
        Thread owner = connection.owner();
        long now = clock.coarse();
        if (!connection.transfer(seen, thread, now, validator.dueAt(connection, now))) {
            return false;
        }
        try {
            reclaimed(connection, owner);
            return true;
        } catch (Throwable t) {
            lifecycle.close(connection, connection.ticket(), CloseReason.LEAKED);
            throw t;
        }
    }

    private boolean rollbackAndReset(PooledConnection connection) {
        try {
            boolean reset = source.rollbackAndReset(connection.connection(), connection.isNotResettable());
            if (reset) {
                connection.restored();
            }
            return reset;
        } catch (Throwable t) {
            lifecycle.close(connection, connection.ticket(), CloseReason.BROKEN);
            throw t;
        }
    }

    private void reclaimed(PooledConnection connection, @Nullable Thread owner) {
        String thread = owner == null ? "unknown" : owner.getName();
        LOG.info(
                "Took back a connection to database '{}' from thread '{}', which ended without closing it; last statement: {}{}",
                settings.alias(),
                thread,
                connection.statement(),
                LeaseHolders.taken(connection.trace()));
        statistics.reclaimed(thread);
    }
}
