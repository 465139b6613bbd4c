package dev.mooring.benchmarks.rival;

import dev.mooring.Databases;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.Callable;

/** Opens writers by name: Mooring's {@code atomic}, or a peer's connection and SQLite's busy handler. */
public final class Writers {

    private static final String INSERT = "INSERT INTO note (body) VALUES ('benchmark')";

    private Writers() {}

    /** {@return the writer called {@code name}, over at most {@code size} connections to a file with an empty table} */
    public static Writer open(String name, Target target, int size) throws Exception {
        try (Connection connection = target.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE note (id INTEGER PRIMARY KEY, body TEXT)");
        }
        return name.equals(Rivals.MOORING)
                ? new MooringWriter(target.databases(size))
                : new BusyWriter(Rivals.open(name, target, size));
    }

    private record MooringWriter(Databases databases) implements Writer {
        @Override
        public void write(Callable<Void> inside) throws Exception {
            databases.atomic(() -> {
                databases.execute(INSERT);
                return inside.call();
            });
        }

        @Override
        public int synchronous() {
            return databases.query("PRAGMA synchronous").get(0).getInt("synchronous");
        }

        @Override
        public void close() {
            databases.close();
        }
    }

    private record BusyWriter(Rival pool) implements Writer {
        @Override
        public void write(Callable<Void> inside) throws Exception {
            pool.hold(connection -> {
                run(connection, "BEGIN IMMEDIATE");
                try {
                    try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
                        insert.executeUpdate();
                    }
                    inside.call();
                    run(connection, "COMMIT");
                } catch (Exception e) {
                    rollBack(connection, e);
                    throw e;
                }
            });
        }

        private static void run(Connection connection, String sql) throws SQLException {
            try (Statement statement = connection.createStatement()) {
                statement.execute(sql);
            }
        }

        private static void rollBack(Connection connection, Exception failure) {
            try {
                run(connection, "ROLLBACK");
            } catch (SQLException e) {
                failure.addSuppressed(e);
            }
        }

        @Override
        public int synchronous() throws Exception {
            int[] level = new int[1];
            pool.hold(connection -> {
                try (Statement statement = connection.createStatement();
                        ResultSet rows = statement.executeQuery("PRAGMA synchronous")) {
                    rows.next();
                    level[0] = rows.getInt(1);
                }
            });
            return level[0];
        }

        @Override
        public void close() {
            pool.close();
        }
    }
}
