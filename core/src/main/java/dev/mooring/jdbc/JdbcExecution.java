package dev.mooring.jdbc;

import static java.util.Objects.requireNonNull;

import dev.mooring.pool.PooledConnection;
import dev.mooring.statement.ErrorTranslator;
import dev.mooring.statement.LockRetry.SqlCall;
import dev.mooring.statement.SqlText;
import dev.mooring.statement.UnreadChanges;
import dev.mooring.wrapper.QueryLog;
import dev.mooring.wrapper.StatementExecutor;
import java.lang.reflect.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/**
 * Runs a {@link JdbcStatement} as every other statement is run, and knows the rows of its last execution. For one thread at a
 * time.
 */
final class JdbcExecution implements UnreadChanges.Change {

    private static final @Nullable Object[] NO_PARAMETERS = {};

    private final JdbcSession session;
    private final JdbcAccess access;
    private final Statement driver;
    private final SqlText prepared;

    /** The rows of the last execution, once the caller has them. */
    private @Nullable ResultSet rows;

    /** Whether they were closed because a transaction began or ended, or a savepoint did. */
    private boolean rowsEnded;

    JdbcExecution(JdbcSession session, JdbcAccess access, Statement driver, SqlText prepared) {
        this.session = session;
        this.access = access;
        this.driver = driver;
        this.prepared = prepared;
    }

    /** {@return what {@code call} returns, which runs {@code text}} It is repeated where it waits for a lock or was stale. */
    <T> T run(SqlText text, long limitNanos, SqlCall<T> call) throws SQLException {
        StatementExecutor executor = session.executor();
        return run(
                text,
                1,
                limitNanos,
                () -> executor.repeatingStale(() -> executor.lockRetry().call(call)));
    }

    /** {@return what {@code call} returns, which runs a batch of {@code count} statements} */
    <T> T runBatch(SqlText text, int count, long limitNanos, SqlCall<T> call) throws SQLException {
        return session.executor().batch(() -> run(text, Math.max(1, count), limitNanos, call));
    }

    private <T> T run(SqlText text, int count, long limitNanos, SqlCall<T> call) throws SQLException {
        access.ensure(text);
        StatementExecutor executor = session.executor();
        boolean locked = executor.checkAndLock(text);
        boolean hasRows = false;
        rows = null;
        rowsEnded = false;
        readToEnd();
        try {
            PooledConnection pooled = executor.begin(text.sql(), text);
            pooled.calls().limit(limitNanos);
            pooled.calls().begin(count);
            try {
                T result = logged(executor.queries(), text, call);
                if (!result.getClass().isArray() || Array.getLength(result) > 0) {
                    // An empty batch sends nothing, so the driver has not begun its transaction.
                    executor.ran();
                }
                hasRows = result instanceof ResultSet || Boolean.TRUE.equals(result);
                if (hasRows && text.returning() && executor.unread() != null) {
                    requireNonNull(executor.unread()).add(this);
                }
                return result;
            } catch (SQLException | RuntimeException | Error e) {
                session.failed(e, text.sql());
                throw e;
            } finally {
                end(pooled);
            }
        } finally {
            if (locked && hasRows) {
                session.keepWriteLock(this);
            } else if (locked) {
                executor.unlockWriting();
            }
        }
    }

    private void end(PooledConnection pooled) {
        try {
            // Releases the write lock of the previous result set.
            session.unlockWriting(this);
        } finally {
            try {
                pooled.calls().limit(0);
            } finally {
                session.executor().end();
            }
        }
    }

    /** Parameters were given to the driver one by one, and are not known any more. */
    private static <T> T logged(QueryLog queries, SqlText text, SqlCall<T> call) throws SQLException {
        long start = queries.start();
        int times = 0;
        try {
            T result = call.run();
            times = result.getClass().isArray() ? Array.getLength(result) : 0;
            return result;
        } finally {
            if (times > 0) {
                queries.ranMany(text.sql(), times, start);
            } else {
                queries.ran(text.sql(), NO_PARAMETERS, start);
            }
        }
    }

    /** The caller was given these rows. */
    void gave(ResultSet given) {
        rows = given;
    }

    /** Refuses to read on in rows that were closed, which drivers may take for their end. */
    void requireRows() throws SQLException {
        if (rowsEnded) {
            throw new SQLException(
                    ("The rows of a change with RETURNING on database '%s' were closed before they were read to the"
                                    + " end, because a transaction began or ended, or a savepoint: read them"
                                    + " before; statement:"
                                    + " %s")
                            .formatted(session.wrapper().alias(), ErrorTranslator.shortened(prepared.sql())),
                    JdbcErrors.CURSOR_STATE);
        }
    }

    /** The rows of a change were read to the end. */
    void readToEnd() {
        UnreadChanges unread = session.executor().unread();
        if (unread != null) {
            unread.remove(this);
        }
    }

    /** The rows were closed. */
    void closed() {
        readToEnd();
        session.unlockWriting(this);
    }

    @Override
    public void end() throws SQLException {
        if (session.isClosed() || driver.isClosed()) {
            return;
        }
        ResultSet open = rows == null ? driver.getResultSet() : rows;
        if (open != null) {
            open.close();
        }
        rowsEnded = true;
        session.unlockWriting(this);
    }

    @Override
    public Object owner() {
        return session;
    }
}
