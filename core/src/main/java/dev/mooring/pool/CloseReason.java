package dev.mooring.pool;

/** Why a connection was closed. */
public enum CloseReason {
    /** It had reached its maximum age. */
    EXPIRED(false),
    /** It was unused for longer than {@code idleTimeout}. */
    IDLE(false),
    /** Its holder closed it, its scope ended, or its thread ended and left it unused. */
    REQUESTED(false),
    /** Its session was dirty and could not be reset. */
    DIRTY(false),
    /** It failed its health check. */
    VALIDATION_FAILED(true),
    /** An error left its state in doubt. */
    BROKEN(true),
    /** Its thread died while it used it. */
    LEAKED(true),
    /** Everything was shut down. */
    SHUT_DOWN(false),
    /** Everything was shut down while a thread used it. */
    CUT_OFF(true);

    private final boolean aborts;

    CloseReason(boolean aborts) {
        this.aborts = aborts;
    }

    /** {@return whether it is aborted instead of closed} */
    boolean aborts() {
        return aborts;
    }
}
