package dev.mooring.migrations;

/** A migration was applied before one that it depends on: Django's {@code InconsistentMigrationHistory}. */
public final class InconsistentMigrationHistoryException extends MigrationException {

    private static final long serialVersionUID = 1L;

    InconsistentMigrationHistoryException(String message) {
        super(message);
    }
}
