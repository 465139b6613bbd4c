package dev.mooring;

import dev.mooring.error.ErrorKind;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Enters and leaves the blocks of {@code atomic}. One per wrapper, for its thread. */
final class AtomicRunner {

    private final DatabaseWrapper wrapper;
    private final TransactionState state;
    private final CommitHooks hooks;
    private final TransactionRunner transaction;

    AtomicRunner(DatabaseWrapper wrapper, TransactionState state, CommitHooks hooks, TransactionRunner transaction) {
        this.wrapper = wrapper;
        this.state = state;
        this.hooks = hooks;
        this.transaction = transaction;
    }

    <T extends @Nullable Object, X extends Throwable> T run(AtomicOptions options, AtomicCallable<T, X> block)
            throws X {
        enter(options);
        T result;
        try {
            result = block.call();
        } catch (Throwable e) {
            leaveAfter(e);
            throw e;
        }
        leave();
        return result;
    }

    private void enter(AtomicOptions options) {
        TransactionState.Step step = state.entering(options);
        switch (step.action()) {
            case BEGIN -> transaction.begin(options.isReadOnly());
            case SAVEPOINT -> transaction.savepoint(Objects.requireNonNull(step.savepoint(), "savepoint"));
            default -> wrapper.validateThreadSharing();
        }
        state.entered(step);
    }

    /** Leaves after success. */
    private void leave() {
        boolean committed = false;
        TransactionState.Step step = state.leaving(false);
        try {
            if (wrapper.isCondemned() && step.action() != TransactionState.Action.NOTHING) {
                throw ErrorKind.OPERATIONAL.exception(
                        "The connection to database '%s' was lost inside atomic, so nothing was committed"
                                .formatted(wrapper.alias()));
            }
            committed = transaction.perform(step);
        } finally {
            ended(committed);
        }
        if (committed) {
            hooks.run();
        }
    }

    /** Leaves after {@code failure}, which is what the caller will see whatever happens here. */
    private void leaveAfter(Throwable failure) {
        TransactionState.Step step = state.leaving(true);
        try {
            transaction.perform(step);
        } catch (RuntimeException | Error e) {
            Statements.suppress(failure, e);
        } finally {
            ended(false);
        }
    }

    private void ended(boolean committed) {
        if (!state.inAtomic()) {
            if (!committed) {
                hooks.clear();
            }
            transaction.end();
        }
    }
}
