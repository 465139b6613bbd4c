package dev.mooring.error;

import org.jspecify.annotations.Nullable;

/** A transaction was used against its rules: a query in a broken block, a durable block inside another. */
public class TransactionManagementException extends ProgrammingException {

    private static final long serialVersionUID = 1L;

    TransactionManagementException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
