package dev.mooring.cursors;

import dev.mooring.config.DatabaseSettingsBuilder;
import dev.mooring.transactions.TestDatabases;

class MariadbNamedParametersTest extends NamedParametersContract {

    @Override
    DatabaseSettingsBuilder settings() {
        return TestDatabases.mariadb();
    }
}
