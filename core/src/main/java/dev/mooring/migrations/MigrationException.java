package dev.mooring.migrations;

import org.jspecify.annotations.Nullable;

/** The migrations, or what the ledger says of them, make no sense. */
public class MigrationException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    MigrationException(String message) {
        this(message, null);
    }

    MigrationException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
