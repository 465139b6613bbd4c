package dev.mooring.wrapper;

import static java.util.Objects.requireNonNull;

import dev.mooring.error.DatabaseException;
import dev.mooring.error.ErrorKind;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Transactions by hand: autocommit off, and the savepoints and marks of a transaction. One per wrapper, confined to its
 * thread.
 */
public final class ManualTransaction implements UnitParticipant {

    private static final Logger LOG = LoggerFactory.getLogger("dev.mooring.db.backends.base");
    private static final Pattern SAVEPOINT = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,62}");

    private final String alias;
    private final ThreadGuard guard;
    private final TransactionState state;
    private final CommitHooks hooks;
    private final TransactionRunner runner;
    private final OpenResources open;

    /**
     * Whether a transaction is open for as long as autocommit is off, and not from the first statement on: somebody has the
     * driver's own object, and does what is not seen.
     */
    private boolean beginsAtOnce;

    /** Where autocommit was turned off; null if that was in a unit of work. */
    private @Nullable String origin;

    ManualTransaction(
            String alias,
            ThreadGuard guard,
            TransactionState state,
            CommitHooks hooks,
            TransactionRunner runner,
            OpenResources open) {
        this.alias = alias;
        this.guard = guard;
        this.open = open;
        this.state = state;
        this.hooks = hooks;
        this.runner = runner;
    }

    /** {@return whether each statement is committed by itself: not inside atomic, nor when it was turned off} */
    public boolean getAutocommit() {
        guard.check();
        return state.isAutocommit();
    }

    /** {@return whether an error has aborted the transaction, so that it can only be rolled back} */
    public boolean isAborted() {
        guard.check();
        return state.isOpen() && runner.isAborted();
    }

    /** Turns autocommit off at {@code place}, or on; the latter runs the commit hooks of what was committed by hand. */
    public void setAutocommit(boolean autocommit, @Nullable String place) {
        turnAutocommit(autocommit);
        origin = autocommit ? null : place;
    }

    /** Does it for somebody who ends the transaction by himself, too. */
    public void turnAutocommit(boolean autocommit) {
        refuseInAtomic("turn autocommit on or off");
        if (autocommit && beginsAtOnce) {
            beginsAtOnce = false;
            if (state.isOpen() && !state.health().hasStatementRun()) {
                commit();
            }
        }
        if (autocommit && state.isOpen()) {
            throw refused("turn autocommit on", "while a transaction is open: commit() or rollback() first");
        }
        if (!autocommit && !state.isAutocommitOff()) {
            runner.refuseWithinText("turn autocommit off");
        }
        state.setAutocommitOff(!autocommit);
        if (autocommit) {
            runner.releaseIfUnused();
            hooks.run();
        }
    }

    /** Commits. If no statement has begun a transaction, there are only commit hooks, which are due then. */
    public void commit() {
        refuseInAtomic("commit");
        if (!state.isOpen()) {
            hooks.committed();
            return;
        }
        state.checkUsable();
        boolean committed = false;
        try {
            committed = runner.succeed(TransactionStep.COMMIT);
        } finally {
            ended(committed);
        }
    }

    /** Rolls back. If no statement has begun a transaction, there are only commit hooks, which are dropped then. */
    public void rollback() {
        refuseInAtomic("roll back");
        if (!state.isOpen()) {
            hooks.rolledBack();
            return;
        }
        try {
            runner.perform(TransactionStep.ROLLBACK);
        } finally {
            ended(false);
        }
    }

    /** {@return the name of a savepoint, hereby set; null with autocommit on, where there is nothing to go back to} */
    public @Nullable String savepoint() {
        if (getAutocommit()) {
            return null;
        }
        runner.ensureBegun();
        state.checkUsable();
        String id = state.newSavepoint();
        runner.savepoints().set(id);
        return id;
    }

    /** Forgets a savepoint and keeps what was done since. Does nothing with autocommit on. */
    public void savepointCommit(@Nullable String id) {
        if (!getAutocommit()) {
            runner.savepoints().releaseByHand(checked(id));
        }
    }

    /** Undoes what was done since a savepoint, commit hooks included. Does nothing with autocommit on. */
    public void savepointRollback(@Nullable String id) {
        if (!getAutocommit()) {
            runner.savepoints().rollBackByHandTo(checked(id));
        }
    }

    /** Numbers savepoints from one again. Does nothing while a transaction is open. */
    public void cleanSavepoints() {
        guard.check();
        state.cleanSavepoints();
    }

    /** {@return whether the innermost atomic block will be rolled back} */
    public boolean getRollback() {
        refuseOutsideAtomic();
        return state.needsRollback();
    }

    /** Has the innermost atomic block rolled back at its end, or not. */
    public void setRollback(boolean rollback) {
        refuseOutsideAtomic();
        state.setRollback(rollback);
    }

    /** Has the innermost atomic block rolled back because of {@code error}, which comes out of a part of it. */
    public void markForRollback(Throwable error) {
        if (state.inAtomic()) {
            state.markForRollback(error);
        }
    }

    /** {@return the commit hooks that wait for the commit, in order} */
    public List<Runnable> commitHooks() {
        guard.check();
        return hooks.waiting();
    }

    public TransactionState state() {
        return state;
    }

    /** Has the transaction begun that the next statement would begin, if autocommit is off. */
    public void ensureBegun() {
        runner.ensureBegun();
        state.share();
    }

    /** {@return how often the transaction that is open has entered the thread guard} */
    public int leaseDepth() {
        return runner.leaseDepth();
    }

    /** Says whether a transaction is to be open from now on for as long as autocommit is off. */
    public void beginAtOnce(boolean atOnce) {
        beginsAtOnce = atOnce;
        if (atOnce) {
            ensureBegun();
        }
    }

    public void onCommit(Runnable hook, boolean robust) {
        guard.check();
        requireNonNull(hook, "hook");
        open.checkUnambiguous("register a commit hook");
        if (state.inAtomic()) {
            hooks.add(hook, robust);
        } else if (open.isViewTransaction()) {
            // Its hooks run in setAutoCommit(true) or close(), whose errors libraries drop: the log has them.
            hooks.add(hook, true);
        } else if (state.isAutocommitOff()) {
            throw refused(
                    "register a commit hook", "with autocommit off: outside atomic nobody says what it waits for");
        } else {
            runner.refuseWithinText("register a commit hook");
            hooks.runAtOnce(hook, robust);
        }
    }

    /** The connection was closed, and what was open on it is lost. */
    void closed() {
        if (!state.inAtomic()) {
            boolean wasOpen = state.isOpen();
            beginsAtOnce = false;
            state.setAutocommitOff(false);
            state.reset();
            if (wasOpen) {
                runner.end();
            }
        }
    }

    /** Ends what was begun by hand before this unit of work, which is not to run inside. */
    @Override
    public void beginUnit() {
        if (!state.isAutocommitOff() || state.inAtomic()) {
            return;
        }
        LOG.warn(
                "Autocommit was still off on database '{}' when a unit of work began; it was turned off at {}: what"
                        + " was not committed is rolled back, and autocommit is on again",
                alias,
                origin);
        try {
            rollback();
        } catch (DatabaseException e) {
            LOG.warn("Rolling back on database '{}' failed; its connection is closed", alias, e);
        } finally {
            setAutocommit(true, null);
        }
    }

    /** Blocks too, behind what was opened in them. */
    @Override
    public void describe(List<String> lines) {
        lines.addAll(Collections.nCopies(state.depth(), "an atomic block"));
        if (state.isAutocommitOff()) {
            lines.add("a transaction by hand");
        }
    }

    @Override
    public void endUnit() {
        if (!state.isAutocommitOff() || state.inAtomic()) {
            return;
        }
        beginsAtOnce = false;
        try {
            LOG.warn(
                    "Autocommit was still off on database '{}' when the unit of work ended: what was not committed is"
                            + " rolled back, and autocommit is on again",
                    alias);
        } finally {
            rollBackAndTurnAutocommitOn();
        }
    }

    /** What is open, or begun by hand, is the other library's. */
    @Override
    public void endUnitOfTransaction() {}

    private void rollBackAndTurnAutocommitOn() {
        try {
            rollback();
        } finally {
            setAutocommit(true, null);
        }
    }

    private void ended(boolean committed) {
        state.reset();
        runner.end(committed);
        if (beginsAtOnce && state.isAutocommitOff() && runner.isConnected()) {
            ensureBegun();
        }
    }

    private String checked(@Nullable String id) {
        state.checkUsable();
        if (id == null || !SAVEPOINT.matcher(id).matches()) {
            throw ErrorKind.PROGRAMMING.exception(
                    "'%s' is no savepoint of database '%s': use what savepoint() returned".formatted(id, alias));
        }
        return id;
    }

    private void refuseInAtomic(String attempt) {
        guard.check();
        if (state.inAtomic()) {
            throw refused(attempt, "inside atomic, which does so itself");
        }
    }

    private void refuseOutsideAtomic() {
        guard.check();
        if (!state.inAtomic()) {
            throw refused("read or set the rollback mark", "outside atomic: it is the mark of an atomic block");
        }
    }

    private DatabaseException refused(String attempt, String why) {
        return ErrorKind.TRANSACTION_MANAGEMENT.exception(
                "Could not %s on database '%s' %s".formatted(attempt, alias, why));
    }
}
