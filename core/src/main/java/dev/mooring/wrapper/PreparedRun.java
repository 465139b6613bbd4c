package dev.mooring.wrapper;

import dev.mooring.statement.CachedStatement;
import dev.mooring.statement.LockRetry.SqlCall;
import dev.mooring.statement.PreparedStatements;
import dev.mooring.statement.PreparedStatements.StatementCall;
import dev.mooring.statement.SqlText;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * A statement that is prepared and bound here: of {@code query}, {@code execute}, a cursor or a batch. A step that fails evicts
 * the prepared statement from the cache. Confined to the wrapper's thread.
 */
final class PreparedRun extends StatementRun<RuntimeException> {

    private final PreparedStatements statements;
    private final SqlText text;
    private @Nullable CachedStatement statement;

    private PreparedRun(StatementExecutor executor, String sql, SqlText text) {
        super(executor, sql, text, 0);
        this.statements = executor.statements();
        this.text = text;
    }

    /** {@return a statement that has the write lock, where it needs it, and the lease, to be closed} */
    static PreparedRun open(StatementExecutor executor, String sql, SqlText text) {
        executor.checkEffect(text);
        return new PreparedRun(executor, sql, text);
    }

    /** {@return what {@code call} makes of the statement, prepared and bound} */
    <T> T execute(int fetchSize, @Nullable Object @Nullable [] parameters, StatementCall<T> call) {
        return execute(parameters, repeating(() -> {
            CachedStatement prepared = prepared(fetchSize);
            if (parameters != null) {
                statements.bind(prepared, parameters);
            }
            return call.on(prepared);
        }));
    }

    /** {@return what {@code call} makes of the statement, to which it binds {@code times} lists of parameters} */
    <T> T executeMany(int fetchSize, int times, StatementCall<T> call) {
        return executeMany(times, repeating(() -> call.on(prepared(fetchSize))));
    }

    private <T> SqlCall<T> repeating(SqlCall<T> call) {
        return () -> executor().repeatingStale(call);
    }

    /** {@return the statement, prepared at the first call} */
    private CachedStatement prepared(int fetchSize) throws SQLException {
        CachedStatement known = statement;
        if (known == null) {
            known = statements.take(connection(), text);
            statement = known;
            known.fetchSize(fetchSize);
        }
        return known;
    }

    @Override
    public RuntimeException handle(Throwable error) {
        try {
            evict(error);
        } catch (Throwable e) {
            throw executor().failed(e, sql());
        }
        return executor().failed(error, sql());
    }

    private void evict(Throwable because) {
        CachedStatement failed = statement;
        if (failed != null) {
            statement = null;
            statements.evict(connection(), failed, because);
        }
    }

    /** Closes the statement, which is kept for the next time, and releases the lease and the write lock. To be called once. */
    void close() {
        CachedStatement ending = statement;
        statement = null;
        try {
            if (ending != null) {
                statements.release(connection(), ending);
            }
        } catch (SQLException | RuntimeException e) {
            executor().closingFailed(e);
        } catch (Error e) {
            executor().closingFailed(e);
            throw e;
        } finally {
            end();
        }
    }
}
