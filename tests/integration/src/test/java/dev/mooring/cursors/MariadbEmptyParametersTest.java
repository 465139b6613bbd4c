package dev.mooring.cursors;

import dev.mooring.config.DatabaseSettingsBuilder;
import dev.mooring.transactions.RequiresMariadb;
import dev.mooring.transactions.TestDatabases;

@RequiresMariadb
class MariadbEmptyParametersTest extends EmptyParametersContract {

    @Override
    DatabaseSettingsBuilder settings() {
        return TestDatabases.mariadb();
    }
}
