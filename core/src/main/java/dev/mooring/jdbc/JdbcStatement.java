package dev.mooring.jdbc;

import static java.util.Objects.requireNonNull;

import dev.mooring.statement.LockRetry.SqlCall;
import dev.mooring.statement.SqlText;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Calendar;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A statement of a {@link JdbcConnection}: its text is looked at as every other's, and it runs the same way. The public
 * methods are those of {@link Statement} that are not the driver's. For one thread at a time.
 */
@Delegates({Statement.class, PreparedStatement.class, CallableStatement.class})
abstract class JdbcStatement extends JdbcPart implements Statement {

    private final Statement driver;
    private final SqlText prepared;
    private final JdbcParameters parameters;
    private final JdbcExecution execution;
    private final JdbcBatch batch = new JdbcBatch();

    /** In seconds, zero for none; only where the driver does not see to it. */
    private int queryTimeout;

    /** {@code prepared} is nothing if it was not prepared. */
    JdbcStatement(JdbcOwner connection, Statement driver, SqlText prepared) {
        super(connection, driver);
        this.driver = driver;
        this.prepared = prepared;
        this.parameters = new JdbcParameters(prepared);
        this.execution = new JdbcExecution(connection.session(), connection.access(), driver, prepared);
    }

    @Override
    final String sql() {
        return prepared.sql();
    }

    /** {@return what {@code call} returns} It looks at its arguments alone, so an error says nothing of the connection. */
    final <T> T quote(SqlCall<T> call) throws SQLException {
        session().checkOpen();
        return call.run();
    }

    /** Binds a value that may be a date, a time or a number. {@code third} is the third argument of the setter, if any. */
    final void bind(int index, @Nullable Object value, @Nullable Object third, SqlCall<Object> call)
            throws SQLException {
        session().checkOpen();
        JdbcDateTimes dateTimes = connection().dateTimes();
        dateTimes.checkStorable(index, value, third);
        Object dateTime = dateTimes.toDriver(index, value, third instanceof Calendar calendar ? calendar : null);
        Object unused = session().accessed(dateTime == null ? call : () -> bindObject(index, dateTime), sql());
        bound(index);
    }

    private Object bindObject(int index, Object value) throws SQLException {
        ((PreparedStatement) driver).setObject(index, value);
        return true;
    }

    final void bound(int index) {
        parameters.set(index);
    }

    public void clearParameters() throws SQLException {
        session().checkOpen();
        session().watched(sql(), () -> {
            ((PreparedStatement) driver).clearParameters();
            return true;
        });
        parameters.clear();
    }

    public void addBatch() throws SQLException {
        session().checkOpen();
        parameters.check(driver, session());
        session().watched(sql(), () -> {
            ((PreparedStatement) driver).addBatch();
            return true;
        });
        batch.addParameters();
    }

    @Override
    public void clearBatch() throws SQLException {
        session().checkOpen();
        session().watched(sql(), () -> {
            driver.clearBatch();
            return true;
        });
        parameters.clear();
        batch.clear();
    }

    @Override
    public @Nullable ResultSet getResultSet() throws SQLException {
        session().checkOpen();
        execution.requireRows();
        return rows(session().accessed(driver::getResultSet, sql()));
    }

    private @Nullable ResultSet rows(@Nullable ResultSet given) {
        if (given != null) {
            execution.gave(given);
        }
        return (ResultSet) guarded(ResultSet.class, given);
    }

    @Override
    public Connection getConnection() throws SQLException {
        session().checkOpen();
        return connection();
    }

    @Override
    public void addBatch(String sql) throws SQLException {
        session().checkOpen();
        SqlText more = JdbcParameters.requireNone(connection().read(sql));
        session().executor().check(more);
        session().watched(sql, () -> {
            driver.addBatch(sql);
            return true;
        });
        batch.add(more);
    }

    @Override
    public void close() throws SQLException {
        session()
                .close(
                        driver,
                        () -> {
                            driver.close();
                            execution.closed();
                        },
                        prepared.sql());
    }

    @Override
    @CalledDirectly
    public boolean isClosed() throws SQLException {
        return session().isClosed() || driver.isClosed();
    }

    @Override
    public void setQueryTimeout(int seconds) throws SQLException {
        session().checkOpen();
        if (connection().honoursQueryTimeout()) {
            session().watched(sql(), () -> {
                driver.setQueryTimeout(seconds);
                return true;
            });
        } else if (seconds < 0) {
            throw new SQLException(
                    "The query timeout must not be negative, but was " + seconds, JdbcErrors.INVALID_ARGUMENT);
        } else {
            queryTimeout = seconds;
        }
    }

    @Override
    public int getQueryTimeout() throws SQLException {
        session().checkOpen();
        return connection().honoursQueryTimeout() ? session().watched(sql(), driver::getQueryTimeout) : queryTimeout;
    }

    long queryTimeoutNanos() {
        return TimeUnit.SECONDS.toNanos(queryTimeout);
    }

    /** {@return what runs it} */
    final JdbcExecution execution() {
        return execution;
    }

    /** Is for any thread. */
    @Override
    @CalledDirectly
    public void cancel() throws SQLException {
        if (!isClosed()) {
            driver.cancel();
        }
    }

    /** {@return what {@code call} returns, which runs the prepared text} */
    final <T> T execute(SqlCall<T> call) throws SQLException {
        session().checkOpen();
        parameters.check(driver, session());
        return executed(prepared, call);
    }

    /** {@return what {@code call} returns, which runs {@code sql}} */
    final <T> T execute(@Nullable String sql, SqlCall<T> call) throws SQLException {
        session().checkOpen();
        return executed(
                sql == null ? prepared : JdbcParameters.requireNone(connection().read(sql)), call);
    }

    @SuppressWarnings("unchecked")
    private <T> T executed(SqlText text, SqlCall<T> call) throws SQLException {
        T result = execution.run(text, queryTimeoutNanos(), call);
        return result instanceof ResultSet given ? (T) requireNonNull(rows(given)) : result;
    }

    @Override
    public int[] executeBatch() throws SQLException {
        return executeBatch(driver::executeBatch);
    }

    @Override
    public long[] executeLargeBatch() throws SQLException {
        return executeBatch(driver::executeLargeBatch);
    }

    private <T> T executeBatch(SqlCall<T> call) throws SQLException {
        session().checkOpen();
        SqlText text = prepared.sql().isEmpty() ? batch.text() : prepared;
        return execution.runBatch(text, batch.count(), queryTimeoutNanos(), () -> emptied(call));
    }

    /** {@return what {@code call} returns, by which the driver empties its batch, whether it fails or not} */
    private <T> T emptied(SqlCall<T> call) throws SQLException {
        try {
            return call.run();
        } finally {
            batch.clear();
            parameters.clear();
        }
    }
}
