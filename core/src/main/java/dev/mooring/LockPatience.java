package dev.mooring;

import dev.mooring.pool.Clock;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Waits for other processes' locks, in Java: tries again at an even pace until the lock timeout is over. Longer and longer
 * pauses would punish those who have waited longest. Any thread.
 */
final class LockPatience {

    private static final long PACE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final Duration timeout;
    private final ErrorTranslator errors;
    private final Clock clock;

    LockPatience(Duration timeout, ErrorTranslator errors, Clock clock) {
        this.timeout = timeout;
        this.errors = errors;
        this.clock = clock;
    }

    /** {@return whether there are locks to wait for, so that each call has to be one that can be tried again} */
    boolean isNeeded() {
        return !timeout.isZero();
    }

    /** {@return what {@code call} returns} It must be one that did nothing when it fails for a lock. */
    <T> T call(SqlCall<T> call) throws SQLException {
        try {
            return call.run();
        } catch (SQLException e) {
            return again(call, e);
        }
    }

    /** Does {@code action}, as {@link #call} does. */
    void run(SqlAction action) throws SQLException {
        call(() -> {
            action.run();
            return true;
        });
    }

    private <T> T again(SqlCall<T> call, SQLException first) throws SQLException {
        SQLException error = first;
        long start = clock.exact();
        while (!timeout.isZero() && errors.classify(error).isLocked()) {
            if (clock.exact() - start >= timeout.toNanos()
                    || Thread.currentThread().isInterrupted()) {
                break;
            }
            LockSupport.parkNanos(this, PACE_NANOS);
            try {
                return call.run();
            } catch (SQLException e) {
                error = e;
            }
        }
        throw error;
    }

    /** A call to the driver. */
    interface SqlCall<T> {
        T run() throws SQLException;
    }

    /** A call to the driver with no result. */
    interface SqlAction {
        void run() throws SQLException;
    }
}
