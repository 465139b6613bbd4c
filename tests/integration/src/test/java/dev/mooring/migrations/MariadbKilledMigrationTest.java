package dev.mooring.migrations;

import dev.mooring.config.DatabaseSettings;

class MariadbKilledMigrationTest extends KilledMigrationContract {

    @Override
    DatabaseSettings emptyDatabase() {
        return EmptyDatabases.mariadb();
    }
}
