package dev.mooring.postgres;

import dev.mooring.config.DatabaseSettings;
import dev.mooring.config.DatabaseSettingsBuilder;
import dev.mooring.spi.Backend;
import dev.mooring.spi.SqlRunner;
import dev.mooring.spi.ValueCodec;
import dev.mooring.spi.ValueCodec.ValueReader;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** One real server for all tests of the module, and a few words to talk to it. */
final class TestServer {

    private static final ValueCodec CODEC = new PostgresValueCodec(java.time.ZoneOffset.UTC);
    private static final EmbeddedPostgres SERVER = start();

    private TestServer() {}

    static int port() {
        return SERVER.getPort();
    }

    static DatabaseSettingsBuilder settings() {
        return DatabaseSettings.builder("default")
                .engine("postgresql")
                .host("localhost")
                .port(port())
                .user("postgres")
                .name("postgres");
    }

    static Backend backend(DatabaseSettingsBuilder settings) {
        return new PostgresBackendProvider().create(settings.build());
    }

    static Connection open() throws SQLException {
        return open(settings());
    }

    static Connection open(DatabaseSettingsBuilder settings) throws SQLException {
        Backend backend = backend(settings);
        Connection connection = backend.connector().open();
        backend.connector().initialize(connection);
        return connection;
    }

    static void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** {@return the first column of the first row, or null if there is none} */
    static Object one(Connection connection, String sql, Object... parameters) throws SQLException {
        List<List<Object>> rows = rows(connection, sql, parameters);
        return rows.isEmpty() ? null : rows.get(0).get(0);
    }

    static List<List<Object>> rows(Connection connection, String sql, Object... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                CODEC.bind(statement, i + 1, parameters[i]);
            }
            return statement.execute() ? read(statement.getResultSet()) : List.of();
        }
    }

    static SqlRunner runner(Connection connection) {
        return new SqlRunner() {
            @Override
            public List<List<Object>> query(String sql, Object... parameters) {
                try {
                    return rows(connection, sql, parameters);
                } catch (SQLException e) {
                    throw new IllegalStateException(e);
                }
            }

            @Override
            public int execute(String sql, Object... parameters) {
                throw new UnsupportedOperationException();
            }
        };
    }

    private static List<List<Object>> read(ResultSet rows) throws SQLException {
        List<ValueReader> readers = new ArrayList<>();
        for (int column = 1; column <= rows.getMetaData().getColumnCount(); column++) {
            readers.add(CODEC.reader(rows.getMetaData(), column));
        }
        List<List<Object>> read = new ArrayList<>();
        while (rows.next()) {
            List<Object> row = new ArrayList<>();
            for (int i = 0; i < readers.size(); i++) {
                row.add(readers.get(i).read(rows, i + 1));
            }
            read.add(row);
        }
        return read;
    }

    private static EmbeddedPostgres start() {
        try {
            Path data = Files.createTempDirectory("mooring-postgres");
            EmbeddedPostgres server = EmbeddedPostgres.builder()
                    .setDataDirectory(data)
                    .setServerConfig("max_prepared_transactions", "0")
                    .start();
            askForAPassword(server, data);
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Everybody is trusted but {@code careful}, whose password is {@code right}. */
    private static void askForAPassword(EmbeddedPostgres server, Path data) throws IOException, SQLException {
        Path access = data.resolve("pg_hba.conf");
        Files.writeString(access, "host all careful all scram-sha-256\n" + Files.readString(access));
        try (Connection connection = server.getPostgresDatabase().getConnection()) {
            run(connection, "CREATE ROLE careful LOGIN PASSWORD 'right'");
            run(connection, "SELECT pg_reload_conf()");
        }
    }
}
