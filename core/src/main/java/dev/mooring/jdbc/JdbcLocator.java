package dev.mooring.jdbc;

import java.lang.reflect.Method;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.NClob;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * An array or a large object that came out of a {@link JdbcConnection}. It works on the connection by itself, so it does so in
 * the transaction, and what it leads to is guarded too. For one thread.
 */
final class JdbcLocator extends JdbcObject {

    private final JdbcOwner connection;
    private final JdbcSession session;
    private final Object driver;

    private JdbcLocator(JdbcOwner connection, Class<?> type, Object driver) {
        super(type);
        this.connection = connection;
        this.session = connection.session();
        this.driver = driver;
    }

    /** {@return what stands before {@code value}; null if it is no array and no large object} */
    static @Nullable Object of(JdbcOwner connection, Object value) {
        Class<?> type = value instanceof Array
                ? Array.class
                : value instanceof NClob
                        ? NClob.class
                        : value instanceof Clob ? Clob.class : value instanceof Blob ? Blob.class : null;
        return type == null ? null : new JdbcLocator(connection, type, value).self();
    }

    @Override
    Calls calls() {
        return connection.calls();
    }

    @Override
    @Nullable
    Object invokeDriver(Method method, @Nullable Object[] arguments) throws SQLException {
        session.checkOpen();
        session.ensureBegun();
        return connection.guarded(method, session.send(driver, method, arguments, ""), null);
    }

    @Override
    boolean isArgument() {
        return true;
    }

    @Override
    Object driver() {
        return driver;
    }

    @Override
    Object unwrapDelegate() {
        return driver;
    }

    @Override
    public String toString() {
        return driver.toString();
    }
}
