package dev.mooring.auth.http;

import org.jspecify.annotations.Nullable;

/**
 * Thrown and caught within this package, to roll back the transactions of a request that failed although its handler returned:
 * its framework made an answer of an exception, or its status is 500 or above.
 */
final class FailedRequestException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private static final int SERVER_ERROR = 500;

    private FailedRequestException() {
        super("The request was answered with a failure", null, false, false);
    }

    /** @param exception what the framework says was thrown; null if nothing */
    static void throwIfFailed(int status, @Nullable Object exception) {
        if (status >= SERVER_ERROR || exception != null) {
            throw new FailedRequestException();
        }
    }
}
