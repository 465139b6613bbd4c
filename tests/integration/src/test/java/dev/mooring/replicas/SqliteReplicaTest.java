package dev.mooring.replicas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mooring.Databases;
import dev.mooring.config.DatabaseSettings;
import dev.mooring.config.DatabaseSettingsBuilder;
import dev.mooring.error.ImproperlyConfiguredException;
import dev.mooring.error.OperationalException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteReplicaTest extends ReplicaContract {

    @TempDir
    Path directory;

    @Override
    DatabaseSettingsBuilder settings(String alias) {
        return DatabaseSettings.builder(alias)
                .engine("sqlite3")
                .name(directory.resolve("shop.sqlite3").toString());
    }

    /** Its statements could not be told from those that only read, so it must be the alias that needs no write lock. */
    @Test
    void waitsForNoWriter() {
        databases.atomic(() -> {
            databases.execute("INSERT INTO item (id) VALUES (1)");
            CompletableFuture<Integer> seen = CompletableFuture.supplyAsync(
                    () -> replica.atomic(() -> replica.query("WITH one AS (SELECT id FROM item) SELECT * FROM one")
                            .size()));
            assertThat(seen.orTimeout(10, java.util.concurrent.TimeUnit.SECONDS).join())
                    .isZero();
        });
    }

    @Test
    void mustExist() {
        DatabaseSettings missing = settings("default")
                .name(directory.resolve("no.sqlite3").toString())
                .readOnly(true)
                .build();

        try (Databases none = Databases.of(missing)) {
            assertThatExceptionOfType(OperationalException.class)
                    .isThrownBy(() -> none.query("SELECT 1"))
                    .withMessageContaining(
                            "no.sqlite3': it does not exist; check setting 'name' of database 'default'");
        }
        assertThat(directory.resolve("no.sqlite3")).doesNotExist();
    }

    @Test
    void isNotInMemory() {
        assertThatExceptionOfType(ImproperlyConfiguredException.class)
                .isThrownBy(() -> Databases.of(
                        settings("default").name(":memory:").readOnly(true).build()))
                .withMessage("Setting 'readOnly' of database 'default' is true, but a database in memory stays"
                        + " empty; name a file");
    }
}
