package dev.mooring.schema;

import dev.mooring.config.DatabaseSettings;
import dev.mooring.migrations.EmptyDatabases;

class MariadbMaintenanceTest extends MaintenanceContract {

    @Override
    DatabaseSettings emptyDatabase() {
        return EmptyDatabases.mariadbWithAnsiQuotes();
    }
}
