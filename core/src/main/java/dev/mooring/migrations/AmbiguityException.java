package dev.mooring.migrations;

/** More than one migration begins with that: Django's {@code AmbiguityError}. */
public final class AmbiguityException extends MigrationException {

    private static final long serialVersionUID = 1L;

    AmbiguityException(String message) {
        super(message);
    }
}
