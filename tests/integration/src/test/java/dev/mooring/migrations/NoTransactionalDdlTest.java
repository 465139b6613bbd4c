package dev.mooring.migrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mooring.Databases;
import dev.mooring.config.DatabaseSettings;
import dev.mooring.error.DatabaseException;
import dev.mooring.spi.Backend;
import dev.mooring.spi.BackendProvider;
import dev.mooring.spi.Feature;
import dev.mooring.spi.Features;
import dev.mooring.sqlite.SqliteBackendProvider;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Migrations where changes of the schema cannot be rolled back, as on MySQL: SQLite, which says that it cannot. */
@Tag("wrong-answers")
class NoTransactionalDdlTest {

    @TempDir
    private Path folder;

    private Databases databases;

    /** SQLite without {@link Feature#TRANSACTIONAL_DDL}. */
    private static final class WithoutTransactions implements BackendProvider {
        private final BackendProvider sqlite = new SqliteBackendProvider();

        @Override
        public String engine() {
            return sqlite.engine();
        }

        @Override
        public Backend create(DatabaseSettings settings) {
            return sqlite.create(settings).toBuilder()
                    .features(Features.of(Feature.SAVEPOINTS))
                    .build();
        }
    }

    @BeforeEach
    void open() {
        databases = Databases.builder()
                .backend(new WithoutTransactions())
                .add(DatabaseSettings.builder("default")
                        .engine("sqlite3")
                        .name(folder.resolve("shop.sqlite3").toString())
                        .build())
                .build();
    }

    @AfterEach
    void close() {
        databases.close();
    }

    @Test
    @DisplayName("A migration that fails in the middle keeps what it did, and is not recorded as applied")
    void isNotRecordedIfItFails() {
        assertThatExceptionOfType(DatabaseException.class)
                .isThrownBy(() -> migrate("CREATE TABLE first (id integer); INSERT INTO missing VALUES (1)"));

        assertThat(databases.using("default").tableNames()).contains("first");
        assertThat(new MigrationLedger(databases, "default").applied()).isEmpty();
        assertThat(migrate("CREATE TABLE second (id integer)")).hasSize(1);
        assertThat(new MigrationLedger(databases, "default").applied()).hasSize(1);
        assertThat(migrate("CREATE TABLE second (id integer)")).isEmpty();
    }

    private List<Migration> migrate(String sql) {
        Migration migration = Migration.of("shop", "0001_initial").with(Operations.sql(sql));
        return new MigrationExecutor(databases, "default", List.of(migration)).migrate(MigrationListener.none());
    }
}
