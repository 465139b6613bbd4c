package dev.mooring.migrations;

import dev.mooring.config.DatabaseSettings;
import dev.mooring.transactions.RequiresMariadb;

@RequiresMariadb
class MariadbMigrationScriptsTest extends MigrationScriptsContract {

    @Override
    DatabaseSettings emptyDatabase() {
        return EmptyDatabases.mariadb();
    }
}
