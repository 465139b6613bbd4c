package dev.mooring.schema;

import dev.mooring.config.DatabaseSettings;
import dev.mooring.migrations.EmptyDatabases;

class PostgresColumnRemovalTest extends ColumnRemovalContract {

    @Override
    DatabaseSettings emptyDatabase() {
        return EmptyDatabases.postgres();
    }
}
