package dev.mooring.migrations;

import dev.mooring.config.DatabaseSettings;
import dev.mooring.transactions.RequiresMariadb;

@RequiresMariadb
class MariadbKeyChangeTest extends KeyChangeContract {

    @Override
    DatabaseSettings emptyDatabase() {
        return EmptyDatabases.mariadb();
    }
}
