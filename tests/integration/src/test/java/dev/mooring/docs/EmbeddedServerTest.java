package dev.mooring.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.Databases;
import dev.mooring.config.DatabaseSettings;
import dev.mooring.kit.TestDatabase;
import dev.mooring.transactions.TestDatabases;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@DisplayName("The page docs/testing.md, with an embedded PostgreSQL")
class EmbeddedServerTest {

    static final EmbeddedPostgres SERVER = start();

    @RegisterExtension
    static final TestDatabase database = TestDatabase.of(
                    DatabaseSettings.fromUrl("postgres://postgres@localhost:" + SERVER.getPort() + "/shop"))
            .build();

    /** The server of all tests, to be quick. */
    private static EmbeddedPostgres start() {
        return TestDatabases.server();
    }

    @Test
    @DisplayName("gives each test a database of its own")
    void works(Databases databases) {
        assertThat(databases.query(String.class, "SELECT current_database()").one())
                .startsWith("test_shop");
    }
}
