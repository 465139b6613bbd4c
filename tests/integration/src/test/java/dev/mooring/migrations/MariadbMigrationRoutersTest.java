package dev.mooring.migrations;

import dev.mooring.config.DatabaseSettings;
import dev.mooring.transactions.RequiresMariadb;

@RequiresMariadb
class MariadbMigrationRoutersTest extends MigrationRoutersContract {

    @Override
    DatabaseSettings emptyDatabase(String alias) {
        return EmptyDatabases.as(alias, EmptyDatabases.mariadbWithAnsiQuotes());
    }
}
