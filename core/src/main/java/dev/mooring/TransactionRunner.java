package dev.mooring;

import dev.mooring.error.DatabaseException;
import dev.mooring.error.ErrorKind;
import dev.mooring.spi.TransactionControl;
import dev.mooring.spi.TransactionStatus;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Does to the database what {@link TransactionState} says, and settles what follows when that fails. One per wrapper, for
 * its thread.
 */
final class TransactionRunner {

    private final TransactionState state;
    private final CommitHooks hooks;
    private final HeldConnection held;
    private final WriterTurn turn;
    private final DriverErrors errors;
    private final String alias;
    private final TransactionControl control;
    private final TransactionStatements statements;
    private final boolean alwaysReadOnly;

    /** Whether the transaction has the writer's turn. */
    private boolean hasTurn;

    /** Whether it is to be found out what the database calls the transaction. */
    private boolean resolvable;

    TransactionRunner(
            Database database,
            TransactionState state,
            CommitHooks hooks,
            HeldConnection held,
            WriterTurn turn,
            DriverErrors errors,
            QueryLog queries) {
        this.state = state;
        this.hooks = hooks;
        this.held = held;
        this.turn = turn;
        this.errors = errors;
        this.alias = database.alias();
        this.control = database.backend().transactionControl();
        this.statements = new TransactionStatements(database, queries);
        this.alwaysReadOnly = database.settings().readOnly();
    }

    /** Begins a transaction; once it is over, {@link #end()} gives back what it took. */
    void begin(AtomicOptions options) {
        if (!tryBegin(options)) {
            throw ErrorKind.TRANSACTION_MANAGEMENT.exception(
                    ("A listener to the new connection of database '%s' left a transaction open or autocommit off; have "
                                    + "it end what it begins")
                            .formatted(alias));
        }
    }

    /**
     * {@return whether it was begun} A listener to the connection that was opened for it may have begun another: the turn
     * counts as the transaction's from then on, when no listener can use it any more.
     */
    private boolean tryBegin(AtomicOptions options) {
        boolean manual = state.isManual();
        boolean taken = !options.isReadOnly() && turn.take();
        boolean begun = false;
        try {
            Connection connection = held.begin().connection();
            try {
                if (!state.isOpen() && state.isManual() == manual) {
                    send(
                            "begin a transaction",
                            () -> statements.begin(connection, options.isReadOnly() || alwaysReadOnly));
                    begun = true;
                }
            } finally {
                if (!begun) {
                    held.end();
                }
            }
        } finally {
            if (begun) {
                hasTurn = taken;
                resolvable = options.isResolvable();
            } else if (taken) {
                turn.pass();
            }
        }
        return begun;
    }

    /** Gives back the lease and the turn of a transaction that is over. */
    void end() {
        try {
            held.end();
        } finally {
            passTurn();
        }
    }

    private void passTurn() {
        if (hasTurn) {
            hasTurn = false;
            turn.pass();
        }
    }

    /** Begins the transaction that a statement needs while autocommit is off, unless a listener does. */
    void ensureBegun() {
        if (state.isManual() && !state.isOpen() && tryBegin(state.optionsByHand())) {
            state.begun();
        }
    }

    void savepoint(String id) {
        send("set a savepoint", connection -> statements.savepoint(connection, id));
        hooks.set(id);
    }

    void releaseByHand(String id) {
        send("release a savepoint", connection -> statements.releaseSavepoint(connection, id));
        hooks.released(id);
    }

    void rollBackByHandTo(String id) {
        send("roll back to a savepoint", connection -> statements.rollbackToSavepoint(connection, id));
        hooks.rolledBackTo(id);
    }

    private void send(String attempt, ConnectionAction action) {
        Connection connection = held.begin().connection();
        try {
            send(attempt, () -> action.on(connection));
            state.used();
        } finally {
            held.end();
        }
    }

    private void send(String attempt, LockPatience.SqlAction action) {
        try {
            action.run();
        } catch (SQLException e) {
            throw errors.failed(e, attempt);
        } catch (RuntimeException | Error e) {
            held.condemn();
            throw e;
        }
    }

    /** {@return whether the transaction was committed} Ends well what was begun, if nothing of it was lost. */
    boolean succeed(TransactionState.Step step) {
        if (held.isCondemned() && step.action() != TransactionState.Action.NOTHING) {
            throw ErrorKind.OPERATIONAL.exception(
                    "The connection to database '%s' was lost inside atomic, so nothing was committed"
                            .formatted(alias));
        }
        return perform(step);
    }

