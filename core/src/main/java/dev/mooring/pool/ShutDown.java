package dev.mooring.pool;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shuts a pool down: waits for connections in use until the grace period has passed, then closes all. Thread-safe; may run more than once. */
final class ShutDown {

    private static final Logger LOG = LoggerFactory.getLogger("dev.mooring.pool");
    private static final long RECHECK_INTERVAL = TimeUnit.MILLISECONDS.toNanos(5);

    private final String alias;
    private final Clock clock;
    private final OpenConnections connections;
    private final Lifecycle lifecycle;
    private final Supplier<List<String>> holders;

    ShutDown(
            String alias,
            Clock clock,
            OpenConnections connections,
            Lifecycle lifecycle,
            Supplier<List<String>> holders) {
        this.alias = alias;
        this.holders = holders;
        this.clock = clock;
        this.connections = connections;
        this.lifecycle = lifecycle;
    }

    /** What the calling thread has leased is not waited for: it cannot end before this returns. */
    void run(Duration grace) {
        lifecycle.shut();
        long deadline = clock.exact() + grace.toNanos();
        connections.all().forEach(this::closeIfParked);
        boolean interrupted = false;
        Thread self = Thread.currentThread();
        while ((connections.hasBusyBesides(self) || connections.isOpeningOrClosing()) && clock.exact() - deadline < 0) {
            LockSupport.parkNanos(this, RECHECK_INTERVAL);
            interrupted |= Thread.interrupted();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        warnOfWorkCutOff(grace);
        connections.all().forEach(this::closeForGood);
    }

    private void warnOfWorkCutOff(Duration grace) {
        if (connections.hasBusy()) {
            attempt(() -> LOG.warn(
                    "Database '{}' is shut down while connections are in use; those of other threads had {} ms to end: they are closed, "
                            + "and what was not committed is rolled back. End the work first, or give close() more time. "
                            + "Held by:\n  {}",
                    alias,
                    grace.toMillis(),
                    String.join("\n  ", holders.get())));
        }
    }

    private void closeIfParked(PooledConnection connection) {
        attempt(() -> lifecycle.closeIfParked(connection, CloseReason.SHUT_DOWN));
    }

    private void closeForGood(PooledConnection connection) {
        attempt(() -> closeWhateverItsState(connection));
    }

    private static void attempt(Runnable closing) {
        try {
            closing.run();
        } catch (RuntimeException | Error e) {
            // Even an Error, of a driver for one: the others are to be closed all the same.
            LOG.warn("Closing a connection at shut-down failed", e);
        }
    }

    private void closeWhateverItsState(PooledConnection connection) {
        long seen = connection.state();
        while (!Leasable.isClosed(seen)) {
            if (connection.retire(seen)) {
                boolean atWork = Leasable.isLeased(seen) && !connection.isIdle();
                lifecycle.discard(connection, atWork ? CloseReason.CUT_OFF : CloseReason.SHUT_DOWN);
            }
            seen = connection.state();
        }
    }
}
