package dev.mooring.wrapper;

import dev.mooring.error.DatabaseException;
import dev.mooring.error.ErrorKind;
import dev.mooring.spi.Connector;
import dev.mooring.spi.TransactionControl;
import dev.mooring.spi.TransactionStatus;
import dev.mooring.statement.Failures;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Commits and rolls back, and says what became of the transaction when that fails. One per wrapper, confined to its thread. */
final class TransactionCompletion {

    private final TransactionState state;
    private final ConnectionHolder held;
    private final DriverErrors errors;
    private final String alias;
    private final TransactionControl control;
    private final Connector connector;
    private final TransactionCommands commands;

    TransactionCompletion(
            DatabaseContext context,
            TransactionState state,
            ConnectionHolder held,
            DriverErrors errors,
            TransactionCommands commands) {
        this.state = state;
        this.held = held;
        this.errors = errors;
        this.alias = context.alias();
        this.control = context.backend().transactionControl();
        this.connector = context.backend().connector();
        this.commands = commands;
    }

    /** Commits; with {@code resolvable}, finds out before what the database calls the transaction. */
    void commit(Connection connection, boolean resolvable) {
        checkCommittable(connection);
        verify(connection);
        Name name = resolvable ? name(connection) : Name.NONE;
        try {
            commands.commit(connection);
        } catch (SQLException e) {
            throw commitFailed(connection, name, e);
        } catch (DatabaseException e) {
            throw e;
        } catch (RuntimeException | Error e) {
            // An Error too: after a stack overflow that followed the COMMIT, its outcome is unknown.
            held.invalidate();
            throw outcomeUnknown(name, e);
        }
        verifyCommitted(connection, name);
    }

    /** COMMIT succeeded, but perhaps in a file that is no longer the database: so any failure makes the outcome unknown. */
    private void verifyCommitted(Connection connection, Name name) {
        try {
            connector.verify(connection);
        } catch (SQLException | RuntimeException | Error e) {
            held.invalidate();
            throw outcomeUnknown(name, e);
        }
    }

    boolean isAborted(@Nullable Connection connection) {
        return connection != null && status(connection, "look at the transaction") == TransactionStatus.FAILED;
    }

    private TransactionStatus status(Connection connection, String attempt) {
        try {
            return control.status(connection);
        } catch (SQLException e) {
            throw errors.toException(e, attempt);
        } catch (RuntimeException | Error e) {
            held.invalidate();
            throw e;
        }
    }

    /** A statement succeeded, so the database has begun the transaction by now. Throws if the statement ended it. */
    void ran(@Nullable Connection connection) {
        state.health().statementRan();
        if (isEnded(connection)) {
            throw lost();
        }
    }

    boolean isOpen(Connection connection) {
        return status(connection, "look at the transaction").isOpen();
    }

    /** {@return the error that {@code attempt} is refused, because a transaction is open that an SQL text began} */
    DatabaseException withinText(String attempt) {
        return ErrorKind.TRANSACTION_MANAGEMENT.exception(
                ("Could not %s on database '%s': a transaction is open that an SQL text began; end it by a "
                                + "text first, COMMIT or ROLLBACK, or use atomic in its place")
                        .formatted(attempt, alias));
    }

    void checkNotEnded(@Nullable Connection connection) {
        if (errors.wasBegun() && (control.isStatusFree() || state.health().isExposed()) && isEnded(connection)) {
            throw lost();
        }
    }

    private boolean isEnded(@Nullable Connection connection) {
        if (connection == null
                || held.isInvalid()
                || !(control.isStatusFree() || state.health().isStatusUnknown())) {
            return false;
        }
        boolean ended = status(connection, "look at the transaction") == TransactionStatus.NONE;
        state.health().clearStatusUnknown();
        return ended;
    }

    private DatabaseException lost() {
        DatabaseException lost = ErrorKind.TRANSACTION_MANAGEMENT.exception(
                ("The transaction on database '%s' was ended by something other than the layer, so that what follows"
                                + " would not be a part of it: by a statement hidden in a function or a text,"
                                + " or on the driver's"
                                + " connection. Nothing more runs until it is rolled back")
                        .formatted(alias));
        state.markForRollback(lost);
        held.invalidate();
        return lost;
    }

