package dev.mooring;

import dev.mooring.error.ErrorKind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What {@code atomic} has to do next: the enter and exit tables of django-behaviour 3.2 and 3.3, with no JDBC in them.
 *
 * <p>Entering is asked first and recorded after it worked, so a failed BEGIN or SAVEPOINT changes nothing. For one
 * thread.
 */
final class TransactionState {

    /** What to do to the database. */
    enum Action {
        BEGIN,
        SAVEPOINT,
        COMMIT,
        ROLLBACK,
        RELEASE,
        ROLLBACK_TO,
        NOTHING
    }

    /** An action, and the savepoint it is about. */
    record Step(Action action, @Nullable String savepoint) {
        static final Step NOTHING = new Step(Action.NOTHING, null);
    }

    private final String prefix;

    /** One entry for each nested block below the outermost: its savepoint, or null if it has none. */
    private final List<@Nullable String> savepoints = new ArrayList<>();

    private boolean inAtomic;
    private boolean needsRollback;
    private boolean closed;
    private boolean used;
    private boolean doubtful;
    private int counter;

    TransactionState(String prefix) {
        this.prefix = prefix;
    }

    boolean inAtomic() {
        return inAtomic;
    }

    boolean isClosed() {
        return closed;
    }

    boolean needsRollback() {
        return needsRollback;
    }

    /** {@return what entering takes; nothing is recorded yet} */
    Step entering(AtomicOptions options) {
        if (!inAtomic) {
            return new Step(Action.BEGIN, null);
        }
        if (options.isDurable()) {
            throw ErrorKind.TRANSACTION_MANAGEMENT.exception(
                    "A durable atomic block cannot be nested within another atomic block");
        }
        boolean savepoint = options.hasSavepoint() && !needsRollback;
        return savepoint ? new Step(Action.SAVEPOINT, prefix + "_x" + ++counter) : Step.NOTHING;
    }

    /** Records that the step of {@link #entering} worked. */
    void entered(Step step) {
        if (step.action() == Action.BEGIN) {
            inAtomic = true;
            needsRollback = false;
            closed = false;
            used = false;
            doubtful = false;
        } else {
            savepoints.add(step.savepoint());
        }
    }

    /** {@return what leaving the innermost block takes, which is hereby left} */
    Step leaving(boolean failed) {
        boolean outermost = savepoints.isEmpty();
        String savepoint = outermost ? null : savepoints.remove(savepoints.size() - 1);
        boolean rollback = failed || needsRollback;
        inAtomic = !outermost;
        if (closed) {
            closed = !outermost;
            needsRollback = !outermost;
            return Step.NOTHING;
        }
        if (outermost) {
            needsRollback = false;
            return new Step(rollback ? Action.ROLLBACK : Action.COMMIT, null);
        }
        if (savepoint == null) {
            needsRollback = rollback;
            return Step.NOTHING;
        }
        needsRollback = false;
        return new Step(rollback ? Action.ROLLBACK_TO : Action.RELEASE, savepoint);
    }

    /** Makes the innermost block, and every one around it without a savepoint between, end in a rollback. */
    void markForRollback() {
        if (inAtomic) {
            needsRollback = true;
        }
    }

    /** The connection was closed: nothing more can be done, and nothing was. */
    void markClosed() {
        if (inAtomic) {
            closed = true;
            needsRollback = true;
        }
    }

    /** {@return the savepoints inside which something done now would be undone} */
    Set<String> activeSavepoints() {
        Set<String> active = new HashSet<>();
        for (String savepoint : savepoints) {
            if (savepoint != null) {
                active.add(savepoint);
            }
        }
        return active;
    }

    /** Says that something happened which may have ended the transaction behind our back. */
    void markDoubtful() {
        doubtful = true;
    }

    /** {@return whether something happened that may have ended the transaction} */
    boolean isDoubtful() {
        return doubtful;
    }

    /** {@return whether a statement was run in this transaction} Some drivers begin it no sooner. */
    boolean isUsed() {
        return used;
    }

    /** Lets a statement run, unless its block can only be rolled back. */
    void use() {
        used = true;
        if (needsRollback) {
            throw ErrorKind.TRANSACTION_MANAGEMENT.exception(
                    closed
                            ? "The connection was closed or lost inside atomic: no statement can run until the block ends"
                            : "An error occurred in this atomic block: no statement can run until the block ends");
        }
    }
}
