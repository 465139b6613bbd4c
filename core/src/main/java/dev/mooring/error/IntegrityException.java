package dev.mooring.error;

import org.jspecify.annotations.Nullable;

/** A constraint of the schema was violated. */
public class IntegrityException extends DatabaseException {

    private static final long serialVersionUID = 1L;

    IntegrityException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
