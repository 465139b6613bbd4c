package dev.mooring.jdbc;

import java.sql.SQLException;
import java.sql.Wrapper;
import org.jspecify.annotations.Nullable;

/** What came out of a {@link JdbcConnection}, and stands before an object of the driver. For one thread at a time. */
abstract class JdbcPart extends JdbcObject {

    private final JdbcOwner connection;
    private final JdbcSession session;
    private final Calls calls;
    private final Object driver;

    JdbcPart(JdbcOwner connection, Object driver) {
        this.connection = connection;
        this.session = connection.session();
        this.calls = connection.calls();
        this.driver = driver;
    }

    final JdbcOwner connection() {
        return connection;
    }

    @Override
    final JdbcSession session() {
        return session;
    }

    @Override
    final Calls calls() {
        return calls;
    }

    @Override
    final Object driver() {
        return driver;
    }

    @Override
    Object unwrapDelegate() throws SQLException {
        Object unused = connection.unwrapDelegate();
        return driver;
    }

    @Override
    final Object unwrapped(Class<?> type) throws SQLException {
        return connection.unwrapped(this, (Wrapper) driver, type);
    }

    /** {@return what the caller is given for what the driver answers} {@code asked} is the type that its method declares. */
    final @Nullable Object guarded(Class<?> asked, @Nullable Object result) {
        return connection.guarded(asked, result, this);
    }

    @Override
    public final String toString() {
        return driver.toString();
    }
}
