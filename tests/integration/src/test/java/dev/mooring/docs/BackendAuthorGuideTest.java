package dev.mooring.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.mooring.Databases;
import dev.mooring.config.DatabaseSettings;
import dev.mooring.error.IntegrityException;
import dev.mooring.error.NotSupportedException;
import dev.mooring.error.TransactionManagementException;
import dev.mooring.kit.DatabaseCreation;
import dev.mooring.kit.Fault;
import dev.mooring.kit.Faults;
import dev.mooring.kit.FaultyBackend;
import dev.mooring.kit.TestDatabase;
import dev.mooring.migrations.EmptyDatabases;
import dev.mooring.migrations.SchemaEditor;
import dev.mooring.postgres.PostgresBackendProvider;
import dev.mooring.schema.Column;
import dev.mooring.schema.Table;
import dev.mooring.spi.Backend;
import dev.mooring.spi.BackendProvider;
import dev.mooring.spi.Connector;
import dev.mooring.spi.Feature;
import dev.mooring.spi.Features;
import dev.mooring.spi.ForwardingConnector;
import dev.mooring.spi.SessionRules;
import dev.mooring.sqlite.SqliteBackendProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The backend for H2 that the page shows in parts is {@code dev.mooring.example.h2}, which passes contracts of its own. */
@DisplayName("The page docs/guide-backend-author.md")
class BackendAuthorGuideTest {

    @TempDir
    private Path directory;

    private static final class Skeleton implements BackendProvider {
        @Override
        public String engine() {
            return "skeleton";
        }

        @Override
        public Backend create(DatabaseSettings settings) {
            return Backend.builder(engine())
                    .connector(new Connector() {
                        @Override
                        public Connection open() throws SQLException {
                            return DriverManager.getConnection("jdbc:h2:" + settings.name());
                        }

                        @Override
                        public boolean isUsable(Connection connection, Duration timeout) {
                            try {
                                return connection.isValid((int) Math.max(1, timeout.toSeconds()));
                            } catch (SQLException e) {
                                return false;
                            }
                        }
                    })
                    .sessionRules(SessionRules.byWords(Map.of("select", Set.of(), "insert", Set.of())))
                    .introspector((sql, includeViews) -> List.of())
                    .build();
        }
    }

    @Test
    @DisplayName("A skeleton of three parts answers, and refuses by name what it does not do")
    void answersWithASkeleton() {
        try (Databases databases = Databases.builder()
                .add(settings("skeleton"))
                .backend(new Skeleton())
                .build()) {
            assertThat(databases.query(Integer.class, "SELECT 1").one()).isEqualTo(1);

            assertThatExceptionOfType(NotSupportedException.class)
                    .isThrownBy(() -> SchemaEditor.apply(
                            databases.using("default"),
                            editor -> editor.createTable(Table.of("item", Column.auto("id")))))
                    .withMessageContaining("create a table");
            assertThatExceptionOfType(NotSupportedException.class)
                    .isThrownBy(() -> databases.using("default").introspection().columns("item"));
        }
    }

    private static final class PostgresWithoutSavepoints implements BackendProvider {
        private final BackendProvider postgres = new PostgresBackendProvider();

        @Override
        public String engine() {
            return "postgres-without-savepoints";
        }

        @Override
        public Backend create(DatabaseSettings settings) {
            return postgres.create(settings).toBuilder()
                    .features(Features.of(Feature.TRANSACTIONAL_DDL))
                    .build();
        }
    }

    @Test
    @DisplayName("A backend that is nearly another one replaces a part; without savepoints the outer block rolls back")
    void derives() {
        DatabaseSettings settings = EmptyDatabases.postgres().toBuilder()
                .engine("postgres-without-savepoints")
                .build();
        try (Databases databases = Databases.builder()
                .add(settings)
                .backend(new PostgresWithoutSavepoints())
                .build()) {
            databases.execute("CREATE TABLE item (id integer PRIMARY KEY)");
            databases.execute("INSERT INTO item VALUES (1)");

            assertThatExceptionOfType(TransactionManagementException.class)
                    .isThrownBy(() -> databases.atomic(() -> {
                        databases.execute("INSERT INTO item VALUES (2)");
                        assertThat(catchThrowable(
                                        () -> databases.atomic(() -> databases.execute("INSERT INTO item VALUES (1)"))))
                                .isInstanceOf(IntegrityException.class);
                        databases.query("SELECT 1");
                    }));
            assertThat(databases.query("SELECT id FROM item")).hasSize(1);
        }
    }

