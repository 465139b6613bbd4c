package dev.mooring.faults;

import dev.mooring.config.DatabaseSettings;
import dev.mooring.config.DatabaseSettingsBuilder;
import dev.mooring.kit.ServerCount;
import dev.mooring.kit.ServerCount.Sessions;
import dev.mooring.mariadb.MariadbBackendProvider;
import dev.mooring.migrations.EmptyDatabases;
import dev.mooring.postgres.PostgresBackendProvider;
import dev.mooring.spi.BackendProvider;
import dev.mooring.sqlite.SqliteBackendProvider;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** A database with its tables, and a plain connection past the layer that sees what is really there. */
final class Engine implements AutoCloseable {

    private static final String POSTGRES_SESSIONS = """
            SELECT count(*), count(*) FILTER (WHERE state LIKE 'idle in transaction%')
            FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()
            """;

    /** The sessions of the test's own database. */
    private static final String MARIADB_SESSIONS = """
            SELECT count(*), coalesce(sum(EXISTS (
                SELECT 1 FROM performance_schema.threads t JOIN performance_schema.events_transactions_current e
                USING (thread_id) WHERE t.processlist_id = p.id AND e.state = 'ACTIVE')), 0)
            FROM information_schema.processlist p WHERE p.db = database() AND p.id <> connection_id()
            """;

    final BackendProvider provider;
    final List<FailureKind> kinds;
    final boolean keepsStatements;
    private final DatabaseSettings settings;
    private final Connection plain;
    private final ServerCount sessions;
    private final AutoCloseable server;

    private Engine(
            BackendProvider provider,
            List<FailureKind> kinds,
            DatabaseSettings settings,
            Connection plain,
            ServerCount sessions,
            AutoCloseable server)
            throws SQLException {
        this.provider = provider;
        this.kinds = kinds;
        this.keepsStatements = provider.create(settings).connector().statementCacheSize() > 0;
        this.settings = settings;
        this.plain = plain;
        this.sessions = sessions;
        this.server = server;
        run("CREATE TABLE item (id integer PRIMARY KEY)");
        run("CREATE TABLE seed (id integer PRIMARY KEY)");
        run("INSERT INTO seed VALUES (1), (2), (3), (4), (5)");
    }

    static Engine sqlite(Path file) throws SQLException {
        Connection plain = DriverManager.getConnection("jdbc:sqlite:" + file);
        ServerCount descriptors = ServerCount.descriptorsOf(file);
        try (Statement statement = plain.createStatement()) {
            // Nothing here has to outlast a power cut.
            statement.execute("PRAGMA synchronous = OFF");
        }
        return new Engine(
                new SqliteBackendProvider(),
                FailureKind.ofSqlite(),
                DatabaseSettings.builder("default")
                        .engine("sqlite3")
                        .name(file.toString())
                        .option("synchronous", "OFF")
                        .option("timeout", "0.2")
                        .build(),
                plain,
                () -> new Sessions(descriptors.now().open() - 1, 0),
                () -> {});
    }

    static Engine postgres() throws SQLException, IOException {
        EmbeddedPostgres server = EmbeddedPostgres.builder()
                .setServerConfig("fsync", "off")
                .setServerConfig("synchronous_commit", "off")
                .start();
        Connection plain = server.getPostgresDatabase().getConnection();
        return new Engine(
                new PostgresBackendProvider(),
                FailureKind.ofPostgres(),
                DatabaseSettings.builder("default")
                        .engine("postgresql")
                        .name("postgres")
                        .user("postgres")
                        .host("localhost")
                        .port(server.getPort())
                        .build(),
                plain,
                () -> sessions(plain, POSTGRES_SESSIONS),
                server);
    }

    static Engine mariadb() throws SQLException {
        DatabaseSettings settings = EmptyDatabases.mariadb();
        Connection plain = DriverManager.getConnection(
                "jdbc:mariadb://127.0.0.1:" + settings.port().orElseThrow() + "/" + settings.name(),
                settings.user(),
                settings.password().reveal());
        return new Engine(
                new MariadbBackendProvider(),
                FailureKind.ofMariadb(),
                settings,
                plain,
                () -> sessions(plain, MARIADB_SESSIONS),
                () -> {});
    }

    DatabaseSettingsBuilder settings() {
        return settings.toBuilder();
    }

    ServerCount sessions() {
        return sessions;
    }

    Set<Integer> items() throws SQLException {
        try (Statement statement = plain.createStatement();
                ResultSet rows = statement.executeQuery("SELECT id FROM item")) {
            Set<Integer> items = new TreeSet<>();
            while (rows.next()) {
                items.add(rows.getInt(1));
            }
            return items;
        }
    }

    void empty() throws SQLException {
        if (!items().isEmpty()) {
            run("DELETE FROM item");
        }
    }

    private void run(String sql) throws SQLException {
        try (Statement statement = plain.createStatement()) {
            statement.execute(sql);
        }
    }

    private static Sessions sessions(Connection plain, String query) {
        try (Statement statement = plain.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return new Sessions(rows.getInt(1), rows.getInt(2));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws Exception {
        try (server) {
            plain.close();
        }
    }
}
