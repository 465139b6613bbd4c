package dev.mooring.wrapper;

import dev.mooring.error.DatabaseException;
import dev.mooring.error.ErrorKind;
import dev.mooring.pool.PooledConnection;
import dev.mooring.statement.UnreadChanges;
import dev.mooring.wrapper.BlockOptions.Flag;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;

/** Begins transactions and sends the steps that {@link TransactionState} decides on. One per wrapper, confined to its thread. */
final class TransactionRunner {

    private final TransactionState state;
    private final CommitHooks hooks;
    private final ConnectionHolder held;
    private final WriteLockHolder writeLock;
    private final DriverErrors errors;
    private final String alias;
    private final TransactionCommands commands;
    private final Savepoints savepoints;
    private final TransactionCompletion completion;
    private final boolean alwaysReadOnly;
    private final UnreadChanges unread = new UnreadChanges();

    /** Whether the transaction has the write lock. */
    private boolean hasWriteLock;

    /** Whether the identifier of the transaction is read before COMMIT, so that its outcome can be asked for. */
    private boolean resolvable;

    TransactionRunner(
            DatabaseContext context,
            TransactionState state,
            CommitHooks hooks,
            ConnectionHolder held,
            WriteLockHolder writeLock,
            DriverErrors errors,
            QueryLog queries) {
        this.state = state;
        this.hooks = hooks;
        this.held = held;
        this.writeLock = writeLock;
        this.errors = errors;
        this.alias = context.alias();
        this.commands = new TransactionCommands(context, held, queries, unread);
        this.savepoints = new Savepoints(state, hooks, held, errors, commands);
        this.completion = new TransactionCompletion(context, state, held, errors, commands);
        this.alwaysReadOnly = context.settings().readOnly();
    }

    /** Begins a transaction; after it, {@link #end()} releases the lease and the write lock. */
    void begin(BlockOptions options) {
        if (!tryBegin(options)) {
            throw ErrorKind.TRANSACTION_MANAGEMENT.exception(
                    ("A listener to the new connection of database '%s' left a transaction open or autocommit off;"
                                    + " have it end what it begins")
                            .formatted(alias));
        }
    }

    /**
     * {@return whether it was begun} False if a listener to the new connection has begun another transaction. The write lock is
     * this transaction's only once the listeners have run, so that none of them uses it.
     */
    private boolean tryBegin(BlockOptions options) {
        boolean autocommitOff = state.isAutocommitOff();
        boolean taken = !options.has(Flag.READ_ONLY) && writeLock.lock();
        boolean begun = false;
        try {
            PooledConnection leased = held.retain();
            Connection connection = leased.connection();
            try {
                if (!state.isOpen() && state.isAutocommitOff() == autocommitOff) {
                    refuseWithinText("begin a transaction");
                    errors.watch(
                            "begin a transaction",
                            () -> commands.begin(
                                    connection, options.has(Flag.READ_ONLY) || alwaysReadOnly, options.isolation()));
                    begun = true;
                }
            } finally {
                if (!begun) {
                    held.release();
                }
            }
        } finally {
            if (begun) {
                hasWriteLock = taken;
                resolvable = options.has(Flag.RESOLVABLE);
            } else if (taken) {
                writeLock.unlock();
            }
        }
        return begun;
    }

    /** The transaction has ended: its commit hooks are due if it was committed, else dropped; then does {@link #end()}. */
    void end(boolean committed) {
        try {
            if (committed) {
                hooks.committed();
            } else {
                hooks.rolledBack();
            }
        } finally {
            end();
        }
    }

    /** Releases the lease and the write lock of a transaction that has ended. */
    void end() {
        try {
            held.release();
        } finally {
            unlockWriting();
        }
    }

    private void unlockWriting() {
        if (hasWriteLock) {
            hasWriteLock = false;
            writeLock.unlock();
        }
    }

    /** Begins the transaction that a statement needs while autocommit is off, unless a listener does. */
    void ensureBegun() {
        if (state.isAutocommitOff() && !state.isOpen() && tryBegin(state.optionsByHand())) {
            state.begun();
        }
    }

