package dev.mooring.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.Databases;
import dev.mooring.spi.BackendProvider;
import dev.mooring.spi.Feature;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class SqliteBackendProviderTest {

    private final SqliteBackendProvider provider = new SqliteBackendProvider();

    @Test
    void isFoundThroughTheServiceLoader() {
        try (Databases databases = Databases.of(TestFile.memory().build())) {
            assertThat(databases.query("SELECT 1 AS one").get(0).getLong("one")).isOne();
        }
    }

    /** A second list, for the class path; this test may run on either path. */
    @Test
    void isListedForTheClassPathToo() throws Exception {
        try (var list = SqliteBackendProvider.class.getResourceAsStream(
                "/META-INF/services/" + BackendProvider.class.getName())) {
            assertThat(new String(list.readAllBytes(), StandardCharsets.UTF_8).strip())
                    .isEqualTo(SqliteBackendProvider.class.getName());
        }
    }

    @Test
    void answersToTheSchemesOfUrlsAndToDjangosPath() {
        assertThat(provider.engine()).isEqualTo("sqlite3");
        assertThat(provider.otherNames()).containsExactlyInAnyOrder("sqlite", "django.db.backends.sqlite3");
    }

    @Test
    void knowsSavepointsAndTransactionalSchemaChanges() {
        var features = provider.create(TestFile.memory().build()).features();

        assertThat(features.has(Feature.SAVEPOINTS)).isTrue();
        assertThat(features.has(Feature.TRANSACTIONAL_DDL)).isTrue();
    }
}
