package dev.mooring.wrapper;

import static com.google.common.base.Throwables.throwIfUnchecked;

import dev.mooring.error.DatabaseException;
import dev.mooring.error.ErrorKind;
import dev.mooring.spi.TransactionControl;
import dev.mooring.spi.TransactionStatus;
import dev.mooring.statement.ErrorTranslator;
import dev.mooring.statement.LockRetry;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/**
 * What an error out of the driver means for the connection and the transaction, and what the caller sees of it. One per
 * wrapper, confined to its thread.
 */
final class DriverErrors {

    private static final String STALE =
            " prepared before the schema changed: run the transaction again, as atomic does with "
                    + "AtomicOptions.retrying(), and it is prepared anew;";

    private final ErrorTranslator errors;
    private final TransactionControl control;
    private final TransactionState transaction;
    private final ConnectionHolder held;
    private final String alias;
    private final boolean alwaysReadOnly;
    private final Duration statementTimeout;

    DriverErrors(DatabaseContext context, TransactionState transaction, ConnectionHolder held) {
        this.errors = context.errors();
        this.control = context.backend().transactionControl();
        this.transaction = transaction;
        this.held = held;
        this.alias = context.alias();
        this.alwaysReadOnly = context.settings().readOnly();
        this.statementTimeout = context.settings().statementTimeout();
    }

    /** {@return whether the connection is known to be valid after {@code error}} */
    boolean isBenign(SQLException error) {
        return (errors.classify(error).isBenign() || isRefusedWrite(error)) && !isClosed();
    }

    /** {@return whether the connection is known to be valid after {@code error}} */
    boolean isBenign(Throwable error) {
        return error instanceof SQLException e
                ? isBenign(e)
                : error instanceof RuntimeException unchecked && errors.isSoundAfter(unchecked) && !isClosed();
    }

    private boolean isClosed() {
        Connection connection = held.connection();
        try {
            return connection != null && connection.isClosed();
        } catch (SQLException | RuntimeException e) {
            // This is asked more than once, and a later answer must not say otherwise.
            held.invalidate();
            return true;
        } catch (Error e) {
            held.invalidate();
            throw e;
        }
    }

    /** {@return whether the database is known to have rolled the transaction back before it saw the COMMIT that failed} */
    boolean isRolledBack(SQLException error) {
        return errors.classify(error).isRolledBack();
    }

    private boolean isRefusedWrite(SQLException error) {
        return (alwaysReadOnly || transaction.isReadOnly())
                && errors.classify(error).refusesWrite();
    }

    /** {@return what to throw for {@code error}; the connection is invalidated unless it is known to be valid} */
    DatabaseException toException(SQLException error, String attempt) {
        transaction.health().markStatusUnknown();
        if (!isBenign(error)) {
            // Before the status is asked for, because an invalid connection is not used any more.
            held.invalidate();
        }
        TransactionStatus status = status();
        DatabaseException failure = isRefusedWrite(error)
                ? ErrorKind.TRANSACTION_MANAGEMENT.exception(readOnly(attempt), error)
                : errors.translate(error, attempt);
        if (isRolledBack(error) ? endRolledBack(status) : status == TransactionStatus.NONE) {
            if (!isRolledBack(error)) {
                // Closing the connection rolls back what is open on it, so that no statement runs outside its
                // transaction.
                held.invalidate();
            }
            transaction.health().endedBy(failure);
        }
        return status == TransactionStatus.FAILED ? inFailedTransaction(failure, error, attempt) : failure;
    }

    /**
     * {@return whether there was a transaction} The database says that it has rolled it back; here the driver ends what is left of
     * it, such as autocommit that is off.
     */
    private boolean endRolledBack(TransactionStatus status) {
        Connection connection = held.connection();
        if (!transaction.isOpen() || connection == null || held.isInvalid()) {
            return false;
        }
        if (status != TransactionStatus.NONE) {
            try {
                control.rollback(connection);
            } catch (SQLException | RuntimeException e) {
                held.invalidate();
            } catch (Error e) {
                held.invalidate();
                throw e;
            }
        }
        return true;
    }

