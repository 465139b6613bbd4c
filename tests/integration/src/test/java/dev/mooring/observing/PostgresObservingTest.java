package dev.mooring.observing;

import dev.mooring.config.DatabaseSettings;
import dev.mooring.config.DatabaseSettingsBuilder;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class PostgresObservingTest extends ObservingContract {

    private static EmbeddedPostgres server;

    @BeforeAll
    static void start() throws IOException {
        server = EmbeddedPostgres.start();
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    @Override
    DatabaseSettingsBuilder settings() {
        return DatabaseSettings.builder("default")
                .engine("postgresql")
                .name("postgres")
                .user("postgres")
                .host("localhost")
                .port(server.getPort());
    }
}
