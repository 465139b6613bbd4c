package dev.mooring.statement;

import dev.mooring.pool.Clock;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Waits in Java for locks of other processes: retries at a constant interval until the lock timeout has passed. With growing
 * intervals, those who have waited longest would be served last. Thread-safe.
 */
public final class LockRetry {

    private static final long RETRY_INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final Duration timeout;
    private final ErrorTranslator errors;
    private final Clock clock;

    public LockRetry(Duration timeout, ErrorTranslator errors, Clock clock) {
        this.timeout = timeout;
        this.errors = errors;
        this.clock = clock;
    }

    /** {@return whether locks are waited for here, so that every call must be repeatable} */
    public boolean isNeeded() {
        return !timeout.isZero();
    }

    /** {@return what {@code call} returns} A call that fails because of a lock must have had no effect. */
    public <T> T call(SqlCall<T> call) throws SQLException {
        try {
            return call.run();
        } catch (SQLException e) {
            return again(call, e);
        }
    }

    /** Does {@code action}, as {@link #call} does. */
    public void run(SqlAction action) throws SQLException {
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
            LockSupport.parkNanos(this, RETRY_INTERVAL_NANOS);
            try {
                return call.run();
            } catch (SQLException e) {
                error = e;
            }
        }
        throw error;
    }

    /** A call to the driver. */
    public interface SqlCall<T> {
        T run() throws SQLException;
    }

    /** A call to the driver with no result. */
    public interface SqlAction {
        void run() throws SQLException;
    }
}
