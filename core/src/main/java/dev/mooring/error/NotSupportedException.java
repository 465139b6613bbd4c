package dev.mooring.error;

import org.jspecify.annotations.Nullable;

/** The database, or this version of it, does not have what was asked for. */
public class NotSupportedException extends DatabaseException {

    private static final long serialVersionUID = 1L;

    NotSupportedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
