package dev.mooring.migrations;

/** An app has more than one last migration; which is the last must be said. */
public final class MigrationConflictException extends MigrationException {

    private static final long serialVersionUID = 1L;

    MigrationConflictException(String message) {
        super(message);
    }
}
