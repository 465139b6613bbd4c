package dev.mooring.migrations;

/** The migrations, or what the ledger says of them, make no sense. Nothing was applied. */
public class MigrationException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    MigrationException(String message) {
        super(message);
    }
}
