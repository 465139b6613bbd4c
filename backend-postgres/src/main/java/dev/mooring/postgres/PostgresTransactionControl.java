package dev.mooring.postgres;

import dev.mooring.config.IsolationLevel;
import dev.mooring.error.CommitOutcome;
import dev.mooring.error.DataException;
import dev.mooring.spi.SqlRunner;
import dev.mooring.spi.TransactionControl;
import dev.mooring.spi.TransactionStatus;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.TransactionState;

/**
 * JDBC's way, with two additions: read-only transactions, and no silent rollback.
 *
 * <p>pgjdbc sends BEGIN, READ ONLY or not, with the first statement: neither begins nor read-only marks cost a round
 * trip. Until then {@link #status} says {@link TransactionStatus#NONE}. What ends a transaction or is about a savepoint
 * waits for {@code commitTimeout} at the most.
 */
final class PostgresTransactionControl implements TransactionControl {

    private static final TransactionControl JDBC = TransactionControl.jdbc();

    private final Duration timeout;

    PostgresTransactionControl(Duration timeout) {
        this.timeout = timeout;
    }

    @Override
    public void begin(Connection connection, boolean readOnly) throws SQLException {
        if (readOnly) {
            connection.setReadOnly(true);
        }
        JDBC.begin(connection, readOnly);
    }

    /** The level is that of the one transaction, so that nothing has to be set back; it must come before the first query. */
    @Override
    public void begin(Connection connection, boolean readOnly, IsolationLevel level) throws SQLException {
        begin(connection, readOnly);
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET TRANSACTION ISOLATION LEVEL " + level.name().replace('_', ' '));
        } catch (SQLException e) {
            rollbackAfter(connection, e);
            throw e;
        }
    }

    private void rollbackAfter(Connection connection, SQLException failure) {
        try {
            rollback(connection);
        } catch (SQLException e) {
            failure.addSuppressed(e);
        }
    }

    /** The server answers the COMMIT of an aborted transaction with ROLLBACK, which pgjdbc takes for success. */
    @Override
    public void commit(Connection connection) throws SQLException {
        if (state(connection) == TransactionState.FAILED) {
            throw new SQLException(
                    "the transaction is aborted by an earlier error and cannot be committed; roll it back", "25P02");
        }
        SocketTimeout.within(timeout, connection, () -> JDBC.commit(connection));
        try {
            forgetReadOnly(connection);
        } catch (SQLException e) {
            throw new SQLException("committed, but still read-only: " + e.getMessage(), "08007", e);
        }
    }

    @Override
    public void rollback(Connection connection) throws SQLException {
        SocketTimeout.within(timeout, connection, () -> JDBC.rollback(connection));
        forgetReadOnly(connection);
    }

    @Override
    public void savepoint(Connection connection, String id) throws SQLException {
        SocketTimeout.within(timeout, connection, () -> JDBC.savepoint(connection, id));
    }

    @Override
    public void releaseSavepoint(Connection connection, String id) throws SQLException {
        SocketTimeout.within(timeout, connection, () -> JDBC.releaseSavepoint(connection, id));
    }

    @Override
    public void rollbackToSavepoint(Connection connection, String id) throws SQLException {
        SocketTimeout.within(timeout, connection, () -> JDBC.rollbackToSavepoint(connection, id));
    }

    /** Sends nothing: each answer of the server carries the state. */
    @Override
    public TransactionStatus status(Connection connection) throws SQLException {
        return switch (state(connection)) {
            case IDLE -> TransactionStatus.NONE;
            case OPEN -> TransactionStatus.OPEN;
            case FAILED -> TransactionStatus.FAILED;
        };
    }

    /** Empty for a transaction that has written nothing. */
    @Override
    public Optional<String> transactionId(Connection connection) throws SQLException {
        AtomicReference<@Nullable String> id = new AtomicReference<>();
        SocketTimeout.within(timeout, connection, () -> {
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("SELECT txid_current_if_assigned()")) {
                row.next();
                id.set(row.getString(1));
            }
        });
        return Optional.ofNullable(id.get());
    }

    @Override
    public Optional<String> sessionId(Connection connection) throws SQLException {
        return Optional.of(String.valueOf(connection.unwrap(PGConnection.class).getBackendPID()));
    }

    /** The server forgets the oldest, and refuses numbers that it has not come to: another server's. */
    @Override
    public CommitOutcome outcome(SqlRunner sql, String transactionId) {
        try {
            Object status = sql.query("SELECT txid_status(%s)", Long.valueOf(transactionId))
                    .get(0)
                    .get(0);
            return switch (String.valueOf(status)) {
                case "committed" -> CommitOutcome.COMMITTED;
                case "aborted" -> CommitOutcome.ROLLED_BACK;
                case "in progress" -> CommitOutcome.IN_PROGRESS;
                default -> CommitOutcome.UNKNOWN;
            };
        } catch (DataException e) {
            return CommitOutcome.UNKNOWN;
        }
    }

    private static TransactionState state(Connection connection) throws SQLException {
        return connection.unwrap(BaseConnection.class).getTransactionState();
    }

    private static void forgetReadOnly(Connection connection) throws SQLException {
        if (connection.isReadOnly()) {
            connection.setReadOnly(false);
        }
    }
}
