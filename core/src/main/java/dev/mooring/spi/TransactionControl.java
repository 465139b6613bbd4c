package dev.mooring.spi;

import dev.mooring.config.IsolationLevel;
import dev.mooring.error.CommitOutcome;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Optional;

/**
 * Begins and ends transactions and savepoints. The layer decides when; this says how.
 *
 * <p>Every method is called by the one thread that leases the connection.
 */
public interface TransactionControl {

    /** {@return the control that goes through JDBC's autocommit mode and sends standard savepoint statements} */
    static TransactionControl jdbc() {
        return new JdbcTransactionControl();
    }

    /**
     * Begins a transaction. {@code readOnly} says that the block promises to write nothing: if the database can refuse to, it
     * is to, with an error that {@link ErrorVerdict#refusingWrite()} knows.
     */
    void begin(Connection connection, boolean readOnly) throws SQLException;

    /**
     * Begins a transaction as {@link #begin(Connection, boolean)} does, at this isolation level or a stricter one. Called for
     * blocks that ask for a level. If it fails, no transaction is open and the connection is in autocommit mode.
     *
     * @throws SQLFeatureNotSupportedException by default
     */
    default void begin(Connection connection, boolean readOnly, IsolationLevel level) throws SQLException {
        throw new SQLFeatureNotSupportedException(
                "this backend cannot set the isolation level of a transaction; begin it without one", "0A000");
    }

    /**
     * Commits, and leaves the connection in autocommit mode.
     *
     * <p>A benign exception says that nothing was committed. What goes wrong afterwards must be another one, such as
     * SQLSTATE 08007.
     */
    void commit(Connection connection) throws SQLException;

    /** Rolls back, and leaves the connection in autocommit mode. */
    void rollback(Connection connection) throws SQLException;

    /** Sets a savepoint; {@code id} is a safe identifier made by the layer. */
    default void savepoint(Connection connection, String id) throws SQLException {
        JdbcTransactionControl.run(connection, "SAVEPOINT " + id);
    }

    /** Forgets a savepoint and keeps what was done since. */
    default void releaseSavepoint(Connection connection, String id) throws SQLException {
        JdbcTransactionControl.run(connection, "RELEASE SAVEPOINT " + id);
    }

    /** Undoes what was done since the savepoint, which stays. */
    default void rollbackToSavepoint(Connection connection, String id) throws SQLException {
        JdbcTransactionControl.run(connection, "ROLLBACK TO SAVEPOINT " + id);
    }

    /**
     * {@return what the driver knows of the transaction} Sends nothing where it can be avoided.
     *
     * <p>Asked before a commit, each time or only after a statement has failed, as {@link #isStatusFree} says: a database that
     * answers COMMIT with a silent rollback must say {@link TransactionStatus#FAILED} here.
     */
    default TransactionStatus status(Connection connection) throws SQLException {
        return TransactionStatus.UNKNOWN;
    }

    /**
     * {@return what became of the transaction when a statement of it failed} Asked once, after each error that leaves the connection
     * valid; may send something, where the answer that was an error did not tell.
     */
    default TransactionStatus statusAfterError(Connection connection) throws SQLException {
        return status(connection);
    }

    /**
     * {@return what the database calls the transaction under way, for {@link #outcome} to ask about it later; empty if it
     * has no such name or has changed nothing} Asked before COMMIT for blocks that want it; may cost a round trip.
     */
    default Optional<String> transactionId(Connection connection) throws SQLException {
        return Optional.empty();
    }

    /** {@return what the server calls the session} Asked with {@link #transactionId}; sends nothing. */
    default Optional<String> sessionId(Connection connection) throws SQLException {
        return Optional.empty();
    }

    /** {@return what became of a transaction that {@link #transactionId} named, asked over another connection} */
    default CommitOutcome outcome(SqlRunner sql, String transactionId) {
        return CommitOutcome.UNKNOWN;
    }

    /** {@return whether {@link #begin} has the database begin at once} If not, its first statement does. */
    default boolean beginsAtOnce() {
        return false;
    }

    /**
     * {@return whether asking for the {@link #status} costs nothing} If not, it is asked before a commit only if a statement of the
     * transaction failed, or was one that may end it.
     */
    default boolean isStatusFree() {
        return true;
    }

    /**
     * {@return whether transactions begin and end, and savepoints are set and released, while rows of a change with RETURNING are
     * unread} If not, the layer closes them before.
     */
    default boolean endsWithUnreadChanges() {
        return true;
    }
}
