package dev.mooring.error;

import org.jspecify.annotations.Nullable;

/** A value does not fit: out of range, malformed, too long. */
public class DataException extends DatabaseException {

    private static final long serialVersionUID = 1L;

    DataException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
