package dev.mooring.migrations;

/** A migration's file does not say what it has to: Django's {@code BadMigrationError}. */
public final class BadMigrationException extends MigrationException {

    private static final long serialVersionUID = 1L;

    BadMigrationException(String message) {
        super(message);
    }
}
