package dev.mooring.jdbc;

import static java.util.Objects.requireNonNull;

import dev.mooring.pool.PooledConnection;
import dev.mooring.statement.DriverCalls;
import dev.mooring.statement.ErrorTranslator;
import dev.mooring.statement.LockRetry.SqlCall;
import dev.mooring.statement.SqlText;
import dev.mooring.statement.UnreadChanges;
import dev.mooring.wrapper.QueryLog;
import dev.mooring.wrapper.StatementExecutor;
import java.lang.reflect.Array;
import java.lang.reflect.Method;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A statement of a {@link JdbcConnection}: its text is looked at as every other's, and it runs the same way. The public
 * methods are those of {@link Statement} that are not the driver's. For one thread at a time.
 */
final class JdbcStatement extends JdbcObject {

    private static final @Nullable Object[] NO_PARAMETERS = {};
    static final SqlText NOTHING = new SqlText("", 0, List.of(), true, false);

    /** What looks at its argument alone: an error says nothing of the connection. */
    private static final Set<String> QUOTING =
            Set.of("enquoteLiteral", "enquoteIdentifier", "enquoteNCharLiteral", "isSimpleIdentifier");

    private final JdbcOwner connection;
    private final JdbcSession session;
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
            return session;
        }
    };

    /** In seconds, zero for none; only where the driver does not see to it. */
    private int queryTimeout;

    /** {@code type} is which kind of statement it is; {@code prepared} is nothing if it was not prepared. */
    JdbcStatement(JdbcOwner connection, Class<?> type, Statement driver, SqlText prepared) {
        super(type);
        this.connection = connection;
        this.session = connection.session();
        this.driver = driver;
        this.prepared = prepared;
        this.parameters = new JdbcParameters(prepared);
    }

    @Override
    Calls calls() {
        return connection.calls();
    }

    @Override
    @Nullable
    Object invokeDriver(Method method, @Nullable Object[] arguments) throws SQLException {
        session.checkOpen();
        if (QUOTING.contains(method.getName())) {
            return DriverCalls.call(driver, method, arguments);
        }
        parameters.before(method, arguments, driver);
        if (method.getName().equals("getResultSet")) {
            requireRows();
        }
        connection.dateTimes().checkStorable(method, arguments);
        Object dateTime = connection.dateTimes().toDriver(driver, method, arguments);
        Object result = dateTime != null
                ? session.send(
                        driver, JdbcDateTimes.bindMethod(), new Object[] {arguments[0], dateTime}, prepared.sql())
                : method.getName().startsWith("execute")
                        ? execute(method, arguments)
                        : session.send(driver, method, plain(arguments), prepared.sql());
        parameters.after(method, arguments);
        if (result instanceof ResultSet given && !method.getName().equals("getGeneratedKeys")) {
            rows = given;
        }
        if (method.getName().equals("addBatch")) {
            batched++;
        } else if (method.getName().equals("clearBatch")) {
            emptyBatch();
        }
        return dateTime != null ? null : connection.guarded(method, result, self());
    }

    private void emptyBatch() {
        batch = NOTHING;
        batched = 0;
    }

    public Object getConnection() throws SQLException {
        session.checkOpen();
        return connection.self();
    }

    public void addBatch(String sql) throws SQLException {
        session.checkOpen();
        SqlText more = JdbcParameters.requireNone(connection.read(sql));
        session.statements().check(more);
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

    public void close() throws SQLException {
        session.close(
                driver,
                () -> {
                    driver.close();
                    readToEnd();
                    session.unlockWriting(self());
                },
                prepared.sql());
    }

    public boolean isClosed() throws SQLException {
        return session.isClosed() || driver.isClosed();
    }

    public void setQueryTimeout(int seconds) throws SQLException {
        session.checkOpen();
        if (connection.honoursQueryTimeout()) {
            driver.setQueryTimeout(seconds);
        } else if (seconds < 0) {
            throw new SQLException(
                    "The query timeout must not be negative, but was " + seconds, JdbcErrors.INVALID_ARGUMENT);
        } else {
            queryTimeout = seconds;
        }
    }

    public int getQueryTimeout() throws SQLException {
        session.checkOpen();
        return connection.honoursQueryTimeout() ? driver.getQueryTimeout() : queryTimeout;
    }

    long queryTimeoutNanos() {
        return TimeUnit.SECONDS.toNanos(queryTimeout);
    }

    /** Is for any thread. */
    public void cancel() throws SQLException {
        if (!isClosed()) {
            driver.cancel();
        }
    }

    private Object execute(Method method, @Nullable Object[] arguments) throws SQLException {
        SqlCall<Object> call = () -> requireNonNull(DriverCalls.call(driver, method, arguments));
        if (method.getName().endsWith("Batch")) {
            SqlText text = prepared.sql().isEmpty() ? batch : prepared;
            Object result = session.statements().batch(() -> run(text, Math.max(1, batched), call));
            emptyBatch();
            return result;
        }
        SqlText text = arguments.length > 0 && arguments[0] instanceof String sql
                ? JdbcParameters.requireNone(connection.read(sql))
                : prepared;
        return run(
                text,
                1,
                () -> session.statements()
                        .repeatingStale(() -> session.statements().lockRetry().call(call)));
    }

    private Object run(SqlText text, int count, SqlCall<Object> call) throws SQLException {
        connection.access().ensure(text);
        StatementExecutor statements = session.statements();
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
                Object result = watched(statements.queries(), text, call);
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
                session.failed(e, text.sql());
                throw e;
            } finally {
                end(held);
            }
        } finally {
            if (locked && hasRows) {
                session.keepWriteLock(self());
            } else if (locked) {
                statements.unlockWriting();
            }
        }
    }

    private void endRows() throws SQLException {
        if (session.isClosed() || driver.isClosed()) {
            return;
        }
        ResultSet open = rows == null ? driver.getResultSet() : rows;
        if (open != null) {
            open.close();
        }
        rowsEnded = true;
        session.unlockWriting(self());
    }

    /** The rows of a change were read to the end, or closed. */
    void readToEnd() {
        UnreadChanges unread = session.statements().unread();
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
                            .formatted(session.wrapper().alias(), ErrorTranslator.shortened(prepared.sql())),
                    JdbcErrors.CURSOR_STATE);
        }
    }

    private void end(PooledConnection held) {
        try {
            // Releases the write lock of the previous result set.
            session.unlockWriting(self());
        } finally {
            try {
                held.calls().limit(0);
            } finally {
                session.statements().end();
            }
        }
    }

    /** Parameters were given to the driver one by one, and are not known any more. */
    private static Object watched(QueryLog queries, SqlText text, SqlCall<Object> call) throws SQLException {
        long start = queries.start();
        int times = 0;
        try {
            Object result = call.run();
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

    @Override
    Statement driver() {
        return driver;
    }

    @Override
    Statement unwrapDelegate() throws SQLException {
        Object unused = connection.unwrapDelegate();
        return driver;
    }

    @Override
    Object unwrapped(Class<?> type) throws SQLException {
        return connection.unwrapped(this, driver, type);
    }

    @Override
    public String toString() {
        return driver.toString();
    }
}
