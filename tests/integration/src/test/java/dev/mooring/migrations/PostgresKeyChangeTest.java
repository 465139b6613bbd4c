package dev.mooring.migrations;

import dev.mooring.config.DatabaseSettings;

class PostgresKeyChangeTest extends KeyChangeContract {

    @Override
    DatabaseSettings emptyDatabase() {
        return EmptyDatabases.postgres();
    }
}
