package dev.mooring.migrations;

import dev.mooring.error.DatabaseException;

/** The ledger's table is not there and cannot be created: Django's {@code MigrationSchemaMissing}. */
public final class MigrationSchemaMissingException extends MigrationException {

    private static final long serialVersionUID = 1L;

    MigrationSchemaMissingException(String message, DatabaseException cause) {
        super(message, cause);
    }
}
