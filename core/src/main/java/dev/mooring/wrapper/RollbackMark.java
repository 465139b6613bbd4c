package dev.mooring.wrapper;

import org.jspecify.annotations.Nullable;

/** Whether a block, or a transaction by hand, can only be rolled back, and why. Confined to the wrapper's thread. */
final class RollbackMark {

    private boolean set;
    private @Nullable Throwable cause;
    private @Nullable Throwable endRefused;

    boolean isSet() {
        return set;
    }

    /** {@return the first cause that was given; null if none was} */
    @Nullable
    Throwable cause() {
        return cause;
    }

    /** {@return the last error that {@link #setBecauseRefused} was given; null for none} */
    @Nullable
    Throwable endRefused() {
        return endRefused;
    }

    void set(@Nullable Throwable because) {
        set = true;
        cause = cause == null ? because : cause;
    }

    /** Sets it because somebody asked for the end of the transaction through JDBC, and was refused with {@code refusal}. */
    void setBecauseRefused(Throwable refusal) {
        set(refusal);
        endRefused = refusal;
    }

    void clear() {
        set = false;
        cause = null;
        endRefused = null;
    }
}
