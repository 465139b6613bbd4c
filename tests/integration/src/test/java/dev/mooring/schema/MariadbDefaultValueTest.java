package dev.mooring.schema;

import dev.mooring.config.DatabaseSettings;
import dev.mooring.migrations.EmptyDatabases;
import dev.mooring.transactions.RequiresMariadb;

@RequiresMariadb
class MariadbDefaultValueTest extends DefaultValueContract {

    @Override
    DatabaseSettings emptyDatabase() {
        return EmptyDatabases.mariadbWithAnsiQuotes();
    }

    @Override
    boolean keeps(Object value) {
        return !(value instanceof Double number) || Double.isFinite(number);
    }
}
