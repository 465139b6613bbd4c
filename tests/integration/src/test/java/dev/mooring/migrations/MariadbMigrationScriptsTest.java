package dev.mooring.migrations;

import dev.mooring.config.DatabaseSettings;

class MariadbMigrationScriptsTest extends MigrationScriptsContract {

    @Override
    DatabaseSettings emptyDatabase() {
        return EmptyDatabases.mariadb();
    }
}
