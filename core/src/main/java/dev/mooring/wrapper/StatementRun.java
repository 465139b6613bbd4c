package dev.mooring.wrapper;

import static java.util.Objects.requireNonNull;

import dev.mooring.pool.PooledConnection;
import dev.mooring.statement.CachedStatement;
import dev.mooring.statement.LockRetry.SqlCall;
import dev.mooring.statement.SqlText;
import dev.mooring.statement.Statements;
import dev.mooring.statement.Statements.StatementCall;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * One statement, from taking the write lock and the lease to giving them back: opened, then one step or more, each a call to
 * the driver, then closed. A step that fails closes it. Confined to the wrapper's
 * thread.
 */
final class StatementRun {

    private final StatementExecutor executor;
    private final Statements statements;
    private final String sql;
    private final SqlText text;
    private final boolean locked;
    private @Nullable PooledConnection connection;
    private @Nullable CachedStatement statement;
    private int times = 1;

    private StatementRun(StatementExecutor executor, String sql, SqlText text, boolean locked) {
        this.executor = executor;
        this.statements = executor.statements();
        this.sql = sql;
        this.text = text;
        this.locked = locked;
    }

    /** {@return a statement that has the write lock, where it needs it, and the lease, to be closed} */
    static StatementRun open(StatementExecutor executor, String sql, SqlText text) {
        executor.checkEffect(text);
        boolean locked = executor.checkAndLock(text);
        boolean opened = false;
        try {
            StatementRun run = new StatementRun(executor, sql, text, locked);
            run.connection = executor.begin(sql, text);
            opened = true;
            return run;
        } finally {
            if (locked && !opened) {
                executor.unlockWriting();
            }
        }
    }

    /** {@return the statement, prepared at the first call} */
    CachedStatement statement(int fetchSize) throws SQLException {
        CachedStatement prepared = statement;
        if (prepared == null) {
            prepared = statements.take(requireNonNull(connection), text);
            statement = prepared;
            prepared.fetchSize(fetchSize);
        }
        return prepared;
    }

    /** {@return what {@code call} makes of the statement, prepared and bound} It is told to the query log. */
    <T> T execute(int fetchSize, @Nullable Object @Nullable [] parameters, StatementCall<T> call) {
        QueryLog queries = executor.queries();
        long start = queries.start();
        try {
            return first(() -> {
                CachedStatement prepared = statement(fetchSize);
                if (parameters != null) {
                    statements.bind(prepared, parameters);
                }
                return call.on(prepared);
            });
        } finally {
            queries.ran(sql, parameters, start);
        }
    }

    /** {@return what {@code call} makes of the statement, to which it binds many lists of parameters} */
    <T> T executeMany(int fetchSize, int times, StatementCall<T> call) {
        QueryLog queries = executor.queries();
        long start = queries.start();
        this.times = times;
        try {
            return first(() -> call.on(statement(fetchSize)));
        } finally {
            queries.ranMany(sql, times, start);
        }
    }

    private <T> T first(SqlCall<T> call) {
        return step(() -> {
            T result = executor.repeatingStale(call);
            executor.ran();
            return result;
        });
    }

    /** {@return what {@code call} to the driver returns} If it throws, this is closed. */
    <T> T step(SqlCall<T> call) {
        try {
            return timed(call);
        } catch (SQLException | RuntimeException | Error e) {
            try {
                throw executor.failed(e, sql);
            } finally {
                release();
            }
        }
    }

    private <T> T timed(SqlCall<T> call) throws SQLException {
        PooledConnection pooled = requireNonNull(connection);
        pooled.calls().begin(times);
        try {
            executor.requireValid();
            return call.run();
        } catch (SQLException | RuntimeException | Error e) {
            evict(pooled, e);
            throw e;
        } finally {
            pooled.calls().end();
        }
    }

    private void evict(PooledConnection pooled, Throwable because) {
        CachedStatement failed = statement;
        if (failed != null) {
            statement = null;
            statements.evict(pooled, failed, because);
        }
    }

    /** Closes the statement and releases the lease and the write lock. Does nothing the second time. */
    void close() {
        PooledConnection pooled = connection;
        CachedStatement ending = statement;
        if (pooled == null) {
            return;
        }
        statement = null;
        try {
            if (ending != null) {
                statements.release(pooled, ending);
            }
        } catch (SQLException | RuntimeException e) {
            executor.closingFailed(e);
        } catch (Error e) {
            executor.closingFailed(e);
            throw e;
        } finally {
            release();
        }
    }

    private void release() {
        connection = null;
        try {
            executor.end();
        } finally {
            if (locked) {
                executor.unlockWriting();
            }
        }
    }
}