    /** {@return whether the transaction was committed} */
    boolean perform(TransactionState.Step step) {
        Connection connection = held.connection();
        if (step.action() == TransactionState.Action.NOTHING || connection == null || held.isCondemned()) {
            return false;
        }
        // An interrupt in the middle of a commit closes the socket of a virtual thread: put it off until the answer is
        // in.
        boolean interrupted = Thread.interrupted();
        try {
            return perform(step, connection);
        } catch (DatabaseException e) {
            throw e;
        } catch (RuntimeException | Error e) {
            held.condemn();
            throw e;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private boolean perform(TransactionState.Step step, Connection connection) {
        switch (step.action()) {
            case COMMIT -> commit(connection);
            case ROLLBACK -> rollback(connection);
            case RELEASE -> release(connection, savepoint(step));
            default -> rollbackTo(connection, savepoint(step));
        }
        return step.action() == TransactionState.Action.COMMIT;
    }

    private void commit(Connection connection) {
        checkCommittable(connection);
        Name name = name(connection);
        try {
            statements.commit(connection);
        } catch (SQLException e) {
            throw commitFailed(connection, name, e);
        } catch (DatabaseException e) {
            throw e;
        } catch (RuntimeException | Error e) {
            // An Error too: a stack overflow behind the COMMIT that was sent says nothing about what became of it.
            held.condemn();
            throw outcomeUnknown(name, e);
        }
    }

    private void checkCommittable(Connection connection) {
        if (!state.isDoubtful() && !control.isStatusFree()) {
            return;
        }
        TransactionStatus status;
        try {
            status = control.status(connection);
        } catch (SQLException e) {
            throw giveUp(connection, errors.failed(e, "look at the transaction before COMMIT"));
        }
        if (status == TransactionStatus.NONE && errors.wasBegun()) {
            held.condemn();
            throw ErrorKind.TRANSACTION_MANAGEMENT.exception(swallowed(status));
        }
        if (status == TransactionStatus.FAILED) {
            throw giveUp(connection, ErrorKind.TRANSACTION_MANAGEMENT.exception(swallowed(status)));
        }
    }

    private String swallowed(TransactionStatus status) {
        return status == TransactionStatus.FAILED
                ? ("A statement failed inside atomic on database '%s' and its error was swallowed: the transaction was "
                                + "rolled back. Let the error out of the block, or put the statement in an atomic of its own")
                        .formatted(alias)
                : "The transaction of atomic on database '%s' had ended before the block did; nothing was committed here"
                        .formatted(alias);
    }

    /** {@return {@code failure}, after rolling back what it kept from being committed} */
    private DatabaseException giveUp(Connection connection, DatabaseException failure) {
        if (!held.isCondemned()) {
            try {
                rollback(connection);
            } catch (DatabaseException e) {
                failure.addSuppressed(e);
            }
        }
        return failure;
    }

    /** A commit that fails with the connection sound was refused; any other may or may not have happened. */
    private DatabaseException commitFailed(Connection connection, Name name, SQLException error) {
        if (!errors.isBenign(error)) {
            held.condemn();
            return outcomeUnknown(name, error);
        }
        return giveUp(connection, errors.failed(error, "commit"));
    }

    /** Before the COMMIT, for a driver that has lost its connection knows nothing any more. */
    private Name name(Connection connection) {
        if (!resolvable) {
            return Name.NONE;
        }
        try {
            return new Name(
                    control.transactionId(connection).orElse(null),
                    control.sessionId(connection).orElse(null));
        } catch (SQLException e) {
            throw giveUp(connection, errors.failed(e, "ask for the name of the transaction before COMMIT"));
        }
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

    private void rollback(Connection connection) {
        try {
            statements.rollback(connection);
        } catch (SQLException e) {
            held.condemn();
            throw errors.failed(e, "roll back");
        }
    }

    private void release(Connection connection, String savepoint) {
        try {
            statements.releaseSavepoint(connection, savepoint);
            hooks.released(savepoint);
        } catch (SQLException e) {
            DatabaseException failure = errors.failed(e, "release a savepoint");
            if (!held.isCondemned()) {
                try {
                    rollbackTo(connection, savepoint);
                } catch (DatabaseException further) {
                    failure.addSuppressed(further);
                }
            }
            throw failure;
        }
    }

    private void rollbackTo(Connection connection, String savepoint) {
        hooks.rolledBackTo(savepoint);
        try {
            statements.rollbackToSavepoint(connection, savepoint);
            statements.releaseSavepoint(connection, savepoint);
            hooks.released(savepoint);
        } catch (SQLException e) {
            DatabaseException failure = errors.failed(e, "roll back to a savepoint");
            state.markForRollback(failure);
            throw failure;
        }
    }

    private static String savepoint(TransactionState.Step step) {
        return Objects.requireNonNull(step.savepoint(), "savepoint");
    }

    /** What the database calls a transaction and its session. */
    private record Name(
            @Nullable String transaction, @Nullable String session) {
        private static final Name NONE = new Name(null, null);
    }

    private interface ConnectionAction {
        void on(Connection connection) throws SQLException;
    }
}
