package dev.mooring.pool;

import dev.mooring.config.DatabaseSettings;
import dev.mooring.error.ErrorKind;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens and closes the connections of a pool, and releases their permits whatever goes wrong. Thread-safe.
 */
final class Lifecycle {

    private static final Logger LOG = LoggerFactory.getLogger("dev.mooring.pool");

    private final DatabaseSettings settings;
    private final ConnectionSource source;
    private final Opener opener;
    private final OpenConnections connections;
    private final WaitQueue<PooledConnection> queue;
    private final PoolStatistics statistics;
    private volatile boolean shut;

    Lifecycle(
            DatabaseSettings settings,
            ConnectionSource source,
            Opener opener,
            OpenConnections connections,
            WaitQueue<PooledConnection> queue,
            PoolStatistics statistics) {
        this.settings = settings;
        this.source = source;
        this.opener = opener;
        this.connections = connections;
        this.queue = queue;
        this.statistics = statistics;
    }

    /** From now on nothing is opened or handed out. */
    void shut() {
        shut = true;
        queue.signalHead();
    }

    boolean isShut() {
        return shut;
    }

    void refuseIfShut() {
        if (shut) {
            throw ErrorKind.INTERFACE.exception(
                    "Database '%s' is shut down and hands out no connections".formatted(settings.alias()));
        }
    }

    /** {@return a new connection for a permit that was reserved; null if the server accepts none at the moment} */
    @Nullable
    PooledConnection openReserved(Thread thread, long start) {
        PooledConnection opened = null;
        boolean answered = false;
        try {
            opened = opener.open(thread, start);
            answered = true;
        } finally {
            if (opened == null) {
                connections.releasePermit();
            }
            if (!answered) {
                queue.signalHead();
            }
        }
        if (opened == null) {
            // No waiter is woken: its attempt would fail too. The first waiter tries again after a pause.
            return null;
        }
        register(opened);
        announce(opened);
        if (shut) {
            close(opened, opened.ticket(), CloseReason.SHUT_DOWN);
            refuseIfShut();
        }
        return opened;
    }

    private void announce(PooledConnection opened) {
        try {
            statistics.opened(opener.timeSinceBegun(opened));
        } catch (Throwable e) {
            close(opened, opened.ticket(), CloseReason.BROKEN);
            throw e;
        }
    }

    /** Until this is done, only the calling thread knows the connection and its permit. */
    private void register(PooledConnection opened) {
        boolean done = false;
        try {
            connections.add(opened);
            done = true;
        } finally {
            if (!done) {
                closeUnregistered(opened);
            }
        }
    }

    private void closeUnregistered(PooledConnection opened) {
        try {
            dispose(opened, CloseReason.BROKEN);
        } finally {
            connections.releasePermit();
            queue.signalHead();
        }
    }

    /** {@return a new connection for the permit of one that the calling thread has leased; null as above} */
    @Nullable
    PooledConnection replace(PooledConnection connection, CloseReason reason, long start) {
        if (!connection.retire(connection.ticket())) {
            // Closed by a shutdown meanwhile, which released the permit.
            return null;
        }
        boolean gone = false;
        try {
            dispose(connection, reason);
            gone = true;
        } finally {
            connections.closed(gone);
        }
        return openReserved(Thread.currentThread(), start);
    }

    /** {@return whether the state {@code seen} was still the current one, and the connection is closed now} */
    boolean close(PooledConnection connection, long seen, CloseReason reason) {
        if (!connection.retire(seen)) {
            return false;
        }
        discard(connection, reason);
        return true;
    }

    void closeIfParked(PooledConnection connection, CloseReason reason) {
        long seen = connection.state();
        if (Leasable.isParked(seen)) {
            close(connection, seen, reason);
        }
    }

    /** Closes a retired connection and releases its permit. */
    void discard(PooledConnection connection, CloseReason reason) {
        try {
            dispose(connection, reason);
        } finally {
            connections.closed(false);
            queue.signalHead();
        }
    }

    /** Removing takes memory and may fail: the connection is closed in any case, and the next sweep removes it. */
    private void dispose(PooledConnection connection, CloseReason reason) {
        try {
            connections.remove(connection);
        } finally {
            closeAtSource(connection, reason);
        }
        statistics.closed(reason);
    }

    private void closeAtSource(PooledConnection connection, CloseReason reason) {
        try {
            if (!connection.calls().awaitInterrupt()) {
                LOG.warn(
                        "A connection to database '{}' is closed although the driver has been interrupting a call on it for 5 s; the driver probably hangs",
                        settings.alias());
            }
        } finally {
            if (reason.aborts()) {
                source.abort(connection.connection());
            } else {
                source.close(connection.connection());
            }
        }
    }
}