    private static final class SqliteInMemoryForTemporary implements BackendProvider {
        private final BackendProvider sqlite = new SqliteBackendProvider();

        @Override
        public String engine() {
            return "sqlite-temporary";
        }

        @Override
        public Backend create(DatabaseSettings settings) {
            Backend backend = sqlite.create(settings);
            return backend.toBuilder()
                    .connector(new ForwardingConnector(backend.connector()) {
                        @Override
                        public void initialize(Connection connection) throws SQLException {
                            super.initialize(connection);
                            try (Statement statement = connection.createStatement()) {
                                statement.execute("PRAGMA temp_store = MEMORY");
                            }
                        }
                    })
                    .build();
        }
    }

    @Test
    @DisplayName("A method of a part is changed, and the others stay")
    void changesAMethod() {
        DatabaseSettings settings = EmptyDatabases.sqlite(directory).toBuilder()
                .engine("sqlite-temporary")
                .build();
        try (Databases databases = Databases.builder()
                .add(settings)
                .backend(new SqliteInMemoryForTemporary())
                .build()) {
            assertThat(databases.query(Integer.class, "PRAGMA temp_store").one())
                    .isEqualTo(2);
            assertThat(databases.using("default").backend().connector().writeLockKey())
                    .isPresent();
        }
    }

    /** Files of H2, each with the tables of migrations of its own. */
    private static final class H2Creation implements DatabaseCreation {
        private final Path directory;

        H2Creation(DatabaseSettings configured) {
            this.directory = Path.of(configured.name()).getParent();
        }

        @Override
        public String defaultName() {
            return directory.resolve("test").toString();
        }

        @Override
        public DatabaseSettings create(String name, boolean keep) {
            return DatabaseSettings.builder("default").engine("h2").name(name).build();
        }

        @Override
        public boolean canCopy() {
            return false;
        }

        @Override
        public DatabaseSettings copy(DatabaseSettings original, String name) {
            throw new UnsupportedOperationException("each test database is migrated anew");
        }

        @Override
        public void drop(DatabaseSettings database) {
            try {
                Files.deleteIfExists(Path.of(database.name() + ".mv.db"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() {}
    }

    @Test
    @DisplayName("Test databases are files that are made and deleted")
    void createsTestDatabases() {
        DatabaseSettings settings = settings("h2");
        assertThat(TestDatabase.of(settings).creation("h2", H2Creation::new)).isNotNull();
        try (DatabaseCreation creation = new H2Creation(settings)) {
            DatabaseSettings made = creation.create(creation.defaultName(), false);
            try (Databases databases = Databases.of(made)) {
                databases.execute("CREATE TABLE item (id integer PRIMARY KEY)");
                assertThat(databases.using("default").tableNames()).containsExactly("item");
            }
            creation.drop(made);
        }
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    @DisplayName("A connection that is lost in the middle of a block is not handed to anybody")
    void losesAConnection() {
        Faults faults = new Faults();
        try (Databases databases = Databases.builder()
                .add(settings("h2"))
                .backend(FaultyBackend.around(new dev.mooring.example.h2.H2BackendProvider(), faults))
                .build()) {
            databases.execute("CREATE TABLE item (id integer PRIMARY KEY)");
            faults.always(call -> call.says("INSERT INTO item VALUES (?)"), Fault.loseConnection());

            assertThat(catchThrowable(
                            () -> databases.atomic(() -> databases.execute("INSERT INTO item VALUES (%s)", 1))))
                    .isInstanceOf(dev.mooring.error.DatabaseException.class);
            faults.clear();

            assertThat(databases.query("SELECT id FROM item")).isEmpty();
            assertThat(databases.using("default").counts().leased()).isZero();
        }
    }

    private DatabaseSettings settings(String engine) {
        return DatabaseSettings.builder("default")
                .engine(engine)
                .name(directory.resolve("h2").toString())
                .build();
    }
}
