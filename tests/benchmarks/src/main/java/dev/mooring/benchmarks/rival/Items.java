package dev.mooring.benchmarks.rival;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.ThreadLocalRandom;

/** The table that readers read. */
public final class Items {

    private static final int COUNT = 10_000;

    private Items() {}

    /** Makes the table anew. */
    public static void create(Target target) throws SQLException {
        try (Connection connection = target.connect()) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("DROP TABLE IF EXISTS item");
                statement.execute("CREATE TABLE item (id INTEGER PRIMARY KEY, name VARCHAR(40) NOT NULL)");
            }
            connection.setAutoCommit(false);
            insert(connection);
            connection.commit();
        }
    }

    private static void insert(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("INSERT INTO item (id, name) VALUES (?, ?)")) {
            for (int id = 1; id <= COUNT; id++) {
                statement.setInt(1, id);
                statement.setString(2, "item number " + id);
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    /** {@return a key that is in the table} */
    public static int anyKey() {
        return ThreadLocalRandom.current().nextInt(COUNT) + 1;
    }
}
