package dev.mooring.migrations;

/** Migrations wait for each other: Django's {@code CircularDependencyError}. */
public final class CircularDependencyException extends MigrationException {

    private static final long serialVersionUID = 1L;

    CircularDependencyException(String message) {
        super(message);
    }
}
