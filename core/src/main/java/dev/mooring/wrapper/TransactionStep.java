package dev.mooring.wrapper;

import org.jspecify.annotations.Nullable;

/**
 * What a transaction or a block takes of the database to begin or to end.
 *
 * @param savepoint the savepoint that it is about; null if about none
 */
record TransactionStep(Action action, @Nullable String savepoint) {

    static final TransactionStep NOTHING = new TransactionStep(Action.NOTHING, null);
    static final TransactionStep BEGIN = new TransactionStep(Action.BEGIN, null);
    static final TransactionStep COMMIT = new TransactionStep(Action.COMMIT, null);
    static final TransactionStep ROLLBACK = new TransactionStep(Action.ROLLBACK, null);

    /** What to do. */
    enum Action {
        BEGIN,
        SAVEPOINT,
        COMMIT,
        ROLLBACK,
        RELEASE,
        ROLLBACK_TO,
        NOTHING
    }

    /** {@return whether work is rolled back, to the begin or to a savepoint} */
    boolean undoes() {
        return action == Action.ROLLBACK || action == Action.ROLLBACK_TO;
    }
}
