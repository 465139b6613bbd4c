package dev.mooring.schema;

import dev.mooring.config.DatabaseSettings;
import dev.mooring.migrations.EmptyDatabases;

class PostgresDefaultValueTest extends DefaultValueContract {

    @Override
    DatabaseSettings emptyDatabase() {
        return EmptyDatabases.postgres();
    }
}
