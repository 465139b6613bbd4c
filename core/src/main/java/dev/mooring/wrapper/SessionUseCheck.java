package dev.mooring.wrapper;

import dev.mooring.error.DatabaseException;
import dev.mooring.error.ErrorKind;
import dev.mooring.statement.SessionUse;
import dev.mooring.statement.SessionUse.Transactions;
import dev.mooring.statement.SqlText;
import java.util.function.BooleanSupplier;

/**
 * Refuses texts where they would do something else than what they say: what ends a transaction that the layer keeps account
 * of, and what depends on other calls having the same connection where they may have another. One per wrapper, for its
 * thread.
 */
final class SessionUseCheck {

    private final String alias;
    private final TransactionState state;
    private final ConnectionHolder held;

    SessionUseCheck(String alias, TransactionState state, ConnectionHolder held) {
        this.alias = alias;
        this.state = state;
        this.held = held;
    }

    /** Throws before anything is sent, if {@code text} is not to run now. */
    void check(SqlText text) {
        SessionUse use = text.use();
        if (use.isNone()) {
            return;
        }
        if (state.inAtomic() || state.isAutocommitOff()) {
            refuseControl(use);
        } else if (!held.isKept()) {
            refuseAlone(use);
        }
        if (use.readsSession() && !held.ranBefore()) {
            throw ErrorKind.PROGRAMMING.exception(refusal(
                    use,
                    "it reads what an earlier statement left in its session, and this thread has kept no connection"
                            + " since, so it would read another thread's. Put both into atomic or hold(), or have the"
                            + " first return it, with RETURNING for example"));
        }
    }

    /** What was to end the transaction and did not is not to be committed with it either. */
    private void refuseControl(SessionUse use) {
        if (!use.controlsTransaction()) {
            return;
        }
        DatabaseException refused = ErrorKind.TRANSACTION_MANAGEMENT.exception(
                refusal(use, use.transactions() == Transactions.COMMITS ? commits() : wayOutOfTransaction()));
        if (use.transactions() != Transactions.BEGINS) {
            state.markForRollback(refused);
        }
        throw refused;
    }

    private String commits() {
        return "the database commits the transaction before it runs this, and cannot roll it back. Run it "
                + (state.inAtomic() ? "outside atomic" : "with autocommit on");
    }

    private String wayOutOfTransaction() {
        if (state.isStream()) {
            return "the transaction is that of a stream not yet closed, of: " + state.streamed()
                    + ". Close the stream first";
        }
        return state.inAtomic()
                ? "the transaction is that of atomic, which begins and ends it. To commit, return from the block; to"
                        + " roll back, throw; to undo a part, put that into an atomic of its own"
                : "autocommit is off, and the transaction is begun and ended by commit() and rollback(): those of "
                        + "databases.get().transaction(), or of the connection from the DataSource";
    }

    private void refuseAlone(SessionUse use) {
        if (!use.isAllowedAlone()) {
            throw ErrorKind.TRANSACTION_MANAGEMENT.exception(refusal(
                    use,
                    "outside hold() and a unit of work each call may have another connection, so that the transaction"
                            + " would not be the one of the calls around it. Use atomic, or"
                            + " transaction().setAutocommit(false), or put all of it into hold()"));
        }
        if (use.preparesSession()) {
            throw ErrorKind.PROGRAMMING.exception(refusal(
                    use,
                    "what it leaves in the session is gone when the call returns, since outside atomic, hold() and a"
                            + " unit of work each call may have another connection. Put it and what needs it"
                            + " into one of"
                            + " these; what every connection is to have belongs into connectionCreated() of a"
                            + " DatabaseListener"));
        }
    }

    /**
     * Throws if {@code text} has no effect since no transaction is open. Not for those who speak JDBC: their drivers warn or say
     * nothing.
     */
    void checkEffect(SqlText text, BooleanSupplier withinText) {
        if (text.use().needsTransaction()
                && !state.inAtomic()
                && !state.isAutocommitOff()
                && !withinText.getAsBoolean()) {
            throw ErrorKind.PROGRAMMING.exception(refusal(
                    text.use(),
                    "its effect ends with the transaction, and there is none. Put it and what needs it into atomic"));
        }
    }

    private String refusal(SessionUse use, String why) {
        return "Could not run %s on database '%s': %s".formatted(use.command(), alias, why);
    }
}
