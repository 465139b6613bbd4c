package dev.mooring.migrations;

import dev.mooring.config.DatabaseSettings;

class MariadbMigrationExecutorTest extends MigrationExecutorContract {

    @Override
    DatabaseSettings emptyDatabase() {
        return EmptyDatabases.mariadb();
    }
}
