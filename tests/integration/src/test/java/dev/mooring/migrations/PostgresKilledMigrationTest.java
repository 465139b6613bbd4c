package dev.mooring.migrations;

import dev.mooring.config.DatabaseSettings;

class PostgresKilledMigrationTest extends KilledMigrationContract {

    @Override
    DatabaseSettings emptyDatabase() {
        return EmptyDatabases.postgres();
    }
}
