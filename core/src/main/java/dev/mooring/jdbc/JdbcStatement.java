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
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Calendar;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A statement of a {@link JdbcConnection}: its text is looked at as every other's, and it runs the same way. The public
 * methods are those of {@link Statement} that are not the driver's. For one thread at a time.
 */
@Delegates({Statement.class, PreparedStatement.class, CallableStatement.class})
abstract class JdbcStatement extends JdbcPart implements Statement {

    private static final @Nullable Object[] NO_PARAMETERS = {};
    static final SqlText NOTHING = new SqlText("", 0, List.of(), true, false);

    private final Statement driver;
    private final SqlText prepared;
    private final JdbcParameters parameters;
    private SqlText batch = NOTHING;
    /** How many statements or lists of parameters were added to the batch since it was run. */
    private int batched;

    /** The rows of the last execution, once the caller has them. */
    private @Nullable ResultSet rows;

    /** Whether they were closed because a transaction began or ended, or a savepoint did. */
    private boolean rowsEnded;

    private final UnreadChanges.Change change = new UnreadChanges.Change() {
        @Override
        public void end() throws SQLException {
            endRows();
        }

        @Override
        public Object owner() {
            return session();
        }
    };

    /** In seconds, zero for none; only where the driver does not see to it. */
    private int queryTimeout;

    /** {@code prepared} is nothing if it was not prepared. */
    JdbcStatement(JdbcOwner connection, Statement driver, SqlText prepared) {
        super(connection, driver);
        this.driver = driver;
        this.prepared = prepared;
        this.parameters = new JdbcParameters(prepared);
    }

    @Override
    final String sql() {
        return prepared.sql();
    }

    /** {@return what {@code call} returns} It looks at its arguments alone, so an error says nothing of the connection(). */
    final <T> T quote(SqlCall<T> call) throws SQLException {
        session().checkOpen();
        return call.run();
    }

    /** Binds a value that may be a date, a time or a number. {@code third} is the third argument of the setter, if any. */
    final void bind(int index, @Nullable Object value, @Nullable Object third, SqlCall<@Nullable Object> call)
            throws SQLException {
        session().checkOpen();
        JdbcDateTimes dateTimes = connection().dateTimes();
        dateTimes.checkStorable(index, value, third);
        Object dateTime = dateTimes.toDriver(index, value, third instanceof Calendar calendar ? calendar : null);
        Object unused = session().accessed(dateTime == null ? call : () -> bindObject(index, dateTime), sql());
        bound(index);
    }

    private @Nullable Object bindObject(int index, Object value) throws SQLException {
        ((PreparedStatement) driver).setObject(index, value);
        return null;
    }

    final void bound(int index) {
        parameters.set(index);
    }

    public void clearParameters() throws SQLException {
        session().checkOpen();
        session().watched(sql(), () -> {
            ((PreparedStatement) driver).clearParameters();
            return true;
        });
        parameters.clear();
    }

    public void addBatch() throws SQLException {
        session().checkOpen();
        parameters.check(driver);
        session().watched(sql(), () -> {
            ((PreparedStatement) driver).addBatch();
            return true;
        });
        batched++;
    }

    @Override
    public void clearBatch() throws SQLException {
        session().checkOpen();
        session().watched(sql(), () -> {
            driver.clearBatch();
            return true;
        });
        parameters.clear();
        emptyBatch();
    }

    @Override
    public @Nullable ResultSet getResultSet() throws SQLException {
        session().checkOpen();
        requireRows();
        return rows(session().accessed(driver::getResultSet, sql()));
    }

    private @Nullable ResultSet rows(@Nullable ResultSet given) {
        if (given != null) {
            rows = given;
        }
        return (ResultSet) guarded(ResultSet.class, given);
    }

    private void emptyBatch() {
        batch = NOTHING;
        batched = 0;
    }

    @Override
    public Connection getConnection() throws SQLException {
        session().checkOpen();
        return connection();
    }

    @Override
    public void addBatch(String sql) throws SQLException {
        session().checkOpen();
        SqlText more = JdbcParameters.requireNone(connection().read(sql));
        session().statements().check(more);
        driver.addBatch(sql);
        batched++;
        batch = new SqlText(
                        sql,
                        0,
                        more.names(),
                        more.leavesSessionAlone() && batch.leavesSessionAlone(),
                        more.mayWrite() || batch.mayWrite())
                .with(more.use().isNone() ? batch.use() : more.use());
    }

    @Override
    public void close() throws SQLException {
        session()
                .close(
                        driver,
                        () -> {
                            driver.close();
                            readToEnd();
                            session().unlockWriting(this);
                        },
                        prepared.sql());
    }

    @Override
    @CalledDirectly
    public boolean isClosed() throws SQLException {
        return session().isClosed() || driver.isClosed();
    }

