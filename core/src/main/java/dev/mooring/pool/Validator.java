package dev.mooring.pool;

import dev.mooring.config.DatabaseSettings;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Validates connections before they are handed out: replaces one that is too old or no longer answers. Thread-safe. */
final class Validator {

    private static final Logger LOG = LoggerFactory.getLogger("dev.mooring.pool");

    /** A shorter limit would fail a connection that is handed over just before its wait ends. */
    private static final long SHORTEST_PROBE = TimeUnit.MILLISECONDS.toNanos(100);

    /** Kept here to have its class loaded by now: a full heap would not let it, and the lease would be lost. */
    private static final CloseReason AFTER_ERROR = CloseReason.BROKEN;

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

    /** {@return from when on a connection that is released {@code now} must be validated before use} */
    long dueAt(PooledConnection connection, long now) {
        long probeAt = now + probeAfter;
        return connection.expiresAt() - probeAt < 0 ? connection.expiresAt() : probeAt;
    }

    /** {@return {@code connection}, just leased, if it is valid, else a new one in its place; null if none can be opened} */
    @Nullable
    PooledConnection validate(PooledConnection connection, long start) {
        try {
            return inspect(connection, start);
        } catch (Throwable t) {
            lifecycle.close(connection, connection.ticket(), AFTER_ERROR);
            throw t;
        }
    }

    /** {@return the time left of {@code acquireTimeout} for a thread that asked at {@code start}, but at least SHORTEST_PROBE} */
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
