package dev.mooring.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.Databases;
import dev.mooring.spi.BackendProvider;
import dev.mooring.spi.Feature;
import org.junit.jupiter.api.Test;

class PostgresBackendProviderTest {

    private final PostgresBackendProvider provider = new PostgresBackendProvider();

    @Test
    void isFoundThroughTheServiceLoader() {
        try (Databases databases = Databases.of(TestServer.settings().build())) {
            assertThat(databases.query("SELECT 1 AS one").get(0).getLong("one")).isOne();
        }
    }

    /** A second list, for the class path; this test may run on either path. */
    @Test
    void isListedForTheClassPathToo() throws Exception {
        try (var list = PostgresBackendProvider.class.getResourceAsStream(
                "/META-INF/services/" + BackendProvider.class.getName())) {
            assertThat(new String(list.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8).strip())
                    .isEqualTo(PostgresBackendProvider.class.getName());
        }
    }

    @Test
    void answersToTheSchemesOfUrlsAndToDjangosPaths() {
        assertThat(provider.engine()).isEqualTo("postgresql");
        assertThat(provider.otherNames())
                .containsExactlyInAnyOrder(
                        "postgres", "pgsql", "django.db.backends.postgresql", "django.db.backends.postgresql_psycopg2");
    }

    @Test
    void spellsAQuestionMarkThatIsNoParameter() throws Exception {
        var dialect = provider.create(TestServer.settings().build()).dialect();
        try (var connection = TestServer.open()) {
            assertThat(TestServer.one(
                            connection,
                            "SELECT jsonb '{\"a\": 1}' " + dialect.questionMark() + " CAST(? AS text)",
                            "a"))
                    .isEqualTo(true);
        }
        assertThat(dialect.quoteName("a\"b")).isEqualTo("\"a\"\"b\"");
    }

    @Test
    void knowsSavepointsAndTransactionalSchemaChanges() {
        var features = provider.create(TestServer.settings().build()).features();

        assertThat(features.has(Feature.SAVEPOINTS)).isTrue();
        assertThat(features.has(Feature.TRANSACTIONAL_DDL)).isTrue();
    }
}
