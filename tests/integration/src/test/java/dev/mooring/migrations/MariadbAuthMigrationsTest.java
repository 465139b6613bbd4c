package dev.mooring.migrations;

import dev.mooring.config.DatabaseSettings;
import dev.mooring.transactions.RequiresMariadb;

@RequiresMariadb
class MariadbAuthMigrationsTest extends AuthMigrationsContract {

    @Override
    DatabaseSettings emptyDatabase() {
        return EmptyDatabases.mariadb();
    }

    @Override
    DatabaseSettings copyOf(DatabaseSettings original) {
        return EmptyDatabases.mariadbCopy(original);
    }
}
