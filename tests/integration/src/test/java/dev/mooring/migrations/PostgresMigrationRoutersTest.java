package dev.mooring.migrations;

import dev.mooring.config.DatabaseSettings;

class PostgresMigrationRoutersTest extends MigrationRoutersContract {

    @Override
    DatabaseSettings emptyDatabase(String alias) {
        return EmptyDatabases.as(alias, EmptyDatabases.postgres());
    }
}
