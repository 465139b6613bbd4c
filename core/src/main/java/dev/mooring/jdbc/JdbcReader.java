package dev.mooring.jdbc;

import dev.mooring.statement.LockRetry.SqlCall;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Calendar;
import org.jspecify.annotations.Nullable;

/** The rows that are read through a {@link JdbcConnection}. For one thread at a time. */
@Delegates(ResultSet.class)
abstract class JdbcReader extends JdbcPart implements ResultSet {

    private final ResultSet driver;
    private final @Nullable JdbcStatement statement;

    /** {@code statement} is what the rows are of; null if of none. */
    JdbcReader(JdbcOwner connection, ResultSet driver, @Nullable JdbcStatement statement) {
        super(connection, driver);
        this.driver = driver;
        this.statement = statement;
    }

    /** {@return the statement that the rows are of} Those of metadata are of one of the driver's own. */
    @Override
    public @Nullable Statement getStatement() throws SQLException {
        session().checkOpen();
        return statement == null ? (Statement) guarded(Statement.class, driver.getStatement()) : statement;
    }

    @Override
    public void close() throws SQLException {
        session()
                .close(
                        driver,
                        () -> {
                            driver.close();
                            if (statement != null) {
                                statement.execution().closed();
                            }
                        },
                        "");
    }

    @Override
    @CalledDirectly
    public boolean isClosed() throws SQLException {
        return session().isClosed() || driver.isClosed();
    }

    /** The next row may take long to find. */
    @Override
    public boolean next() throws SQLException {
        session().checkOpen();
        if (statement != null) {
            statement.execution().requireRows();
        }
        boolean found = session().timed("", statement == null ? 0 : statement.queryTimeoutNanos(), driver::next);
        if (!found && statement != null) {
            statement.execution().readToEnd();
        }
        return found;
    }

    /** {@return a value that may be a date or a time} {@code call} is how the driver itself reads it as a {@code type}. */
    final <T> @Nullable T read(int column, Class<T> type, @Nullable Calendar calendar, SqlCall<T> call)
            throws SQLException {
        return read(() -> driver.getObject(column), type, calendar, call);
    }

    /** {@return the same of a column that is given by its label} */
    final <T> @Nullable T read(String label, Class<T> type, @Nullable Calendar calendar, SqlCall<T> call)
            throws SQLException {
        return read(() -> driver.getObject(label), type, calendar, call);
    }

    @SuppressWarnings("unchecked")
    private <T> @Nullable T read(SqlCall<Object> stored, Class<T> type, @Nullable Calendar calendar, SqlCall<T> call)
            throws SQLException {
        session().checkOpen();
        JdbcDateTimes dateTimes = connection().dateTimes();
        if (dateTimes.reads(type)) {
            Object converted = dateTimes.fromDriver(session().accessed(stored, ""), type, calendar);
            if (converted != null) {
                return (T) converted;
            }
        }
        return (T) guarded(Object.class, session().accessed(call, ""));
    }
}
