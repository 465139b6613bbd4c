package dev.mooring.pool;

/** Why a connection was closed. */
public enum CloseReason {
    /** It had reached its maximum age. */
    EXPIRED(false),
    /** It was unused for longer than {@code idleTimeout}. */
    IDLE(false),
    /** Its holder closed it, or its scope ended. */
    REQUESTED(false),
    /** Its session was dirty and could not be reset. */
    DIRTY(false),
    /** It failed its health check. */
    VALIDATION_FAILED(true),
    /** An error left its state in doubt. */
    BROKEN(true),
    /** Its thread died without releasing it. */
    LEAKED(true),
    /** Everything was shut down. */
    SHUT_DOWN(false);

    private final boolean aborts;

    CloseReason(boolean aborts) {
        this.aborts = aborts;
    }

    /** {@return whether it is aborted instead of closed} */
    boolean aborts() {
        return aborts;
    }
}
