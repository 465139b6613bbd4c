package dev.mooring.jdbc;

import dev.mooring.wrapper.ManualTransaction;
import dev.mooring.wrapper.TransactionState;
import dev.mooring.wrapper.ViewConnections;
import dev.mooring.wrapper.WrapperCore;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The transactions of a {@link JdbcConnection}: by hand, on its wrapper. Those that it merely joined it may not end; it may
 * set savepoints in them. For one thread.
 */
final class JdbcTransaction {

    private final ViewConnections siblings;
    private final WrapperCore core;
    private final ManualTransaction byHand;
    private final TransactionState state;

    /** Whether autocommit was turned off through this connection. */
    private boolean startedHere;

    private boolean readOnly;

    /** Whether somebody was given the driver's own object, who does with it what is not seen. */
    private boolean shared;

    /** The savepoints that can be used, the oldest first. */
    private final Deque<JdbcSavepoint> savepoints = new ArrayDeque<>();

    JdbcTransaction(ViewConnections siblings, WrapperCore core) {
        this.siblings = siblings;
        this.core = core;
        this.byHand = core.manual();
        this.state = byHand.state();
    }

    boolean isOurs() {
        return startedHere && state.isAutocommitOff();
    }

    /** {@return how deep the work is that an open transaction of this connection is: its lease, and the write lock} */
    int depth() {
        return isOurs() && state.isOpen() ? byHand.leaseDepth() : 0;
    }

    boolean isAutocommit() {
        return byHand.getAutocommit();
    }

    void setAutocommit(boolean autocommit) throws SQLException {
        String attempt = "turn autocommit " + (autocommit ? "on" : "off");
        if (isAutocommit()) {
            if (!autocommit) {
                byHand.turnAutocommit(false);
                startedHere = true;
                state.setReadOnlyByHand(readOnly);
                if (shared) {
                    byHand.beginAtOnce(true);
                }
            }
        } else if (autocommit) {
            // JDBC has it so; ours would refuse.
            refuseAndMarkUnlessOurs(attempt);
            byHand.beginAtOnce(false);
            byHand.commit();
            byHand.turnAutocommit(true);
        }
    }

    /** The driver's own object is handed out: with autocommit off, it is to find a transaction begun. */
    void driverIsShared() {
        shared = true;
        if (state.isAutocommitOff()) {
            byHand.beginAtOnce(true);
        }
    }

    void commit() throws SQLException {
        refuseAndMarkUnlessOurs("commit");
        byHand.commit();
    }

    void rollback() throws SQLException {
        refuseAndMarkUnlessOurs("roll back");
        byHand.rollback();
    }

    /**
     * Refuses to end a transaction that others began, and marks it for rollback: the caller wanted it undone, or will take it that
     * nothing of it was committed.
     */
    private void refuseAndMarkUnlessOurs(String attempt) throws SQLException {
        try {
            refuseUnlessOurs(attempt);
        } catch (SQLException e) {
            state.markEndRefused(e);
            throw e;
        }
    }

    Savepoint savepoint(@Nullable String name) throws SQLException {
        String id = byHand.savepoint();
        if (id == null) {
            throw refused("set a savepoint", "with autocommit on");
        }
        JdbcSavepoint set = new JdbcSavepoint(id, name, state.number());
        savepoints.add(set);
        return set;
    }

    void rollbackTo(Savepoint savepoint) throws SQLException {
        JdbcSavepoint set = known(savepoint);
        byHand.savepointRollback(set.id());
        forgetAfter(set);
    }

    void release(Savepoint savepoint) throws SQLException {
        JdbcSavepoint set = known(savepoint);
        byHand.savepointCommit(set.id());
        forgetAfter(set);
        savepoints.remove(set);
    }

    private void forgetAfter(JdbcSavepoint set) {
        while (!set.equals(savepoints.peekLast())) {
            savepoints.removeLast();
        }
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
        return readOnly || core.context().settings().readOnly();
    }

    /** {@return whether the statements to come are to write nothing, and in no transaction that sees to it} */
    boolean isReadOnlyAutocommit() {
        return readOnly && isAutocommit();
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
        startedHere = false;
        if (state.inAtomic()) {
            // The block is rolled back, and what is around it is ended by the unit of work.
            state.markForRollback(refused("end a transaction", "by closing its connection inside atomic"));
            return;
        }
        byHand.beginAtOnce(false);
        try {
            byHand.rollback();
        } finally {
            byHand.turnAutocommit(true);
        }
    }

    private void refuseUnlessOurs(String attempt) throws SQLException {
        if (state.inAtomic()) {
            throw refused(
                    attempt,
                    state.isStream()
                            ? "inside the transaction of a stream that this thread has not closed, which now rolls it"
                                    + " back. Close the stream first"
                            : "inside atomic: a caller on this thread began the transaction with Mooring's atomic(),"
                                    + " which ends it itself and now rolls it back. Nest with atomic or a savepoint, or"
                                    + " let the library begin its transaction outside");
        }
        boolean siblingsTransaction = core.context().isInMemory() && siblings.isEndedByOneOfThese();
        if (!isOurs() && !siblingsTransaction) {
            throw refused(
                    attempt,
                    isAutocommit()
                            ? "with autocommit on"
                            : "of a transaction that was begun by hand: end it as it was begun, through"
                                    + " databases.get().transaction()");
        }
    }

    private SQLException refused(String attempt, String why) {
        return new SQLException(
                "Could not %s on database '%s' %s".formatted(attempt, core.alias(), why), JdbcErrors.TRANSACTION_STATE);
    }

    private JdbcSavepoint known(Savepoint savepoint) throws SQLException {
        savepoints.removeIf(set -> !state.isOpen() || set.transaction() != state.number());
        if (savepoint instanceof JdbcSavepoint ours && savepoints.contains(ours)) {
            return ours;
        }
        throw new SQLException(
                ("Could not use a savepoint on database '%s' that this connection did not set in this transaction, or"
                                + " that was released or rolled back since")
                        .formatted(core.alias()),
                JdbcErrors.SAVEPOINT);
    }
}
