package dev.mooring;

import java.sql.SQLException;
import java.sql.Savepoint;
import org.jspecify.annotations.Nullable;

/**
 * The transactions of a {@link JdbcConnection}: by hand, on its wrapper. Those that it merely joined it may not end; it may
 * set savepoints in them. For one thread.
 */
final class JdbcTransaction {

    private final JdbcConnections siblings;
    private final DatabaseWrapper wrapper;
    private final Transaction byHand;
    private final TransactionState state;

    /** Whether autocommit was turned off through this connection. */
    private boolean ours;

    private boolean readOnly;

    JdbcTransaction(JdbcConnections siblings, DatabaseWrapper wrapper) {
        this.siblings = siblings;
        this.wrapper = wrapper;
        this.byHand = wrapper.transaction();
        this.state = byHand.state();
    }

    boolean isOurs() {
        return ours && state.isManual();
    }

    boolean isAutocommit() {
        return byHand.getAutocommit();
    }

    void setAutocommit(boolean autocommit) throws SQLException {
        String attempt = "turn autocommit " + (autocommit ? "on" : "off");
        if (isAutocommit()) {
            if (!autocommit) {
                byHand.setAutocommit(false);
                ours = true;
                state.setReadOnlyByHand(readOnly);
            }
            return;
        }
        refuseUnlessOurs(attempt);
        if (autocommit) {
            // JDBC has it so; ours would refuse.
            byHand.commit();
            byHand.setAutocommit(true);
        }
    }

    void commit() throws SQLException {
        refuseUnlessOurs("commit");
        byHand.commit();
    }

    /** Rolls back. If that is refused, nobody shall commit what somebody wanted to be undone: the block is marked. */
    void rollback() throws SQLException {
        try {
            refuseUnlessOurs("roll back");
        } catch (SQLException e) {
            state.markForRollback(e);
            throw e;
        }
        byHand.rollback();
    }

    Savepoint savepoint(@Nullable String name) throws SQLException {
        String id = byHand.savepoint();
        if (id == null) {
            throw refused("set a savepoint", "with autocommit on");
        }
        return new JdbcSavepoint(id, name);
    }

    void rollbackTo(Savepoint savepoint) throws SQLException {
        byHand.savepointRollback(ours(savepoint).id());
    }

    void release(Savepoint savepoint) throws SQLException {
        byHand.savepointCommit(ours(savepoint).id());
    }

    void setReadOnly(boolean readOnly) throws SQLException {
        if (readOnly == this.readOnly) {
            return;
        }
        refuseInTransaction("change between read-only and not");
        this.readOnly = readOnly;
        if (isOurs()) {
            state.setReadOnlyByHand(readOnly);
        }
    }

    boolean isReadOnly() {
        return readOnly;
    }

    void refuseInTransaction(String attempt) throws SQLException {
        if (state.isOpen()) {
            throw refused(attempt, "inside a transaction; do so before it begins");
        }
    }

    /** The connection is closed: rolls back what it began. */
    void end() {
        if (!isOurs()) {
            return;
        }
        ours = false;
        if (state.inAtomic()) {
            // The block is rolled back, and what is around it is ended by the unit of work.
            state.markForRollback(refused("end a transaction", "by closing its connection inside atomic"));
            return;
        }
        try {
            byHand.rollback();
        } finally {
            byHand.setAutocommit(true);
        }
    }

    private void refuseUnlessOurs(String attempt) throws SQLException {
        if (state.inAtomic()) {
            throw refused(
                    attempt,
                    "inside atomic, which ends the transaction itself. Nest with atomic or a savepoint, or let the library"
                            + " begin its transaction outside");
        }
        boolean shared = wrapper.database().holdsTheData() && siblings.isEndedByOneOfThese();
        if (!isOurs() && !shared) {
            throw refused(
                    attempt,
                    isAutocommit()
                            ? "with autocommit on"
                            : "of a transaction that was begun by hand: end it as it was begun, through databases.transaction()");
        }
    }

    private SQLException refused(String attempt, String why) {
        return new SQLException(
                "Could not %s on database '%s' %s".formatted(attempt, wrapper.alias(), why),
                JdbcErrors.TRANSACTION_STATE);
    }

    private JdbcSavepoint ours(Savepoint savepoint) throws SQLException {
        if (savepoint instanceof JdbcSavepoint ours) {
            return ours;
        }
        throw refused("use a savepoint", "that it did not set");
    }
}
