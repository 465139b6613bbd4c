package dev.mooring.migrations;

import dev.mooring.config.DatabaseSettings;

class PostgresAuthMigrationsTest extends AuthMigrationsContract {

    @Override
    DatabaseSettings emptyDatabase() {
        return EmptyDatabases.postgres();
    }

    @Override
    DatabaseSettings copyOf(DatabaseSettings original) {
        return EmptyDatabases.postgresCopy(original);
    }
}
