package dev.mooring.error;

import org.jspecify.annotations.Nullable;

/** The database is in a state of its own making, such as an aborted transaction. */
public class InternalException extends DatabaseException {

    private static final long serialVersionUID = 1L;

    InternalException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
