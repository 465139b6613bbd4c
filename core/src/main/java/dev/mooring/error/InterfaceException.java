package dev.mooring.error;

import org.jspecify.annotations.Nullable;

/** The layer or the driver was used wrongly: a closed object, another thread's wrapper. */
public class InterfaceException extends DatabaseException {

    private static final long serialVersionUID = 1L;

    InterfaceException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
