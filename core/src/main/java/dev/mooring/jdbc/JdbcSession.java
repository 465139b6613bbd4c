package dev.mooring.jdbc;

import static java.util.Objects.requireNonNull;

import com.google.common.base.Throwables;
import dev.mooring.error.DatabaseException;
import dev.mooring.error.ErrorKind;
import dev.mooring.pool.PooledConnection;
import dev.mooring.statement.LockRetry;
import dev.mooring.statement.UnreadChanges;
import dev.mooring.wrapper.ConnectionHolder;
import dev.mooring.wrapper.ErrorHandler;
import dev.mooring.wrapper.Hold;
import dev.mooring.wrapper.StatementExecutor;
import dev.mooring.wrapper.ThreadGuard;
import dev.mooring.wrapper.WrapperCore;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What is behind a {@link JdbcConnection}: a lease, taken at the first need, what was opened on it, and what becomes of it after
 * an error. For one thread at a time, but for looking whether it is closed.
 */
final class JdbcSession {

    /** How many statements a connection usually has open: the default of these maps takes half a kilobyte each time. */
    private static final int FEW = 4;

    private final WrapperCore core;
    private final ThreadGuard guard;
    private final ConnectionHolder held;
    private final StatementExecutor executor;

    /** For calls of no statement. Kept in a field, because one is made for each row. */
    private final ErrorHandler<SQLException> errors = error -> handle(error, "");

    private final Set<AutoCloseable> resources = Collections.newSetFromMap(new IdentityHashMap<>(FEW));

    /** The statements that hold the write lock, each once. */
    private final Set<Object> writing = Collections.newSetFromMap(new IdentityHashMap<>(FEW));

    private @Nullable Hold hold;
    private volatile @Nullable Connection driver;
    /** What is leased, once it is. */
    private volatile @Nullable PooledConnection pooled;

    /** Held by a call on the connection, or on what came out of it. */
    private final ReentrantLock callLock = new ReentrantLock();

    private volatile boolean closeWanted;
    private volatile boolean closed;
    private volatile boolean aborted;

    JdbcSession(WrapperCore core) {
        this.core = core;
        this.guard = core.guard();
        this.held = core.held();
        this.executor = core.executor();
    }

    /** {@return one on the lease that {@code core} has now, and no longer} */
    static JdbcSession onLease(WrapperCore core) {
        JdbcSession session = new JdbcSession(core);
        session.use(requireNonNull(core.leased()));
        return session;
    }

    private void use(PooledConnection connection) {
        pooled = connection;
        driver = connection.connection();
    }

    /** {@return how often this has entered the thread guard: for its lease, and for the write locks of rows that are being read} */
    int depth() {
        return (hold == null ? 0 : 1) + writing.size();
    }

