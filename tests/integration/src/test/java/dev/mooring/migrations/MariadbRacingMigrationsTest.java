package dev.mooring.migrations;

import dev.mooring.config.DatabaseSettings;
import dev.mooring.transactions.RequiresMariadb;

@RequiresMariadb
class MariadbRacingMigrationsTest extends RacingMigrationsContract {

    @Override
    DatabaseSettings emptyDatabase() {
        return EmptyDatabases.mariadb();
    }
}
