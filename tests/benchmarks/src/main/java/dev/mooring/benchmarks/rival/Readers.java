package dev.mooring.benchmarks.rival;

import dev.mooring.Databases;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Opens readers by name: those of the pools, and two without any pool to measure them against. */
public final class Readers {

    /** A connection for each thread, and one statement that is prepared once. */
    public static final String RAW_REUSED = "raw-reused";

    /** A connection for each thread, and a new statement for each row. */
    public static final String RAW_NEW = "raw-new";

    private static final String JDBC = "SELECT name FROM item WHERE id = ?";
    private static final String DJANGO = "SELECT name FROM item WHERE id = %s";

    private Readers() {}

    /** {@return the reader called {@code name}, over at most {@code size} connections} */
    public static Reader open(String name, Target target, int size) throws Exception {
        return switch (name) {
            case RAW_REUSED -> new RawReader(target, true);
            case RAW_NEW -> new RawReader(target, false);
            case Rivals.MOORING -> new MooringReader(target.databases(size));
            default -> new PooledReader((DataSourceRival) Rivals.open(name, target, size));
        };
    }

    static PreparedStatement prepare(Connection connection) throws SQLException {
        return connection.prepareStatement(JDBC);
    }

    static String read(PreparedStatement statement, int id) throws SQLException {
        statement.setInt(1, id);
        try (ResultSet rows = statement.executeQuery()) {
            rows.next();
            return rows.getString(1);
        }
    }

    private record MooringReader(Databases databases) implements Reader {
        @Override
        public String read(int id) {
            return databases.query(DJANGO, id).get(0).getString("name");
        }

        @Override
        public void close() {
            databases.close();
        }
    }

    private record PooledReader(DataSource source, Rival rival) implements Reader {
        PooledReader(DataSourceRival rival) {
            this(rival.source(), rival);
        }

        @Override
        public String read(int id) throws SQLException {
            try (Connection connection = source.getConnection();
                    PreparedStatement statement = prepare(connection)) {
                return Readers.read(statement, id);
            }
        }

        @Override
        public void close() {
            rival.close();
        }
    }
}
