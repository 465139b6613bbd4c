package dev.mooring;

import dev.mooring.error.DatabaseException;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.Set;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * A connection as a {@code DataSource} hands it out. It leases when something needs the driver and lets go when closed; its
 * transactions are the wrapper's. For one thread. The public methods are those of {@link Connection} that are not the
 * driver's.
 */
final class JdbcConnection extends JdbcObject {

    /** What SQL sets, and the reset of the session sets back. */
    private static final Set<String> RESETTABLE =
            Set.of("setSchema", "setCatalog", "setClientInfo", "setTransactionIsolation");

    private final JdbcConnections siblings;
    private final DatabaseWrapper wrapper;
    private final DatabaseDataSource source;
    private final JdbcTransaction transaction;
    private final JdbcSession session;

    JdbcConnection(JdbcConnections siblings, DatabaseWrapper wrapper, DatabaseDataSource source) {
        this(siblings, wrapper, source, new JdbcSession(wrapper));
    }

    private JdbcConnection(
            JdbcConnections siblings, DatabaseWrapper wrapper, DatabaseDataSource source, JdbcSession session) {
        super(Connection.class);
        this.siblings = siblings;
        this.wrapper = wrapper;
        this.source = source;
        this.transaction = new JdbcTransaction(siblings, wrapper);
        this.session = session;
    }

    /** {@return one without a lease of its own: it is closed when that of {@code wrapper} ends} */
    static JdbcConnection underlying(JdbcConnections siblings, DatabaseWrapper wrapper, DatabaseDataSource source) {
        return new JdbcConnection(siblings, wrapper, source, JdbcSession.onLease(wrapper));
    }

    boolean isOn(DatabaseWrapper other) {
        return wrapper == other;
    }

    /** {@return whether it keeps the connection of {@code other} leased} */
    boolean isLeasedOn(DatabaseWrapper other) {
        return isOn(other) && session.leased() != null;
    }

    boolean hasTransaction() {
        return transaction.isOurs();
    }

    @Override
    @Nullable
    Object pass(Method method, @Nullable Object[] arguments) throws SQLException {
        String sql = arguments.length > 0 && arguments[0] instanceof String text ? text : "";
        boolean makesStatement = Statement.class.isAssignableFrom(method.getReturnType());
        session.checkOpen();
        SqlText text = makesStatement && arguments.length > 0 && arguments[0] instanceof String
                ? source.read(sql)
                : JdbcStatement.NOTHING;
        if (makesStatement) {
            // A transaction takes the writer's turn, and that before the lease.
            session.statements().prepareToRun();
        }
        Connection target = session.driver();
        if (method.getName().startsWith("set")) {
            session.changed(RESETTABLE.contains(method.getName()));
        }
        Object result = session.send(target, method, arguments, sql);
        if (makesStatement && result instanceof Statement statement) {
            session.opened(statement);
            return new JdbcStatement(this, method.getReturnType(), statement, text).self();
        }
        return result instanceof DatabaseMetaData metaData
                ? new JdbcReader(this, DatabaseMetaData.class, metaData, null).self()
                : result;
    }

    public boolean getAutoCommit() throws SQLException {
        session.checkOpen();
        return transaction.isAutocommit();
    }

    public void setAutoCommit(boolean autocommit) throws SQLException {
        session.checkOpen();
        transaction.setAutocommit(autocommit);
    }

    public void commit() throws SQLException {
        session.checkOpen();
        transaction.commit();
    }

    public void rollback() throws SQLException {
        session.checkOpen();
        transaction.rollback();
    }

    public Savepoint setSavepoint() throws SQLException {
        session.checkOpen();
        return transaction.savepoint(null);
    }

    public Savepoint setSavepoint(String name) throws SQLException {
        session.checkOpen();
        return transaction.savepoint(name);
    }

    public void rollback(Savepoint savepoint) throws SQLException {
        session.checkOpen();
        transaction.rollbackTo(savepoint);
    }

    public void releaseSavepoint(Savepoint savepoint) throws SQLException {
        session.checkOpen();
        transaction.release(savepoint);
    }

    public void setReadOnly(boolean readOnly) throws SQLException {
        session.checkOpen();
        transaction.setReadOnly(readOnly);
    }

    public boolean isReadOnly() throws SQLException {
        session.checkOpen();
        return transaction.isReadOnly();
    }

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

    public boolean isValid(int seconds) throws SQLException {
        if (seconds < 0) {
            throw new SQLException("The timeout must not be negative, but was " + seconds);
        }
        if (isClosed()) {
            return false;
        }
        try {
            session.driver();
            return wrapper.isUsable();
        } catch (SQLException | DatabaseException e) {
            return false;
        }
    }

    /** Is for any thread, as everything that is to help against one that hangs. */
    public void abort(Executor executor) throws SQLException {
        Connection target = session.leased();
        if (!session.isClosed() && target != null) {
            session.markAborted();
            target.abort(executor);
        }
    }

    public void beginRequest() {}

    public void endRequest() {}

    public boolean isClosed() {
        return session.isClosed();
    }

    /** Does nothing the second time. */
    public void close() {
        wrapper.check();
        abandon();
    }

    /** Closes what is open on this, and rolls back the transaction if it is one of ours. */
    void abandon() {
        if (!session.markClosed()) {
            return;
        }
        siblings.closed(this);
        try {
            session.closeResources();
            transaction.end();
        } finally {
            session.endLease();
            if (!siblings.isOf(wrapper) && wrapper.driverConnection() != null) {
                // The scope would keep it for the thread, which has its own.
                wrapper.close();
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
    Connection foreign() throws SQLException {
        Connection target = driver();
        session.changed(false);
        return target;
    }

    JdbcSession session() {
        return session;
    }

    SqlText read(String sql) {
        return source.read(sql);
    }

    @Override
    public String toString() {
        return "Connection from the " + source;
    }
}
