package dev.mooring.migrations;

import dev.mooring.config.DatabaseSettings;

class MariadbRacingMigrationsTest extends RacingMigrationsContract {

    @Override
    DatabaseSettings emptyDatabase() {
        return EmptyDatabases.mariadb();
    }
}
