package dev.mooring.cursors;

import dev.mooring.config.DatabaseSettingsBuilder;
import dev.mooring.transactions.TestDatabases;

class MariadbEmptyParametersTest extends EmptyParametersContract {

    @Override
    DatabaseSettingsBuilder settings() {
        return TestDatabases.mariadb();
    }
}
