package dev.mooring.wrapper;

import dev.mooring.pool.PooledConnection;
import dev.mooring.statement.LockRetry.SqlCall;
import dev.mooring.statement.SqlText;
import org.jspecify.annotations.Nullable;

/**
 * One statement, from taking the write lock and the lease to giving them back: opened, then one step or more, each a call of
 * the driver, then closed. Every statement takes this path: as a {@link PreparedRun}, which prepares and binds it here, or from
 * the {@code DataSource}, whose caller does. Confined to the wrapper's thread.
 *
 * @param <X> the exceptions that callers see of those of the driver
 */
public abstract class StatementRun<X extends Exception> implements ErrorHandler<X> {

    private final StatementExecutor executor;
    private final String sql;
    private final long limitNanos;
    private final boolean locked;
    private final PooledConnection connection;

    /**
     * Takes the write lock, where the statement needs it, and then the lease; {@link #end()} gives both back.
     *
     * @param sql the text for messages and logs
     * @param text the same as the driver sees it
     * @param limitNanos the limit of each step, if that is less than the usual one; none if zero
     */
    protected StatementRun(StatementExecutor executor, String sql, SqlText text, long limitNanos) {
        this.executor = executor;
        this.sql = sql;
        this.limitNanos = limitNanos;
        this.locked = executor.checkAndLock(text);
        try {
            this.connection = executor.begin(sql, text);
        } catch (Throwable e) {
            if (locked) {
                executor.unlockWriting();
            }
            throw e;
        }
    }

    protected final StatementExecutor executor() {
        return executor;
    }

    protected final PooledConnection connection() {
        return connection;
    }

    protected final String sql() {
        return sql;
    }

    /** {@return what {@code call} returns, which runs the statement} It is logged, with {@code parameters} if there are any. */
    public final <T> T execute(@Nullable Object @Nullable [] parameters, SqlCall<T> call) throws X {
        long start = executor.queries().start();
        try {
            return first(1, call);
        } finally {
            executor.queries().ran(sql, parameters, start);
        }
    }

    /** {@return what {@code call} returns, which runs the statement so many times} It is logged; if there are none, nothing is sent. */
    public final <T> T executeMany(int times, SqlCall<T> call) throws X {
        long start = executor.queries().start();
        try {
            return first(times, call);
        } finally {
            if (times > 0) {
                executor.queries().ranMany(sql, times, start);
            }
        }
    }

    private <T> T first(int times, SqlCall<T> call) throws X {
        return step(times, () -> {
            executor.endUnread();
            T result = call.run();
            if (times > 0) {
                executor.ran();
            }
            return result;
        });
    }

    /** {@return what {@code call} to the driver returns, which goes on with a statement that was run} */
    protected final <T> T step(SqlCall<T> call) throws X {
        return step(1, call);
    }

    private <T> T step(int times, SqlCall<T> call) throws X {
        return executor.call(connection, Math.max(1, times), limitNanos, this, call);
    }

    /** Releases the lease, then the write lock. To be called once. */
    protected final void end() {
        try {
            executor.end();
        } finally {
            if (locked) {
                releaseWriteLock();
            }
        }
    }

    /** Releases the write lock, which the statement has; overridden by one whose rows keep it. */
    protected void releaseWriteLock() {
        executor.unlockWriting();
    }
}
