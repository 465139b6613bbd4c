package dev.mooring.migrations;

import dev.mooring.config.DatabaseSettings;

class PostgresMigrationExecutorTest extends MigrationExecutorContract {

    @Override
    DatabaseSettings emptyDatabase() {
        return EmptyDatabases.postgres();
    }
}
