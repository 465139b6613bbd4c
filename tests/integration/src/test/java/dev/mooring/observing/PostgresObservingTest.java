package dev.mooring.observing;

import dev.mooring.config.DatabaseSettingsBuilder;
import dev.mooring.transactions.TestDatabases;

class PostgresObservingTest extends ObservingContract {

    @Override
    DatabaseSettingsBuilder settings() {
        return TestDatabases.postgres();
    }
}
