package dev.mooring.migrations;

import dev.mooring.config.DatabaseSettings;

class MariadbKeyChangeTest extends KeyChangeContract {

    @Override
    DatabaseSettings emptyDatabase() {
        return EmptyDatabases.mariadb();
    }
}
