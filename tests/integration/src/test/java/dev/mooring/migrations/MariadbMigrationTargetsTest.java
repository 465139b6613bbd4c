package dev.mooring.migrations;

import dev.mooring.config.DatabaseSettings;
import dev.mooring.transactions.RequiresMariadb;

@RequiresMariadb
class MariadbMigrationTargetsTest extends MigrationTargetsContract {

    @Override
    DatabaseSettings emptyDatabase() {
        return EmptyDatabases.mariadb();
    }
}
