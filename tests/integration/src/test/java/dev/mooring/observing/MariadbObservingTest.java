package dev.mooring.observing;

import dev.mooring.config.DatabaseSettingsBuilder;
import dev.mooring.transactions.RequiresMariadb;
import dev.mooring.transactions.TestDatabases;

@RequiresMariadb
class MariadbObservingTest extends ObservingContract {

    @Override
    DatabaseSettingsBuilder settings() {
        return TestDatabases.mariadb();
    }
}
