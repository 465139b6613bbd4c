package dev.mooring.migrations;

/** There is no such migration: Django's {@code NodeNotFoundError}. */
public final class NodeNotFoundException extends MigrationException {

    private static final long serialVersionUID = 1L;

    NodeNotFoundException(String message) {
        super(message);
    }
}
