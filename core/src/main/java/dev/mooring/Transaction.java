package dev.mooring;

import dev.mooring.wrapper.ManualTransaction;
import dev.mooring.wrapper.ThreadGuard;
import dev.mooring.wrapper.UnitDepth;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Transactions by hand: what Django's module {@code transaction} has besides {@code atomic} and {@code on_commit}. For the
 * wrapper's thread.
 *
 * <p>With autocommit off, the first statement begins a transaction, on SQLite in the writers' queue, and {@link #commit()}
 * or {@link #rollback()} ends it; the next statement begins another. The connection is leased for that long; between two
 * transactions it is kept as in a unit of work. {@code atomic} then sets a savepoint and commits nothing. The end of the
 * unit of work rolls back what is open, turns autocommit on and says so in the log; {@link DatabaseWrapper#close()} does
 * the same.
 */
public final class Transaction {

    private final ManualTransaction transaction;
    private final ThreadGuard guard;
    private final UnitDepth unit;

    Transaction(ManualTransaction transaction, ThreadGuard guard, UnitDepth unit) {
        this.transaction = transaction;
        this.guard = guard;
        this.unit = unit;
    }

    /** {@return whether each statement is committed by itself: not inside atomic, nor when it was turned off} */
    public boolean getAutocommit() {
        return transaction.getAutocommit();
    }

    /**
     * {@return whether an error has aborted the transaction, so that it can only be rolled back} PostgreSQL does that after
     * each, though its exception be swallowed. False outside a transaction, and for a database that does not say.
     */
    public boolean isAborted() {
        return transaction.isAborted();
    }

    /**
     * Turns autocommit off or on. Turned on, the commit hooks run of what was committed by hand.
     *
     * @throws dev.mooring.error.TransactionManagementException inside atomic, or if a transaction is open
     */
    public void setAutocommit(boolean autocommit) {
        transaction.setAutocommit(autocommit, autocommit || unit.inUnit() ? null : CallSite.current());
    }

    /**
     * Commits. Does nothing if no transaction is open.
     *
     * @throws dev.mooring.error.TransactionManagementException inside atomic, or if a failed block has left its work half
     *     done: Django commits that half
     * @throws dev.mooring.error.CommitOutcomeUnknownException if the answer to the commit was lost
     */
    public void commit() {
        transaction.commit();
    }

    /**
     * Rolls back. Does nothing if no transaction is open.
     *
     * @throws dev.mooring.error.TransactionManagementException inside atomic
     */
    public void rollback() {
        transaction.rollback();
    }

    /** {@return the name of a savepoint, hereby set; null with autocommit on, where there is nothing to go back to} */
    public @Nullable String savepoint() {
        return transaction.savepoint();
    }

    /** Forgets a savepoint and keeps what was done since. Does nothing with autocommit on. */
    public void savepointCommit(@Nullable String id) {
        transaction.savepointCommit(id);
    }

    /** Undoes what was done since a savepoint, commit hooks included. Does nothing with autocommit on. */
    public void savepointRollback(@Nullable String id) {
        transaction.savepointRollback(id);
    }

    /** Numbers savepoints from one again. Does nothing while a transaction is open. */
    public void cleanSavepoints() {
        transaction.cleanSavepoints();
    }

    /**
     * {@return whether the innermost atomic block will be rolled back}
     *
     * @throws dev.mooring.error.TransactionManagementException outside atomic
     */
    public boolean getRollback() {
        return transaction.getRollback();
    }

    /**
     * Has the innermost atomic block rolled back at its end, or not. False is for those who went back to a savepoint from
     * before the error.
     *
     * @throws dev.mooring.error.TransactionManagementException outside atomic
     */
    public void setRollback(boolean rollback) {
        transaction.setRollback(rollback);
    }

    /** Does what {@link #markForRollbackOnError(AtomicCallable)} does, for a block without a value. */
    public <X extends Throwable> void markForRollbackOnError(AtomicRunnable<X> block) throws X {
        this.<Boolean, X>markForRollbackOnError(() -> {
            block.run();
            return true;
        });
    }

    /**
     * Runs {@code block}; if it fails inside atomic, the atomic block will be rolled back even if the error is swallowed.
     * Statements in between are refused, with that error as their cause. Cheaper than a savepoint.
     */
    public <T extends @Nullable Object, X extends Throwable> T markForRollbackOnError(AtomicCallable<T, X> block)
            throws X {
        guard.check();
        try {
            return block.call();
        } catch (Throwable e) {
            transaction.markForRollback(e);
            throw e;
        }
    }

    /**
     * {@return the commit hooks that wait for the commit, in order: Django's {@code run_on_commit}} A copy, for tests:
     * running one here takes it off no list.
     */
    public List<Runnable> commitHooks() {
        return transaction.commitHooks();
    }
}