    @Override
    public void setQueryTimeout(int seconds) throws SQLException {
        session().checkOpen();
        if (connection().honoursQueryTimeout()) {
            driver.setQueryTimeout(seconds);
        } else if (seconds < 0) {
            throw new SQLException(
                    "The query timeout must not be negative, but was " + seconds, JdbcErrors.INVALID_ARGUMENT);
        } else {
            queryTimeout = seconds;
        }
    }

    @Override
    public int getQueryTimeout() throws SQLException {
        session().checkOpen();
        return connection().honoursQueryTimeout() ? driver.getQueryTimeout() : queryTimeout;
    }

    long queryTimeoutNanos() {
        return TimeUnit.SECONDS.toNanos(queryTimeout);
    }

    /** Is for any thread. */
    @Override
    @CalledDirectly
    public void cancel() throws SQLException {
        if (!isClosed()) {
            driver.cancel();
        }
    }

    /** {@return what {@code call} returns, which runs the prepared text} */
    final <T> T execute(SqlCall<T> call) throws SQLException {
        session().checkOpen();
        parameters.check(driver);
        return executed(prepared, call);
    }

    /** {@return what {@code call} returns, which runs {@code sql}} */
    final <T> T execute(@Nullable String sql, SqlCall<T> call) throws SQLException {
        session().checkOpen();
        return executed(
                sql == null ? prepared : JdbcParameters.requireNone(connection().read(sql)), call);
    }

    @SuppressWarnings("unchecked")
    private <T> T executed(SqlText text, SqlCall<T> call) throws SQLException {
        T result = run(
                text,
                1,
                () -> session()
                        .statements()
                        .repeatingStale(() -> session().statements().lockRetry().call(call)));
        return result instanceof ResultSet given ? (T) requireNonNull(rows(given)) : result;
    }

    @Override
    public int[] executeBatch() throws SQLException {
        return executeBatch(driver::executeBatch);
    }

    @Override
    public long[] executeLargeBatch() throws SQLException {
        return executeBatch(driver::executeLargeBatch);
    }

    private <T> T executeBatch(SqlCall<T> call) throws SQLException {
        session().checkOpen();
        SqlText text = prepared.sql().isEmpty() ? batch : prepared;
        T result = session().statements().batch(() -> run(text, Math.max(1, batched), call));
        emptyBatch();
        parameters.clear();
        return result;
    }

    private <T> T run(SqlText text, int count, SqlCall<T> call) throws SQLException {
        connection().access().ensure(text);
        StatementExecutor statements = session().statements();
        boolean locked = statements.lockForWriting(text);
        boolean hasRows = false;
        rows = null;
        rowsEnded = false;
        readToEnd();
        try {
            PooledConnection held = statements.begin(text.sql(), text);
            held.calls().limit(queryTimeoutNanos());
            held.calls().begin(count);
            try {
                T result = watched(statements.queries(), text, call);
                if (!result.getClass().isArray() || Array.getLength(result) > 0) {
                    // An empty batch sends nothing, so the driver has not begun its transaction.
                    statements.ran();
                }
                hasRows = result instanceof ResultSet || Boolean.TRUE.equals(result);
                if (hasRows && text.returning() && statements.unread() != null) {
                    requireNonNull(statements.unread()).add(change);
                }
                return result;
            } catch (SQLException | RuntimeException | Error e) {
                session().failed(e, text.sql());
                throw e;
            } finally {
                end(held);
            }
        } finally {
            if (locked && hasRows) {
                session().keepWriteLock(this);
            } else if (locked) {
                statements.unlockWriting();
            }
        }
    }

    private void endRows() throws SQLException {
        if (session().isClosed() || driver.isClosed()) {
            return;
        }
        ResultSet open = rows == null ? driver.getResultSet() : rows;
        if (open != null) {
            open.close();
        }
        rowsEnded = true;
        session().unlockWriting(this);
    }

    /** The rows of a change were read to the end, or closed. */
    void readToEnd() {
        UnreadChanges unread = session().statements().unread();
        if (unread != null) {
            unread.remove(change);
        }
    }

    /** Refuses to read on in rows that were closed, which drivers may take for their end. */
    void requireRows() throws SQLException {
        if (rowsEnded) {
            throw new SQLException(
                    ("The rows of a change with RETURNING on database '%s' were closed before they were read to the"
                                    + " end, because a transaction began or ended, or a savepoint: read them"
                                    + " before; statement:"
                                    + " %s")
                            .formatted(session().wrapper().alias(), ErrorTranslator.shortened(prepared.sql())),
                    JdbcErrors.CURSOR_STATE);
        }
    }

    private void end(PooledConnection held) {
        try {
            // Releases the write lock of the previous result set.
            session().unlockWriting(this);
        } finally {
            try {
                held.calls().limit(0);
            } finally {
                session().statements().end();
            }
        }
    }

    /** Parameters were given to the driver one by one, and are not known any more. */
    private static <T> T watched(QueryLog queries, SqlText text, SqlCall<T> call) throws SQLException {
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
}
