package dev.mooring.migrations;

import dev.mooring.config.DatabaseSettings;

class PostgresMigrationTargetsTest extends MigrationTargetsContract {

    @Override
    DatabaseSettings emptyDatabase() {
        return EmptyDatabases.postgres();
    }
}
