package dev.mooring.error;

import org.jspecify.annotations.Nullable;

/** The answer to a commit was lost: the transaction is committed, rolled back or still running, and nobody here can tell. */
public class CommitOutcomeUnknownException extends OperationalException {

    private static final long serialVersionUID = 1L;

    CommitOutcomeUnknownException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
