package dev.mooring.jdbc;

import static java.util.Objects.requireNonNull;

import dev.mooring.error.DatabaseException;
import dev.mooring.statement.SqlText;
import dev.mooring.wrapper.WrapperCore;
import java.sql.Connection;
import java.sql.SQLClientInfoException;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.sql.Wrapper;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * A connection as a {@code DataSource} hands it out. It leases when something needs the driver and lets go when closed; its
 * transactions are the wrapper's. For one thread at a time. The public methods are those of {@link Connection} that are not the
 * driver's.
 */
@Delegates(Connection.class)
abstract class JdbcConnection extends JdbcOwner {

    /** What SQL sets, and the reset of the session sets back. */
    private static final Set<String> RESETTABLE =
            Set.of("setSchema", "setCatalog", "setClientInfo", "setTransactionIsolation");

    /** What begins no transaction with a driver either: a transaction would clear warnings, and refuse setReadOnly. */
    private static final Set<String> LOCAL = Set.of(
            "getWarnings",
            "clearWarnings",
            "getTypeMap",
            "getHoldability",
            "getNetworkTimeout",
            "getTransactionIsolation",
            "getMetaData",
            "nativeSQL");

    JdbcConnection(Siblings siblings, WrapperCore core) {
        this(siblings, core, new JdbcSession(core));
    }

    /** The connection has the lease of {@code session}, and is closed when that ends. */
    JdbcConnection(Siblings siblings, WrapperCore core, JdbcSession session) {
        super(siblings, core, session);
    }

    boolean isOn(WrapperCore other) {
        return core == other;
    }

    boolean hasTransaction() {
        return transaction.isOurs();
    }

    /** {@return whether a text, or somebody with the driver's own object, began a transaction that is still open} */
    boolean hasForeignTransaction() {
        Connection target = session.leased();
        if (target == null || hasTransaction()) {
            return false;
        }
        try {
            return core.context().backend().transactionControl().status(target).isOpen();
        } catch (SQLException | RuntimeException e) {
            // It is closed and not relied upon.
            return true;
        }
    }

    /** {@return how deep the work is that it has under way} */
    int depth() {
        return session.depth() + transaction.depth();
    }

    /** {@return what {@code call} returns, which is that method of the driver} {@code sql} is null if it is given none. */
    @SuppressWarnings("unchecked")
    final <T> @Nullable T callDriver(String method, Class<?> type, @Nullable String sql, DriverCall<T> call)
            throws SQLException {
        boolean makesStatement = Statement.class.isAssignableFrom(type);
        session.checkOpen();
        SqlText text = makesStatement && sql != null ? read(sql) : SqlText.EMPTY;
        if (makesStatement) {
            // A transaction takes the write lock, and that before the lease.
            session.executor().prepareToRun();
        }
        Connection target = session.driver();
        if (method.startsWith("set")) {
            session.changed(RESETTABLE.contains(method));
        } else if (!LOCAL.contains(method)) {
            session.ensureBegun();
        }
        if (makesStatement) {
            Statement made = (Statement) requireNonNull(session.timed(text.sql(), 0, () -> call.on(target)));
            session.opened(made);
            return (T) JdbcGuard.statement(this, type, made, text);
        }
        return (T) guarded(type, called(method, sql == null ? "" : sql, target, call), null);
    }

    private <T> T called(String method, String sql, Connection target, DriverCall<T> call) throws SQLException {
        try {
            return call.on(target);
        } catch (SQLException | RuntimeException | Error e) {
            session.failed(e, method, sql);
            throw e;
        }
    }

    @Override
    public void setNetworkTimeout(Executor executor, int millis) throws SQLException {
        Boolean unused = callDriver("setNetworkTimeout", void.class, null, driver -> {
            driver.setNetworkTimeout(executor, millis);
            return true;
        });
        session.limitCalls(millis);
    }

    @Override
    @CalledDirectly
    public void setClientInfo(String name, String value) throws SQLClientInfoException {
        setClientInfo(driver -> driver.setClientInfo(name, value));
    }

    @Override
    @CalledDirectly
    public void setClientInfo(Properties properties) throws SQLClientInfoException {
        setClientInfo(driver -> driver.setClientInfo(properties));
    }

    private void setClientInfo(ClientInfo info) throws SQLClientInfoException {
        try {
            enter();
            try {
                Boolean unused = callDriver("setClientInfo", void.class, null, driver -> {
                    info.setOn(driver);
                    return true;
                });
            } finally {
                leave();
            }
        } catch (DatabaseException e) {
            throw JdbcErrors.ofClientInfo(JdbcErrors.ofWork(e));
        } catch (SQLException e) {
            throw JdbcErrors.ofClientInfo(e);
        }
    }

