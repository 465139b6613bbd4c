package dev.mooring.error;

import org.jspecify.annotations.Nullable;

/** No connection came free in time; the message lists who holds them. */
public class LeaseTimeoutException extends OperationalException {

    private static final long serialVersionUID = 1L;

    LeaseTimeoutException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
