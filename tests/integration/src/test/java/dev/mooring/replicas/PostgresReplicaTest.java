package dev.mooring.replicas;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.Lease;
import dev.mooring.config.DatabaseSettings;
import dev.mooring.config.DatabaseSettingsBuilder;
import dev.mooring.migrations.EmptyDatabases;
import org.junit.jupiter.api.Test;

class PostgresReplicaTest extends ReplicaContract {

    private final DatabaseSettings database = EmptyDatabases.postgres();

    @Override
    DatabaseSettingsBuilder settings(String alias) {
        return DatabaseSettings.builder(alias)
                .engine("postgresql")
                .name(database.name())
                .user(database.user())
                .host(database.host())
                .port(database.port().orElseThrow());
    }

    @Test
    void staysReadOnlyWhenItsSessionIsReset() {
        try (Lease lease = replica.get().hold()) {
            assertThat(lease).isNotNull();
            replica.execute("SET work_mem = '8MB'");
        }

        refuses(() -> replica.execute("DELETE FROM item"));
    }
}
