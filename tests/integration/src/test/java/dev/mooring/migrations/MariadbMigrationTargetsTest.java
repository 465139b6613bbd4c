package dev.mooring.migrations;

import dev.mooring.config.DatabaseSettings;

class MariadbMigrationTargetsTest extends MigrationTargetsContract {

    @Override
    DatabaseSettings emptyDatabase() {
        return EmptyDatabases.mariadb();
    }
}
