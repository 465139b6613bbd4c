package dev.mooring.demo;

import dev.mooring.Databases;
import dev.mooring.auth.AuthMigrations;
import dev.mooring.config.DatabaseSettings;
import dev.mooring.migrations.MigrationExecutor;
import dev.mooring.migrations.MigrationListener;

/** The migrations of Django's own apps, on the default database. */
final class Migrations {

    private static final String ALIAS = DatabaseSettings.DEFAULT_ALIAS;

    private Migrations() {}

    static MigrationExecutor executor(Databases databases) {
        return new MigrationExecutor(databases, ALIAS, AuthMigrations.all());
    }

    /** Applies what is missing, then adds the content types and permissions that belong to it. */
    static void migrate(Databases databases, MigrationListener listener) {
        executor(databases).migrate(listener);
        AuthMigrations.createMissingRows(databases, ALIAS);
    }
}
