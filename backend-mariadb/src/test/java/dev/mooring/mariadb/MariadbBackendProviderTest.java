package dev.mooring.mariadb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.Databases;
import dev.mooring.spi.BackendProvider;
import dev.mooring.spi.Feature;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The provider of MariaDB")
class MariadbBackendProviderTest {

    private final MariadbBackendProvider provider = new MariadbBackendProvider();

    @Test
    @DisplayName("It is found through the service loader")
    void isFoundThroughTheServiceLoader() {
        try (Databases databases = Databases.of(TestServer.settings().build())) {
            assertThat(databases.query("SELECT 1 AS one").get(0).getLong("one")).isOne();
        }
    }

    /** A second list, for the class path; this test may run on either path. */
    @Test
    @DisplayName("It is listed for the class path too")
    void isListedForTheClassPathToo() throws Exception {
        try (var list = MariadbBackendProvider.class.getResourceAsStream(
                "/META-INF/services/" + BackendProvider.class.getName())) {
            assertThat(new String(list.readAllBytes(), StandardCharsets.UTF_8).strip())
                    .isEqualTo(MariadbBackendProvider.class.getName());
        }
    }

    @Test
    @DisplayName("It answers to the schemes of URLs and to Django's path")
    void answersToTheSchemesOfUrlsAndToDjangosPath() {
        assertThat(provider.engine()).isEqualTo("mariadb");
        assertThat(provider.otherNames()).containsExactlyInAnyOrder("mysql", "django.db.backends.mysql");
    }

    @Test
    @DisplayName("It has savepoints, and takes no change of the schema back")
    void declaresItsFeatures() {
        var features = provider.create(TestServer.settings().build()).features();

        assertThat(features.has(Feature.SAVEPOINTS)).isTrue();
        assertThat(features.has(Feature.TRANSACTIONAL_DDL)).isFalse();
        assertThat(features.has(Feature.PARTIAL_INDEXES)).isFalse();
        assertThat(features.has(Feature.DEFERRED_FOREIGN_KEYS)).isFalse();
    }
}
