package dev.mooring.replicas;

import dev.mooring.config.DatabaseSettings;
import dev.mooring.config.DatabaseSettingsBuilder;
import dev.mooring.migrations.EmptyDatabases;
import dev.mooring.transactions.RequiresMariadb;

@RequiresMariadb
class MariadbReplicaTest extends ReplicaContract {

    private final DatabaseSettings database = EmptyDatabases.mariadb();

    @Override
    DatabaseSettingsBuilder settings(String alias) {
        return DatabaseSettings.builder(alias)
                .engine("mariadb")
                .name(database.name())
                .user(database.user())
                .password(database.password().reveal())
                .host(database.host())
                .port(database.port().orElseThrow());
    }
}
