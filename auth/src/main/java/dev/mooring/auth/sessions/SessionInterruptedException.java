package dev.mooring.auth.sessions;

/**
 * A session was to be saved that is no longer there: the user logged out in another request meanwhile, for example. Django's
 * {@code SessionInterrupted}, which its middleware answers with status 400.
 */
public final class SessionInterruptedException extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private static final String MESSAGE = "The session was deleted before the request completed:"
            + " the user may have logged out in a concurrent request";

    SessionInterruptedException() {
        super(MESSAGE);
    }

    @Override
    public String getMessage() {
        return MESSAGE;
    }
}
