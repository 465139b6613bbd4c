package dev.mooring.wrapper;

import dev.mooring.error.DatabaseException;
import dev.mooring.statement.Failures;
import java.sql.Connection;
import java.sql.SQLException;

/** The savepoints of a transaction, by hand and of {@code atomic}. One per wrapper, confined to its thread. */
final class Savepoints {

    private final TransactionState state;
    private final CommitHooks hooks;
    private final ConnectionHolder held;
    private final DriverErrors errors;
    private final TransactionCommands commands;

    Savepoints(
            TransactionState state,
            CommitHooks hooks,
            ConnectionHolder held,
            DriverErrors errors,
            TransactionCommands commands) {
        this.state = state;
        this.hooks = hooks;
        this.held = held;
        this.errors = errors;
        this.commands = commands;
    }

    void set(String id) {
        send("set a savepoint", connection -> commands.savepoint(connection, id));
        hooks.set(id);
    }

    void releaseByHand(String id) {
        send("release a savepoint", connection -> commands.releaseSavepoint(connection, id));
        hooks.released(id);
    }

    void rollBackByHandTo(String id) {
        send("roll back to a savepoint", connection -> commands.rollbackToSavepoint(connection, id));
        hooks.rolledBackTo(id);
    }

    private void send(String attempt, ConnectionAction action) {
        Connection connection = held.retain().connection();
        try {
            errors.watch(attempt, () -> action.on(connection));
            state.health().statementRan();
        } finally {
            held.release();
        }
    }

    /** Releases that of a block; if that is refused, what was done since is undone. */
    void release(Connection connection, String id) {
        try {
            commands.releaseSavepoint(connection, id);
            hooks.released(id);
        } catch (SQLException e) {
            DatabaseException failure = errors.toException(e, "release a savepoint");
            if (!held.isInvalid()) {
                try {
                    rollBackTo(connection, id);
                } catch (DatabaseException further) {
                    Failures.suppress(failure, further);
                }
            }
            throw failure;
        }
    }

    /** Rolls back to that of a block, which has no further use for it. */
    void rollBackTo(Connection connection, String id) {
        hooks.rolledBackTo(id);
        try {
            commands.rollbackToSavepoint(connection, id);
            commands.releaseSavepoint(connection, id);
            hooks.released(id);
        } catch (SQLException e) {
            DatabaseException failure = errors.toException(e, "roll back to a savepoint");
            state.markForRollback(failure);
            throw failure;
        }
    }

    private interface ConnectionAction {
        void on(Connection connection) throws SQLException;
    }
}
