package dev.mooring.sqlite;

import dev.mooring.config.DatabaseSettings;
import dev.mooring.config.DatabaseSettingsBuilder;
import dev.mooring.spi.Backend;
import dev.mooring.spi.SqlRunner;
import dev.mooring.spi.ValueCodec;
import dev.mooring.spi.ValueCodec.ValueReader;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** A few words to talk to a real file, or to the database in memory. */
final class TestFile {

    private TestFile() {}

    static DatabaseSettingsBuilder settings(Path file) {
        return settings(file.toString());
    }

    static DatabaseSettingsBuilder memory() {
        return settings(":memory:");
    }

    static DatabaseSettingsBuilder settings(String name) {
        return DatabaseSettings.builder("default").engine("sqlite3").name(name);
    }

    static Backend backend(DatabaseSettingsBuilder settings) {
        return new SqliteBackendProvider().create(settings.build());
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
        List<List<Object>> rows = rows(new SqliteValueCodec(ZoneOffset.UTC), connection, sql, parameters);
        return rows.isEmpty() ? null : rows.get(0).get(0);
    }

    static List<List<Object>> rows(ValueCodec codec, Connection connection, String sql, Object... parameters)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                codec.bind(statement, i + 1, parameters[i]);
            }
            return statement.execute() ? read(codec, statement.getResultSet()) : List.of();
        }
    }

    static SqlRunner runner(Connection connection) {
        return new SqlRunner() {
            @Override
            public List<List<Object>> query(String sql, Object... parameters) {
                try {
                    return rows(new SqliteValueCodec(ZoneOffset.UTC), connection, sql, parameters);
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

    private static List<List<Object>> read(ValueCodec codec, ResultSet rows) throws SQLException {
        List<ValueReader> readers = new ArrayList<>();
        for (int column = 1; column <= rows.getMetaData().getColumnCount(); column++) {
            readers.add(codec.reader(rows.getMetaData(), column));
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
}
