package dev.mooring;

import java.lang.reflect.Method;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Wrapper;
import org.jspecify.annotations.Nullable;

/**
 * What is read through a {@link JdbcConnection}: rows, and what the driver tells of the database. The public methods are those
 * that lead back to the connection or the statement. For one thread.
 */
final class JdbcReader extends JdbcObject {

    private final JdbcConnection connection;
    private final JdbcSession session;
    private final Wrapper driver;
    private final @Nullable Object statement;

    /** {@code statement} is what the rows are of; null if of none. */
    JdbcReader(JdbcConnection connection, Class<?> type, Wrapper driver, @Nullable Object statement) {
        super(type);
        this.connection = connection;
        this.session = connection.session();
        this.driver = driver;
        this.statement = statement;
    }

    @Override
    @Nullable
    Object pass(Method method, @Nullable Object[] arguments) throws SQLException {
        session.checkOpen();
        Object result = session.send(driver, method, arguments, "");
        if (result instanceof ResultSet rows && isResult(method)) {
            session.opened(rows);
            return new JdbcReader(connection, ResultSet.class, rows, null).self();
        }
        return result;
    }

    /** {@return whether a result of {@code method} is one} SQLite's are their own metadata. */
    static boolean isResult(Method method) {
        return method.getReturnType().isAssignableFrom(ResultSet.class);
    }

    public Object getConnection() throws SQLException {
        session.checkOpen();
        return connection.self();
    }

    public @Nullable Object getStatement() throws SQLException {
        session.checkOpen();
        return statement;
    }

    public void close() throws SQLException {
        if (driver instanceof ResultSet rows) {
            session.close(
                    rows,
                    () -> {
                        rows.close();
                        session.passTurn(statement);
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
        return session.watched("", () -> session.statements().timed(rows::next));
    }

    @Override
    Wrapper driver() {
        return driver;
    }

    @Override
    Wrapper foreign() throws SQLException {
        connection.foreign();
        return driver;
    }

    @Override
    public String toString() {
        return driver.toString();
    }
}
