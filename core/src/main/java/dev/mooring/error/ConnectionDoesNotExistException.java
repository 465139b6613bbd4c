package dev.mooring.error;

/** An alias was asked for that nobody configured: Django's {@code ConnectionDoesNotExist}. */
public class ConnectionDoesNotExistException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Makes one; the message lists the aliases that do exist. */
    public ConnectionDoesNotExistException(String message) {
        super(message);
    }
}
