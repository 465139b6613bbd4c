package dev.mooring.migrations;

import dev.mooring.config.DatabaseSettings;

class PostgresCollectedNamesTest extends CollectedNamesContract {

    @Override
    DatabaseSettings emptyDatabase() {
        return EmptyDatabases.postgres();
    }
}