    /**
     * {@return whether the statement that failed can be repeated} True outside a transaction, and for the first statement of one,
     * which is then rolled back and begun again.
     */
    boolean restart() throws SQLException {
        Connection connection = held.connection();
        if (connection == null || (state.isOpen() && (state.health().hasStatementRun() || state.isShared()))) {
            return false;
        }
        if (!state.isOpen()) {
            return commands.isIdle(connection);
        }
        commands.rollback(connection);
        commands.begin(connection, state.isReadOnly() || alwaysReadOnly, state.isolationLevel());
        return true;
    }

    /** {@return how often the open transaction has entered the {@link ThreadGuard}: once for its lease, once for the write lock} */
    int leaseDepth() {
        return hasWriteLock ? 2 : 1;
    }

    /** Releases the connection if nothing uses it any more. */
    void releaseIfUnused() {
        held.releaseIfUnused();
    }

    /** {@return whether a connection is held that can be used} */
    boolean isConnected() {
        return held.connection() != null && !held.isInvalid();
    }

    /** {@return whether a transaction is open that an SQL text began} */
    boolean isWithinText() {
        PooledConnection leased = held.leased();
        return leased != null
                && leased.isDirty()
                && !state.isOpen()
                && !held.isInvalid()
                && completion.isOpen(leased.connection());
    }

    /** Throws if a transaction is open that an SQL text began: {@code attempt} assumes that there is none. */
    void refuseWithinText(String attempt) {
        if (isWithinText()) {
            throw completion.withinText(attempt);
        }
    }

    /** A statement succeeded. Throws if it ended the transaction, which later statements would be thought to be a part of. */
    void ran() {
        if (state.isOpen()) {
            completion.ran(held.connection());
        }
    }

    /** Throws if the transaction was ended without the layer seeing it, as far as that costs nothing to see. */
    void checkNotEnded() {
        if (state.isOpen()) {
            completion.checkNotEnded(held.connection());
        }
    }

    /** {@return what is to be closed before a transaction begins or ends} */
    UnreadChanges unread() {
        return unread;
    }

    /** {@return the savepoints of the transaction} */
    Savepoints savepoints() {
        return savepoints;
    }

    /** {@return whether the database says that the transaction can only be rolled back} */
    boolean isAborted() {
        return completion.isAborted(held.connection());
    }

    /** {@return whether the transaction was committed} Performs the step after success; throws if the connection was lost. */
    boolean succeed(TransactionStep step) {
        Throwable ended = state.health().endedBy();
        if ((held.isInvalid() || ended != null) && step.action() != TransactionStep.Action.NOTHING) {
            throw ErrorKind.OPERATIONAL.exception(
                    (ended == null
                                    ? "The connection to database '%s' was lost inside %s, so nothing was committed"
                                    : "The database '%s' itself rolled back what was done inside %s, with the error"
                                            + " that is the cause of this one, so nothing was committed. Let that error"
                                            + " out")
                            .formatted(alias, state.isAutocommitOff() ? "the transaction" : "atomic"),
                    ended == null ? state.cause() : ended);
        }
        return perform(step);
    }

    /** {@return whether the transaction was committed} Does nothing if the connection or the transaction is over. */
    boolean perform(TransactionStep step) {
        Connection connection = held.connection();
        if (step.action() == TransactionStep.Action.NOTHING
                || connection == null
                || held.isInvalid()
                || state.health().endedBy() != null) {
            return false;
        }
        // An interrupt during a commit closes the socket of a virtual thread, so it is deferred until the answer.
        boolean interrupted = Thread.interrupted();
        try {
            return perform(step, connection);
        } catch (DatabaseException e) {
            throw e;
        } catch (RuntimeException | Error e) {
            held.invalidate();
            throw e;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private boolean perform(TransactionStep step, Connection connection) {
        switch (step.action()) {
            case COMMIT -> completion.commit(connection, resolvable);
            case ROLLBACK -> completion.rollBack(connection);
            case RELEASE -> savepoints.release(connection, savepoint(step));
            default -> savepoints.rollBackTo(connection, savepoint(step));
        }
        return step.action() == TransactionStep.Action.COMMIT;
    }

    private static String savepoint(TransactionStep step) {
        return Objects.requireNonNull(step.savepoint(), "savepoint");
    }
}
