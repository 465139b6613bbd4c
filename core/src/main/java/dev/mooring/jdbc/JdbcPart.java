package dev.mooring.jdbc;

import com.google.common.base.Throwables;
import java.sql.SQLException;
import java.sql.Wrapper;
import org.jspecify.annotations.Nullable;

/** What came out of a {@link JdbcConnection}, and stands before an object of the driver. For one thread at a time. */
abstract class JdbcPart extends JdbcObject {

    private final JdbcOwner connection;
    private final JdbcSession session;
    private final Object driver;

    JdbcPart(JdbcOwner connection, Object driver) {
        this.connection = connection;
        this.session = connection.session();
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
    final void enter() throws SQLException {
        connection.enter();
    }

    @Override
    final void leave() throws SQLException {
        connection.leave();
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

    /** Checks that the connection is the thread's and open, for a call that only reads what the driver has: it is not entered. */
    final void check() throws SQLException {
        if (!session.isReadable()) {
            open();
            leave();
        }
    }

    /** Throws {@code error}, which came out of such a call. Another thread may have closed the connection meanwhile. */
    final RuntimeException readFailed(Throwable error, String method) throws SQLException {
        enter();
        try {
            if (session.isClosed()) {
                Throwables.throwIfInstanceOf(error, SQLException.class);
                Throwables.throwIfUnchecked(error);
            }
            throw failed(error, method);
        } finally {
            leave();
        }
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
