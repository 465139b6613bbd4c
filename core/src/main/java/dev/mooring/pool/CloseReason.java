package dev.mooring.pool;

/** Why a connection was closed. */
public enum CloseReason {
    /** It had reached its maximum age. */
    EXPIRED(false),
    /** Nobody had used it for long. */
    IDLE(false),
    /** Whoever held it asked for it, or the scope ended. */
    REQUESTED(false),
    /** Its session was changed and could not be reset. */
    DIRTY(false),
    /** It did not pass its health check. */
    VALIDATION_FAILED(true),
    /** It saw an error that may have put it out of step with its server. */
    BROKEN(true),
    /** Its thread died in the middle of its work. */
    LEAKED(true),
    /** Everything was shut down. */
    SHUT_DOWN(false);

    private final boolean aborts;

    CloseReason(boolean aborts) {
        this.aborts = aborts;
    }

    /** {@return whether nothing more is said to the server} */
    boolean aborts() {
        return aborts;
    }
}