    @Override
    public boolean getAutoCommit() throws SQLException {
        session.checkOpen();
        return transaction.isAutocommit();
    }

    @Override
    public void setAutoCommit(boolean autocommit) throws SQLException {
        session.checkOpen();
        transaction.setAutocommit(autocommit);
    }

    @Override
    public void commit() throws SQLException {
        session.checkOpen();
        transaction.commit();
    }

    @Override
    public void rollback() throws SQLException {
        session.checkOpen();
        transaction.rollback();
    }

    @Override
    public Savepoint setSavepoint() throws SQLException {
        session.checkOpen();
        return transaction.savepoint(null);
    }

    @Override
    public Savepoint setSavepoint(String name) throws SQLException {
        session.checkOpen();
        return transaction.savepoint(name);
    }

    @Override
    public void rollback(Savepoint savepoint) throws SQLException {
        session.checkOpen();
        transaction.rollbackTo(savepoint);
    }

    @Override
    public void releaseSavepoint(Savepoint savepoint) throws SQLException {
        session.checkOpen();
        transaction.release(savepoint);
    }

    @Override
    public void setReadOnly(boolean readOnly) throws SQLException {
        session.checkOpen();
        transaction.setReadOnly(readOnly);
    }

    @Override
    public boolean isReadOnly() throws SQLException {
        session.checkOpen();
        return transaction.isReadOnly();
    }

    @Override
    public void setTransactionIsolation(int level) throws SQLException {
        session.checkOpen();
        transaction.refuseInTransaction("set the isolation");
        Connection target = session.driver();
        session.changed(true);
        session.watched("", () -> {
            target.setTransactionIsolation(level);
            return true;
        });
    }

    @Override
    public boolean isValid(int seconds) throws SQLException {
        if (seconds < 0) {
            throw new SQLException("The timeout must not be negative, but was " + seconds, JdbcErrors.INVALID_ARGUMENT);
        }
        if (isClosed()) {
            return false;
        }
        try {
            session.driver();
            return core.isUsable();
        } catch (SQLException | DatabaseException e) {
            return false;
        }
    }

    /** Is for any thread, as everything that is to help against one that hangs. */
    @Override
    @CalledDirectly
    public void abort(@Nullable Executor executor) throws SQLException {
        if (executor == null) {
            throw new SQLException("abort needs an executor, but was given null", JdbcErrors.INVALID_ARGUMENT);
        }
        Connection target = session.leased();
        if (target == null) {
            session.abortUnleased();
        }
        if (!session.isClosed() && target != null) {
            session.markAborted();
            target.abort(executor);
        }
    }

    @Override
    public void beginRequest() throws SQLException {}

    @Override
    public void endRequest() throws SQLException {}

    @Override
    @CalledDirectly
    public boolean isClosed() {
        return session.isClosed();
    }

    @Override
    final void abandon() {
        if (!session.markClosed()) {
            return;
        }
        try {
            siblings.closed(this);
            access.end();
            session.closeResources();
        } finally {
            endTransactionAndLease();
        }
    }

    private void endTransactionAndLease() {
        try {
            transaction.end();
        } finally {
            session.endLease();
            if (!siblings.isOf(core)) {
                // The scope would keep it for the thread, which has its own.
                core.endLease();
            }
        }
    }

    /** Closes what is open on this, whose lease is about to end. */
    void endWithLease() {
        if (session.markClosed()) {
            session.closeResources();
        }
    }

    @Override
    Connection driver() throws SQLException {
        session.checkOpen();
        return session.driver();
    }

    @Override
    Connection unwrapDelegate() throws SQLException {
        Connection target = driver();
        session.changed(false);
        transaction.driverIsShared();
        return target;
    }

    @Override
    Object unwrapped(Class<?> type) throws SQLException {
        return JdbcGuard.unwrapped(this, this, driver(), type);
    }

    @Override
    Object unwrapped(JdbcObject outer, Wrapper driver, Class<?> type) throws SQLException {
        return JdbcGuard.unwrapped(this, outer, driver, type);
    }

    @Override
    final @Nullable Object guarded(Class<?> asked, @Nullable Object result, @Nullable JdbcObject from) {
        return JdbcGuard.guarded(this, asked, result, from);
    }

    @Override
    public String toString() {
        return "Connection from the DataSource of Database[" + core.alias() + ", "
                + core.context().backend().engine() + "]";
    }

    /** A call of the driver. */
    @FunctionalInterface
    interface DriverCall<T> {

        T on(Connection driver) throws SQLException;
    }

    /** A call of the driver that sets something about the client. */
    @FunctionalInterface
    private interface ClientInfo {

        void setOn(Connection driver) throws SQLException;
    }
}