    /** Waits for another thread's call to end, for as long as one waits for a connection. */
    void lock() throws SQLException {
        if (callLock.tryLock()) {
            return;
        }
        long timeoutMillis = core.context().settings().acquireTimeout().toMillis();
        boolean interrupted = false;
        boolean locked = false;
        try {
            locked = callLock.tryLock(timeoutMillis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (!locked) {
            throw new SQLException(
                    ("The connection from the DataSource of database '%s' was in use by another thread for %d ms"
                                    + " (acquireTimeout); take a connection for each thread")
                            .formatted(core.alias(), timeoutMillis),
                    JdbcErrors.TRANSACTION_STATE);
        }
    }

    boolean tryLock() {
        return callLock.tryLock();
    }

    /** {@return whether the outermost call of this thread has ended} */
    boolean unlock() {
        callLock.unlock();
        return !callLock.isHeldByCurrentThread();
    }

    /** Says that the connection is closed; whoever is in the middle of a call cleans up. Thread-safe. */
    void wantClose() {
        closeWanted = true;
    }

    boolean isCloseWanted() {
        return closeWanted && !closed;
    }

    WrapperCore core() {
        return core;
    }

    StatementExecutor executor() {
        return executor;
    }

    /** {@return the driver's connection, if it was needed yet} */
    @Nullable
    Connection leased() {
        return driver;
    }

    /** {@return the driver's connection, hereby leased} */
    Connection driver() throws SQLException {
        Connection known = driver;
        if (known != null) {
            return known;
        }
        try {
            hold = core.hold(null);
        } catch (DatabaseException e) {
            throw JdbcErrors.of(e);
        }
        PooledConnection leased = core.leased();
        if (leased == null) {
            throw closedError();
        }
        use(leased);
        return leased.connection();
    }

    /** Notes that the session is not as it was; if no reset can set that back, it will end. */
    void changed(boolean resettable) {
        executor.changed(resettable || core.context().isInMemory());
    }

    void opened(AutoCloseable resource) {
        resources.add(resource);
    }

    /** Closes what was opened, unless the connection is closed and it with it. */
    void close(AutoCloseable resource, LockRetry.SqlAction closing, String sql) throws SQLException {
        if (isClosed()) {
            return;
        }
        resources.remove(resource);
        watched(sql, () -> {
            closing.run();
            return true;
        });
    }

    /** Keeps the write lock, which the caller has acquired, for {@code statement} until its rows are closed. */
    void keepWriteLock(Object statement) {
        boolean kept = false;
        try {
            kept = writing.add(statement);
        } finally {
            if (!kept) {
                executor.unlockWriting();
            }
        }
    }

    /** Releases the write lock if {@code statement} holds it. */
    void unlockWriting(@Nullable Object statement) {
        if (writing.remove(statement)) {
            executor.unlockWriting();
        }
    }

    /**
     * {@return what {@code call} to the driver returns, which may take long and is no statement of its own}
     *
     * @param limitNanos its limit, if that is less than the usual one; none if zero
     */
    <T> T timed(String sql, long limitNanos, LockRetry.SqlCall<T> call) throws SQLException {
        ErrorHandler<SQLException> handler = sql.isEmpty() ? errors : error -> handle(error, sql);
        if (hold != null) {
            return executor.call(requireNonNull(pooled), 1, limitNanos, handler, call);
        }
        PooledConnection retained = executor.retain();
        try {
            return executor.call(retained, 1, limitNanos, handler, call);
        } finally {
            executor.end();
        }
    }

    /** {@return what {@code call} returns, which only reads or sets a value of the driver} See {@link #failed}. */
    <T> T accessed(LockRetry.SqlCall<T> call, String sql) throws SQLException {
        try {
            return call.run();
        } catch (SQLException | RuntimeException | Error e) {
            failed(e, "get", sql);
            throw e;
        }
    }

    /** {@return what {@code call} returns} After an error the connection is invalidated, if it may be broken. */
    <T> T watched(String sql, LockRetry.SqlCall<T> call) throws SQLException {
        try {
            return call.run();
        } catch (SQLException | RuntimeException | Error e) {
            failed(e, sql);
            throw e;
        }
    }

    /** Throws {@code error}, which came out of the driver, after {@link #failed}. */
    RuntimeException handle(Throwable error, String sql) throws SQLException {
        failed(error, sql);
        Throwables.throwIfInstanceOf(error, SQLException.class);
        Throwables.throwIfUnchecked(error);
        throw new SQLException(error);
    }

    /** Invalidates the connection if {@code error} may have broken it. That a driver does not support something does not. */
    void failed(Throwable error, String sql) {
        if (!(error instanceof SQLFeatureNotSupportedException)) {
            RuntimeException unused = executor.failed(error, sql);
        }
    }

    /** The same after a call of that method of the driver: nothing was sent for a getter or setter that the caller got wrong. */
    void failed(Throwable error, String method, String sql) {
        if (!(isAccessor(method) && isOfTheCaller(error))) {
            failed(error, sql);
        }
    }

    private static boolean isAccessor(String method) {
        return method.startsWith("get") || method.startsWith("set") || method.equals("findColumn");
    }

    /** {@return whether there is no such column or parameter} Nothing was sent for that. */
    private boolean isOfTheCaller(Throwable error) {
        return error instanceof SQLException e
                && core.context().errors().classify(e).kind() == ErrorKind.PROGRAMMING;
    }

    /**
     * With autocommit off, begins the transaction for a call that is no statement. Not where beginning takes a statement and a
     * lock, as on SQLite: there only statements begin it, and whoever unwraps the driver's own object, since nothing else writes.
     */
    void ensureBegun() {
        if (!core.context().backend().transactionControl().beginsAtOnce()) {
            core.manual().ensureBegun();
        }
    }

    /** Ends a connection for which nothing is leased. Thread-safe. */
    void abortUnleased() {
        aborted = true;
    }

    /** Throws if this is closed. The caller has entered it, so its thread was checked. */
    void checkOpen() throws SQLException {
        if (isClosed()) {
            throw closedError();
        }
    }

    /** The same for a caller that has not entered it. */
    void checkUsable() throws SQLException {
        guard.check();
        checkOpen();
    }

    /** {@return whether this is open and the calling thread's} Thread-safe. */
    boolean isReadable() {
        return guard.isUndisputed() && !isClosed();
    }

    /**
     * {@return whether nothing more is to be done on this}: it was closed or aborted, or the wrapper's connection was, or was
     * replaced, while this one still referred to it
     */
    boolean isClosed() {
        PooledConnection known = pooled;
        return closed || closeWanted || aborted || (known != null && (known != held.leased() || known.isAborted()));
    }

    /** {@return whether the wrapper's connection was closed while this one still referred to it} */
    private boolean isLost() {
        PooledConnection known = pooled;
        return known != null && known != held.leased();
    }

    private SQLException closedError() {
        return new SQLException(
                "The connection from the DataSource of database '%s' is closed; take another".formatted(core.alias()),
                JdbcErrors.CLOSED);
    }

    /** Limits each later call to the driver, as setNetworkTimeout asks; zero for no limit. */
    void limitCalls(int millis) {
        PooledConnection leased = pooled;
        if (leased != null) {
            leased.calls().replaceLimit(TimeUnit.MILLISECONDS.toNanos(millis));
        }
    }

    /** Says that the connection is being ended: nobody is to have it next, and nothing more is to be done on this. Thread-safe. */
    void markAborted() {
        PooledConnection leased = pooled;
        if (leased != null) {
            leased.markAborted();
        }
    }

    /** {@return whether nothing is left to be closed, so that nobody needs to be on the right thread} Thread-safe. */
    boolean isEnded() {
        return closed;
    }

    /** {@return whether this is the first time} From here on everything says that it is closed. */
    boolean markClosed() {
        boolean first = !closed;
        closed = true;
        return first;
    }

    void closeResources() {
        try {
            List<AutoCloseable> open = isLost() || resources.isEmpty() ? List.of() : List.copyOf(resources);
            resources.clear();
            UnreadChanges unread = executor.unread();
            if (unread != null) {
                unread.removeAllOf(this);
            }
            open.forEach(this::closeResource);
        } catch (Throwable e) {
            // An Error: what is still open ends with the connection.
            held.invalidate();
            throw e;
        }
    }

    private void closeResource(AutoCloseable resource) {
        try {
            resource.close();
        } catch (Exception e) {
            executor.closingFailed(e);
        }
    }

    void endLease() {
        try {
            if (hold != null) {
                hold.close();
            }
        } finally {
            int locks = writing.size();
            writing.clear();
            // Counted, because an iterator is an object, and ending allocates nothing.
            for (; locks > 0; locks--) {
                executor.unlockWriting();
            }
        }
    }
}
