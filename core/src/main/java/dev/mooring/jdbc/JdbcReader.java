package dev.mooring.jdbc;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Wrapper;
import org.jspecify.annotations.Nullable;

/**
 * What is read through a {@link JdbcConnection}: rows, and what the driver tells of them, of a statement and of the database. The
 * public methods are those that lead back to the connection or the statement. For one thread.
 */
final class JdbcReader extends JdbcObject {

    private final JdbcOwner connection;
    private final JdbcSession session;
    private final Wrapper driver;
    private final @Nullable Object statement;

    /** {@code statement} is what the rows are of; null if of none. */
    JdbcReader(JdbcOwner connection, Class<?> type, Wrapper driver, @Nullable Object statement) {
        super(type);
        this.connection = connection;
        this.session = connection.session();
        this.driver = driver;
        this.statement = statement;
    }

    @Override
    Calls calls() {
        return connection.calls();
    }

    @Override
    @Nullable
    Object invokeDriver(Method method, @Nullable Object[] arguments) throws SQLException {
        session.checkOpen();
        boolean queries = driver instanceof DatabaseMetaData && method.getReturnType() == ResultSet.class;
        if (queries || method.getName().endsWith("Row")) {
            session.ensureBegun();
        }
        Method reading = connection.dateTimes().readMethod(driver, method, arguments);
        if (reading != null) {
            Object stored = session.send(driver, reading, new Object[] {arguments[0]}, "");
            Object converted = connection.dateTimes().fromDriver(stored, method, arguments);
            if (converted != null) {
                return converted;
            }
        }
        return connection.guarded(method, session.send(driver, method, plain(arguments), ""), self());
    }

    public Object getConnection() throws SQLException {
        session.checkOpen();
        return connection.self();
    }

    /** {@return the statement that the rows are of} Those of metadata are of one of the driver's own. */
    public @Nullable Object getStatement() throws SQLException {
        session.checkOpen();
        return statement == null ? connection.guarded(((ResultSet) driver).getStatement()) : statement;
    }

    public void close() throws SQLException {
        if (driver instanceof ResultSet rows) {
            session.close(
                    rows,
                    () -> {
                        rows.close();
                        JdbcStatement of = ofStatement();
                        if (of != null) {
                            of.readToEnd();
                        }
                        session.unlockWriting(statement);
                    },
                    "");
        }
    }

    public boolean isClosed() throws SQLException {
        return session.isClosed() || (driver instanceof ResultSet rows && rows.isClosed());
    }

    /** The next row may take long to find. */
    public boolean next() throws SQLException {
        session.checkOpen();
        ResultSet rows = (ResultSet) driver;
        JdbcStatement of = ofStatement();
        if (of == null) {
            return session.watched("", () -> session.statements().timed(rows::next, 0));
        }
        of.requireRows();
        boolean found = session.watched("", () -> session.statements().timed(rows::next, of.queryTimeoutNanos()));
        if (!found) {
            of.readToEnd();
        }
        return found;
    }

    private @Nullable JdbcStatement ofStatement() {
        return statement != null && Proxy.getInvocationHandler(statement) instanceof JdbcStatement ours ? ours : null;
    }

    @Override
    Wrapper driver() {
        return driver;
    }

    @Override
    Wrapper unwrapDelegate() throws SQLException {
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
