package dev.mooring.mariadb;

import dev.mooring.config.IsolationLevel;
import dev.mooring.spi.TransactionControl;
import dev.mooring.spi.TransactionStatus;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import org.mariadb.jdbc.client.Context;
import org.mariadb.jdbc.util.constants.ServerStatus;

/**
 * Says START TRANSACTION and COMMIT itself: the session stays in autocommit mode, so that each transaction costs two round trips
 * and not three. What ends one or is about a savepoint waits for {@code commitTimeout} at the most.
 */
final class MariadbTransactionControl implements TransactionControl {

    /** What {@code completion_type} would do behind a COMMIT or ROLLBACK that does not say this. */
    private static final String ALONE = " AND NO CHAIN NO RELEASE";

    private final Duration timeout;

    MariadbTransactionControl(Duration timeout) {
        this.timeout = timeout;
    }

    /** Whether a transaction that does not say READ ONLY may write is the session's to decide: the setting {@code readOnly}. */
    @Override
    public void begin(Connection connection, boolean readOnly) throws SQLException {
        run(connection, readOnly ? "START TRANSACTION READ ONLY" : "START TRANSACTION");
    }

    /** The level is that of the next transaction alone, so that nothing has to be set back. */
    @Override
    public void begin(Connection connection, boolean readOnly, IsolationLevel level) throws SQLException {
        run(connection, "SET TRANSACTION ISOLATION LEVEL " + level.name().replace('_', ' '));
        begin(connection, readOnly);
    }

    @Override
    public void commit(Connection connection) throws SQLException {
        within(connection, "COMMIT" + ALONE);
    }

    @Override
    public void rollback(Connection connection) throws SQLException {
        within(connection, "ROLLBACK" + ALONE);
    }

    @Override
    public void savepoint(Connection connection, String id) throws SQLException {
        within(connection, "SAVEPOINT " + id);
    }

    @Override
    public void releaseSavepoint(Connection connection, String id) throws SQLException {
        within(connection, "RELEASE SAVEPOINT " + id);
    }

    @Override
    public void rollbackToSavepoint(Connection connection, String id) throws SQLException {
        within(connection, "ROLLBACK TO SAVEPOINT " + id);
    }

    /** Sends nothing: each answer of the server but an error carries the state. */
    @Override
    public TransactionStatus status(Connection connection) throws SQLException {
        boolean open = (context(connection).getServerStatus() & ServerStatus.IN_TRANSACTION) != 0;
        return open ? TransactionStatus.OPEN : TransactionStatus.NONE;
    }

    /** After an error the driver takes it that a transaction is open, whatever the error has done to it. */
    @Override
    public TransactionStatus statusAfterError(Connection connection) throws SQLException {
        SocketTimeout.within(timeout, connection, () -> MariadbConnector.ping(connection));
        return status(connection);
    }

    @Override
    public Optional<String> sessionId(Connection connection) throws SQLException {
        return Optional.of(String.valueOf(context(connection).getThreadId()));
    }

    @Override
    public boolean beginsAtOnce() {
        return true;
    }

    private void within(Connection connection, String sql) throws SQLException {
        SocketTimeout.within(timeout, connection, () -> run(connection, sql));
    }

    private static Context context(Connection connection) throws SQLException {
        return connection.unwrap(org.mariadb.jdbc.Connection.class).getContext();
    }

    /** What fails when the server has done it leaves the connection in doubt, whatever it was. */
    private static void run(Connection connection, String sql) throws SQLException {
        boolean done = false;
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
            done = true;
        } catch (SQLException e) {
            throw done ? new SQLException("done, but then: " + e.getMessage(), "08007", e) : e;
        }
    }
}
