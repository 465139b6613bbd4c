package dev.mooring.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.DatabaseWrapper;
import dev.mooring.Databases;
import dev.mooring.Lease;
import dev.mooring.config.DatabaseSettings;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The page docs/settings.md, on PostgreSQL")
class SettingsPageTest {

    @TempDir
    private Path directory;

    @Test
    @DisplayName("has two databases")
    void hasTwo() {
        DatabaseSettings shop = OnBothDatabases.SQLITE.settings(directory);
        String url = "sqlite:///" + directory.resolve("reports.db");
        Databases both = Databases.builder()
                .add(shop)
                .add(DatabaseSettings.fromUrl("reports", url))
                .build();
        both.using("reports").query("SELECT 1");

        assertThat(both.aliases()).containsExactly("default", "reports");
        both.close();
    }

    @Test
    @DisplayName("lifts a limit for a while, and sets what a transaction needs")
    void works() throws SQLException {
        String tenant = "acme";
        try (Databases databases = OnBothDatabases.POSTGRESQL.open(directory)) {
            DatabaseWrapper wrapper = databases.get();
            try (Lease held = wrapper.hold()) {
                wrapper.execute("SET statement_timeout = 0");
                wrapper.connection().setNetworkTimeout(Runnable::run, 0);
                assertThat(databases
                                .query(String.class, "SHOW statement_timeout")
                                .one())
                        .isEqualTo("0");
            }
            assertThat(databases.query(String.class, "SHOW statement_timeout").one())
                    .isEqualTo("1min");

            databases.atomic(() -> {
                databases.query("SELECT set_config('app.tenant', %s, true)", tenant);
                assertThat(databases
                                .query(String.class, "SELECT current_setting('app.tenant')")
                                .one())
                        .isEqualTo("acme");
            });
        }
    }
}