    private void checkCommittable(Connection connection) {
        requireOpen(connection);
        if (!state.health().isStatusUnknown() && !control.isStatusFree()) {
            return;
        }
        TransactionStatus status;
        try {
            status = status(connection, "look at the transaction before COMMIT");
        } catch (DatabaseException e) {
            throw rollBackAfter(connection, e);
        }
        if (status == TransactionStatus.NONE && errors.wasBegun()) {
            held.invalidate();
            throw ErrorKind.TRANSACTION_MANAGEMENT.exception(swallowed(status));
        }
        if (status == TransactionStatus.FAILED) {
            throw rollBackAfter(
                    connection,
                    ErrorKind.TRANSACTION_MANAGEMENT.exception(
                            swallowed(status), state.health().failure()));
        }
    }

    /** What was closed before COMMIT was sent was rolled back. */
    private void requireOpen(Connection connection) {
        try {
            if (connection.isClosed()) {
                held.invalidate();
                throw ErrorKind.OPERATIONAL.exception(
                        ("The connection to database '%s' was closed before COMMIT was sent, so that the transaction"
                                        + " was rolled back: leave the connection to the layer")
                                .formatted(alias));
            }
        } catch (SQLException e) {
            throw rollBackAfter(connection, errors.toException(e, "look at the connection before COMMIT"));
        }
    }

    private void verify(Connection connection) {
        try {
            connector.verify(connection);
        } catch (SQLException e) {
            throw rollBackAfter(connection, errors.toException(e, "commit, so nothing was committed,"));
        }
    }

    private String swallowed(TransactionStatus status) {
        boolean byHand = state.isAutocommitOff();
        if (status == TransactionStatus.FAILED) {
            return ("A statement failed inside %s on database '%s' and its error was swallowed: the transaction was "
                            + "rolled back. Let the error out%s, or put the statement in an atomic of its own")
                    .formatted(byHand ? "the transaction" : "atomic", alias, byHand ? "" : " of the block");
        }
        return (byHand
                        ? "The transaction on database '%s' had ended before it was committed; nothing was committed here"
                        : "The transaction of atomic on database '%s' had ended before the block did; nothing was committed here")
                .formatted(alias);
    }

    /** Asked for before COMMIT, because a driver that has lost its connection cannot answer. */
    private Name name(Connection connection) {
        try {
            return new Name(
                    control.transactionId(connection).orElse(null),
                    control.sessionId(connection).orElse(null));
        } catch (SQLException e) {
            throw rollBackAfter(connection, errors.toException(e, "ask for the name of the transaction before COMMIT"));
        }
    }

    /**
     * {@return the error of a failed COMMIT} The server may say that it had rolled back before; it may have refused the commit, and
     * the connection is valid; after any other error the outcome is unknown.
     */
    private DatabaseException commitFailed(Connection connection, Name name, SQLException error) {
        if (errors.isRolledBack(error)) {
            if (!errors.isBenign(error)) {
                held.invalidate();
            }
            // The driver may take it for open still.
            return rollBackAfter(
                    connection, errors.toException(error, "commit, since the server had rolled the transaction back,"));
        }
        if (!errors.isBenign(error)) {
            held.invalidate();
            return outcomeUnknown(name, error);
        }
        return rollBackAfter(connection, errors.toException(error, "commit"));
    }

    private DatabaseException outcomeUnknown(Name name, Throwable error) {
        return ErrorKind.commitOutcomeUnknown(
                ("The answer to COMMIT on database '%s' was lost: %s. The transaction %sis committed, rolled back or "
                                + "still running; look before you do it again")
                        .formatted(alias, error.getMessage(), name.transaction == null ? "" : name.transaction + " "),
                error,
                alias,
                name.transaction,
                name.session);
    }

    /** {@return {@code failure}, after rolling back what it kept from being committed} */
    private DatabaseException rollBackAfter(Connection connection, DatabaseException failure) {
        if (!held.isInvalid()) {
            try {
                rollBack(connection);
            } catch (DatabaseException e) {
                Failures.suppress(failure, e);
            }
        }
        return failure;
    }

    void rollBack(Connection connection) {
        try {
            commands.rollback(connection);
        } catch (SQLException e) {
            held.invalidate();
            throw errors.toException(e, "roll back");
        }
    }

    /** What the database calls a transaction and its session. */
    private record Name(
            @Nullable String transaction, @Nullable String session) {
        private static final Name NONE = new Name(null, null);
    }
}