    /** {@return {@code failure}, or if the transaction had failed before, what says so, with the first error as its cause} */
    private DatabaseException inFailedTransaction(DatabaseException failure, SQLException error, String attempt) {
        Throwable first = transaction.health().failure();
        transaction.health().failed(failure);
        // Any other error says more than that the transaction has failed.
        boolean refused = errors.classify(error).kind() == ErrorKind.INTERNAL;
        return first == null || !refused
                ? failure
                : ErrorKind.TRANSACTION_MANAGEMENT.exception(
                        ("Could not %s on database '%s': a statement of this transaction failed before, its error was"
                                        + " swallowed, and the database runs nothing more until the transaction"
                                        + " is rolled back%s."
                                        + " Let the error, which is the cause of this one, out of the block, or"
                                        + " put the statement"
                                        + " that may fail in an atomic of its own")
                                .formatted(attempt, alias, ofStream()),
                        first);
    }

    private String ofStream() {
        String query = transaction.streamed();
        return query == null ? "" : "; it is that of a stream not yet closed, of: " + query;
    }

    /** Runs {@code action}; an error invalidates the connection unless it is known to be valid. */
    void watch(String attempt, LockRetry.SqlAction action) {
        try {
            action.run();
        } catch (SQLException e) {
            throw toException(e, attempt);
        } catch (RuntimeException | Error e) {
            held.invalidate();
            throw e;
        }
    }

    private String readOnly(String attempt) {
        if (alwaysReadOnly) {
            return "Could not %s on database '%s': its setting 'readOnly' is true. Write to the database it is a copy of"
                    .formatted(attempt, alias);
        }
        return ("Could not %s on database '%s': the transaction is read-only, since its outermost block is, or since"
                        + " it is that of a stream not yet closed%s. Write in atomic that is not readOnly(),"
                        + " and stream inside it")
                .formatted(attempt, alias, ofStream().isEmpty() ? "" : " of: " + transaction.streamed());
    }

    /**
     * {@return what to throw for {@code error}, which came out of the driver while it ran {@code sql}} What is
     * neither an {@code SQLException} nor ours invalidates the connection, and is thrown as it is.
     */
    RuntimeException statementFailed(Throwable error, String sql) {
        if (error instanceof SQLException e) {
            String more = isStale(e) ? STALE : isBenign(e) ? "" : circumstances();
            return toException(e, "run a statement (" + sql + ")" + more);
        }
        if (error instanceof DatabaseException e) {
            return e;
        }
        transaction.health().markStatusUnknown();
        if (!isBenign(error) || status() == TransactionStatus.NONE) {
            held.invalidate();
        }
        throwIfUnchecked(error);
        return new IllegalStateException(error);
    }

    /** {@return whether the statement only has to be prepared anew} */
    boolean isStale(SQLException error) {
        return errors.classify(error).isStale();
    }

    /** {@return what else the message says about a statement that failed} */
    private String circumstances() {
        if (held.wasInterrupted()) {
            return " within the %d ms of setting 'statementTimeout'".formatted(statementTimeout.toMillis());
        }
        return Thread.currentThread().isInterrupted() ? " on an interrupted thread" : "";
    }

    /**
     * {@return the transaction's status after something failed; {@code UNKNOWN} outside one} {@code NONE} says that the
     * database ended it by itself, as SQLite does when the disk is full: what comes next would be committed at once.
     */
    private TransactionStatus status() {
        Connection connection = held.connection();
        boolean asked = wasBegun() || control.isStatusFree();
        if (!transaction.isOpen() || !asked || connection == null || held.isInvalid()) {
            return TransactionStatus.UNKNOWN;
        }
        try {
            TransactionStatus status = control.statusAfterError(connection);
            // A driver that begins with the first statement may not have begun yet.
            return status == TransactionStatus.NONE && !wasBegun() ? TransactionStatus.UNKNOWN : status;
        } catch (SQLException | RuntimeException e) {
            // The transaction may have ended, so the connection is closed.
            held.invalidate();
            return TransactionStatus.UNKNOWN;
        } catch (Error e) {
            held.invalidate();
            throw e;
        }
    }

    /** {@return whether the database knows of the transaction that is open} */
    boolean wasBegun() {
        return transaction.health().hasStatementRun() || control.beginsAtOnce();
    }
}
