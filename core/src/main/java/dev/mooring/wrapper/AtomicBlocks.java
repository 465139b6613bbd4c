package dev.mooring.wrapper;

import dev.mooring.error.DatabaseException;
import dev.mooring.error.ErrorKind;
import dev.mooring.statement.Failures;
import dev.mooring.wrapper.EnteredBlock.Purpose;
import dev.mooring.wrapper.TransactionStep.Action;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Enters and leaves the blocks of {@code atomic}. One per wrapper, confined to its thread. */
public final class AtomicBlocks {

    private static final Logger LOG = LoggerFactory.getLogger("dev.mooring.db.backends.base");

    private final String alias;
    private final ThreadGuard guard;
    private final TransactionState state;
    private final CommitHooks hooks;
    private final TransactionRunner runner;

    AtomicBlocks(String alias, ThreadGuard guard, TransactionState state, CommitHooks hooks, TransactionRunner runner) {
        this.alias = alias;
        this.guard = guard;
        this.state = state;
        this.hooks = hooks;
        this.runner = runner;
    }

    /** {@return whether a block that is entered now begins the transaction} Refuses other threads than the wrapper's. */
    public boolean beginTransactions() {
        guard.check();
        return state.isAutocommit();
    }

    /** Enters a block for somebody who ends it by {@link #commit} or {@link #abandon}; {@code origin} is what messages name it by. */
    public EnteredBlock begin(BlockOptions options, Purpose purpose, @Nullable String origin) {
        guard.check();
        return enter(options, purpose, origin);
    }

    /** Runs {@code body}, which is the layer's own, in a block. */
    void run(Runnable body) {
        EnteredBlock block = begin(BlockOptions.DEFAULTS, Purpose.CODE, null);
        try {
            body.run();
        } catch (Throwable e) {
            leaveAfter(block, e);
            throw e;
        }
        leave(block);
        runHooks();
    }

    public void commit(EnteredBlock block) {
        guard.check();
        leave(block);
        runHooks();
    }

    /** Rolls a block back, unless it has ended. */
    public void abandon(EnteredBlock block) {
        guard.check();
        if (!state.contains(block)) {
            return;
        }
        checkInnermost(block);
        TransactionStep step = state.leaving(true);
        try {
            runner.perform(step);
        } finally {
            ended(false);
        }
    }

    /** Ends the blocks that nobody ended in their unit of work. */
    void endUnit() {
        if (state.isForgotten()) {
            if (state.isStream()) {
                leaveAllForgotten(
                        "A stream",
                        "The unit of work ended on database '%s' before a stream that was opened in it or before it: close the stream, best by "
                                + "try-with-resources");
            } else {
                leaveAllForgotten(
                        "An atomic block",
                        "The unit of work ended on database '%s' before the atomic block that was begun in it: close the block, best by "
                                + "try-with-resources");
            }
        }
    }

    /** Ends the blocks and streams that somebody began before this unit of work and did not end: it is not to run in them. */
    void beginUnit() {
        for (EnteredBlock block = state.forgottenBeforeUnit(); block != null; block = state.forgottenBeforeUnit()) {
            DatabaseException failure = ErrorKind.TRANSACTION_MANAGEMENT.exception(
                    ("A unit of work began on database '%s' while this thread had it open: close blocks and streams, best by"
                                    + " try-with-resources, and begin the unit of work outside")
                            .formatted(alias));
            leaveInnermostAfter(failure);
            warn(block.describe(), failure);
        }
    }

    private void leaveAllForgotten(String what, String why) {
        DatabaseException failure = ErrorKind.TRANSACTION_MANAGEMENT.exception(why.formatted(alias));
        leaveAll(failure);
        warn(what, failure);
    }

    private void warn(String what, DatabaseException failure) {
        LOG.warn("{} on database '{}' was left open and is rolled back", what, alias, failure);
    }

    private void leaveAll(Throwable failure) {
        while (state.inAtomic()) {
            leaveInnermostAfter(failure);
        }
    }

    public EnteredBlock enter(BlockOptions options, Purpose purpose, @Nullable String origin) {
        runner.ensureBegun();
        TransactionStep step = state.entering(options);
        EnteredBlock block = state.block(step, options, purpose, origin);
        switch (step.action()) {
            case BEGIN -> runner.begin(options);
            case SAVEPOINT -> runner.savepoints().set(Objects.requireNonNull(step.savepoint(), "savepoint"));
            default -> {}
        }
        state.entered(block, options);
        return block;
    }

    /** Leaves after success; what is committed then is not yet announced to the hooks. */
    public void leave(EnteredBlock block) {
        if (!state.contains(block)) {
            throw ErrorKind.TRANSACTION_MANAGEMENT.exception(
                    ("This atomic block on database '%s' has ended already: by its own commit() or close(), or because"
                                    + " it was open when a unit of work began or ended, which rolls it back")
                            .formatted(alias));
        }
        checkInnermost(block);
        boolean committed = false;
        Throwable refusal = state.endRefused();
        TransactionStep step = state.leaving(false);
        try {
            committed = runner.succeed(step);
        } finally {
            ended(committed);
        }
        if (refusal != null && step.undoes()) {
            throw ErrorKind.TRANSACTION_MANAGEMENT.exception(
                    ("Rolled back an atomic block on database '%s' that ended without an error: inside it a commit or"
                                    + " rollback through JDBC was refused, and the error did not come out of the block."
                                    + " Let the library begin its transaction outside atomic")
                            .formatted(alias),
                    refusal);
        }
    }

    boolean isOpen(EnteredBlock block) {
        return state.contains(block);
    }

    /** {@return whether {@code block} has not ended, and no block inside it is open} */
    public boolean isInnermost(EnteredBlock block) {
        return state.isInnermost(block);
    }

    private void checkInnermost(EnteredBlock block) {
        if (!state.isInnermost(block)) {
            DatabaseException failure = ErrorKind.TRANSACTION_MANAGEMENT.exception(
                    ("An atomic block on database '%s' was ended before a block inside it; both are rolled back. End "
                                    + "the innermost first, best by try-with-resources")
                            .formatted(alias));
            leaveAfter(block, failure);
            throw failure;
        }
    }

    /** Leaves {@code block} and all inside it after {@code failure}, which the caller will see whatever happens here. */
    public void leaveAfter(EnteredBlock block, Throwable failure) {
        while (state.contains(block)) {
            leaveInnermostAfter(failure);
        }
    }

    private void leaveInnermostAfter(Throwable failure) {
        TransactionStep step = state.leaving(true);
        if (step.action() == Action.NOTHING) {
            state.markForRollback(failure);
        }
        try {
            runner.perform(step);
        } catch (RuntimeException | Error e) {
            Failures.suppress(failure, e);
        } finally {
            ended(false);
        }
    }

    private void ended(boolean committed) {
        if (!state.isOpen()) {
            runner.end(committed);
        }
    }

    /** What was committed may be announced once no transaction is open; by hand it is later. */
    public void runHooks() {
        if (!state.isOpen()) {
            hooks.run();
        }
    }
}
