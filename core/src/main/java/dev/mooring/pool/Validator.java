package dev.mooring.pool;

import dev.mooring.config.DatabaseSettings;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says when a connection must be looked at closer, and does so: is it too old, does it still answer? Any thread. */
final class Validator {

    private static final Logger LOG = LoggerFactory.getLogger("dev.mooring.pool");

    /** Without one, what is handed over at the last moment would be taken for lost. */
    private static final long SHORTEST_PROBE = TimeUnit.MILLISECONDS.toNanos(100);

    private final DatabaseSettings settings;
    private final ConnectionSource source;
    private final Clock clock;
    private final OpenConnections connections;
    private final Lifecycle lifecycle;
    private final boolean probes;
    private final long probeAfter;

    Validator(
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
    PooledConnection validate(PooledConnection connection, long start) {
        try {
            return inspect(connection, start);
        } catch (Throwable t) {
            lifecycle.close(connection, connection.ticket(), CloseReason.BROKEN);
            throw t;
        }
    }

    /** {@return what is left of the time that a thread has which asked at {@code start}, but a moment in any case} */
    private Duration left(long start) {
        return Duration.ofNanos(
                Math.max(SHORTEST_PROBE, start + settings.acquireTimeout().toNanos() - clock.exact()));
    }

    private @Nullable PooledConnection inspect(PooledConnection connection, long start) {
        if (connection.isExpired(clock.exact())) {
            return lifecycle.replace(connection, CloseReason.EXPIRED, start);
        }
        if (probes && !source.isUsable(connection, left(start))) {
            LOG.debug("A connection to database '{}' failed its health check", settings.alias());
            long now = clock.coarse();
            for (PooledConnection other : connections.all()) {
                other.validateAfter(now);
            }
            return lifecycle.replace(connection, CloseReason.VALIDATION_FAILED, start);
        }
        return connection;
    }
}
