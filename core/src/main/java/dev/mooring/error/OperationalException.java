package dev.mooring.error;

import org.jspecify.annotations.Nullable;

/** The database could not do its work: unreachable, out of connections, locked, shut down. */
public class OperationalException extends DatabaseException {

    private static final long serialVersionUID = 1L;

    OperationalException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
