package dev.mooring.migrations;

/** A migration cannot be undone: Django's {@code IrreversibleError}. Nothing was. */
public final class IrreversibleException extends MigrationException {

    private static final long serialVersionUID = 1L;

    IrreversibleException(String message) {
        super(message);
    }
}
