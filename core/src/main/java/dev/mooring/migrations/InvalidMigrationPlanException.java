package dev.mooring.migrations;

/** Some targets are ahead and some behind: Django's {@code InvalidMigrationPlan}. */
public final class InvalidMigrationPlanException extends MigrationException {

    private static final long serialVersionUID = 1L;

    InvalidMigrationPlanException(String message) {
        super(message);
    }
}
