package dev.mooring.error;

import org.jspecify.annotations.Nullable;

/**
 * The transaction was in the way of another one, a serialization failure or a deadlock, and is rolled back or can only
 * be. The whole of it may succeed if it is run again: see {@code AtomicOptions.retrying}.
 */
public class TransactionConflictException extends OperationalException {

    private static final long serialVersionUID = 1L;

    TransactionConflictException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
