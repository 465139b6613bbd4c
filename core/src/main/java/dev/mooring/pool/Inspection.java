package dev.mooring.pool;

import dev.mooring.config.DatabaseSettings;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says when a connection must be looked at closer, and does so: is it too old, does it still answer? Any thread. */
final class Inspection {

    private static final Logger LOG = LoggerFactory.getLogger("dev.mooring.pool");

    private final DatabaseSettings settings;
    private final ConnectionSource source;
    private final Clock clock;
    private final OpenConnections connections;
    private final Lifecycle lifecycle;
    private final boolean probes;
    private final long probeAfter;

    Inspection(
            DatabaseSettings settings,
            ConnectionSource source,
            Clock clock,
            OpenConnections connections,
            Lifecycle lifecycle) {
        this.settings = settings;
        this.source = source;
        this.clock = clock;
        this.connections = connections;
        this.lifecycle = lifecycle;
        this.probes = settings.connHealthChecks();
        this.probeAfter = probes ? settings.healthCheckIdle().toNanos() : Opener.FOR_EVER;
    }

    /** {@return from when on one who takes a connection that is let go {@code now} must look closer} */
    long dueAt(PooledConnection connection, long now) {
        long probeAt = now + probeAfter;
        return connection.expiresAt() - probeAt < 0 ? connection.expiresAt() : probeAt;
    }

    /** {@return a connection just leased, or a new one in its place if it is of no more use; null if there is none} */
    @Nullable
    PooledConnection attend(PooledConnection connection, long start) {
        try {
            return inspect(connection, start);
        } catch (Throwable t) {
            lifecycle.close(connection, connection.ticket(), CloseReason.CONDEMNED);
            throw t;
        }
    }

    private @Nullable PooledConnection inspect(PooledConnection connection, long start) {
        if (connection.isExpired(clock.exact())) {
            return lifecycle.replace(connection, CloseReason.EXPIRED, start);
        }
        if (probes && !source.isUsable(connection.connection())) {
            LOG.debug("A connection to database '{}' failed its health check", settings.alias());
            long now = clock.coarse();
            for (PooledConnection other : connections.all()) {
                other.attentionAt(now);
            }
            return lifecycle.replace(connection, CloseReason.UNUSABLE, start);
        }
        return connection;
    }
}
