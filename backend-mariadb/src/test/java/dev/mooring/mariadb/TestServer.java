package dev.mooring.mariadb;

import static org.junit.jupiter.api.Assumptions.abort;

import dev.mooring.config.DatabaseSettingsBuilder;
import dev.mooring.kit.MariadbServer;
import dev.mooring.spi.Backend;
import dev.mooring.spi.ValueCodec;
import dev.mooring.spi.ValueCodec.ValueReader;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** One real server for all tests of the module, and a few words to talk to it. */
final class TestServer {

    private static final ValueCodec CODEC = new MariadbValueCodec(ZoneOffset.UTC);

    private TestServer() {}

    /** {@return settings of its database} Where no server is installed the test is aborted, and says so. */
    static DatabaseSettingsBuilder settings() {
        if (!MariadbServer.isInstalled()) {
            String test = StackWalker.getInstance()
                    .walk(frames -> frames.map(StackWalker.StackFrame::getClassName)
                            .filter(name -> name.endsWith("Test"))
                            .findFirst())
                    .orElse("a test of MariaDB");
            String message = "NOT RUN: " + test + ": mariadb-server is not installed";
            System.err.println(message);
            return abort(message);
        }
        return Server.RUNNING.settings("mooring");
    }

    static Backend backend(DatabaseSettingsBuilder settings) {
        return new MariadbBackendProvider().create(settings.build());
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

    static void run(Connection connection, String... statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
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

    private static final class Server {
        private static final MariadbServer RUNNING = start();

        private static MariadbServer start() {
            MariadbServer server = MariadbServer.start();
            server.createDatabase("mooring");
            return server;
        }
    }
}
