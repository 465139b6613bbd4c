package dev.mooring.migrations;

import dev.mooring.config.DatabaseSettings;

class MariadbMigrationRoutersTest extends MigrationRoutersContract {

    @Override
    DatabaseSettings emptyDatabase(String alias) {
        return EmptyDatabases.as(alias, EmptyDatabases.mariadbWithAnsiQuotes());
    }
}
