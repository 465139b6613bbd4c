package dev.mooring.migrations;

import dev.mooring.config.DatabaseSettings;

class PostgresRacingMigrationsTest extends RacingMigrationsContract {

    @Override
    DatabaseSettings emptyDatabase() {
        return EmptyDatabases.postgres();
    }
}
