package dev.mooring.wrapper;

import org.jspecify.annotations.Nullable;

/**
 * What is known about the transaction that is open, beside what the layer itself did to it: whether it may have ended
 * unseen, and which error ended it or stops it. Confined to the wrapper's thread.
 */
final class TransactionHealth {

    private boolean statementRan;
    private boolean statusUnknown;
    private boolean exposed;
    private @Nullable Throwable failure;
    private @Nullable Throwable ended;

    /** Forgets the transaction before, as another one begins. */
    void reset() {
        statementRan = false;
        statusUnknown = false;
        exposed = false;
        failure = null;
        ended = null;
    }

    /** Says that a statement ran in this transaction. Some drivers begin it only then. */
    void statementRan() {
        statementRan = true;
        failure = null;
    }

    boolean hasStatementRun() {
        return statementRan;
    }

    /** Says that something happened which may have ended the transaction without the layer seeing it. */
    void markStatusUnknown() {
        statusUnknown = true;
    }

    /** Says that the transaction was looked at, and is still open. */
    void clearStatusUnknown() {
        statusUnknown = false;
    }

    /** Says that from now on an object of the driver is in other hands, which may end the transaction at any time. */
    void markExposed() {
        exposed = true;
    }

    boolean isExposed() {
        return exposed;
    }

    /** {@return whether something happened that may have ended the transaction} */
    boolean isStatusUnknown() {
        return statusUnknown || exposed;
    }

    /** Says that the database runs nothing more in this transaction because of {@code error}; the first one counts. */
    void failed(Throwable error) {
        failure = failure == null ? error : failure;
    }

    /** {@return the error after which the database runs nothing more in this transaction; null if it does} */
    @Nullable
    Throwable failure() {
        return failure;
    }

    /** Says that the database itself rolled the transaction back with {@code error}; the first one counts. */
    void endedBy(Throwable error) {
        ended = ended == null ? error : ended;
    }

    /** {@return the error with which the database rolled the transaction back by itself; null if it has not} */
    @Nullable
    Throwable endedBy() {
        return ended;
    }
}
