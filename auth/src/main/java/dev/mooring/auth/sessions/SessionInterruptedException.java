package dev.mooring.auth.sessions;

/**
 * A session was to be saved that is no longer there: the user logged out in another request meanwhile, for example. Django's
 * {@code SessionInterrupted}, which its middleware answers with status 400.
 */
public final class SessionInterruptedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    SessionInterruptedException(String message) {
        super(message);
    }
}
