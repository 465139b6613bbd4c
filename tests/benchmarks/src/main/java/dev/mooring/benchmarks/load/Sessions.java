package dev.mooring.benchmarks.load;

import dev.mooring.benchmarks.rival.Target;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Counts the sessions of a PostgreSQL server, its own left out. */
public final class Sessions implements AutoCloseable {

    private static final String OTHERS =
            "SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()";

    private final Connection connection;
    private final PreparedStatement count;

    /** Connects to {@code target}. */
    public Sessions(Target target) throws SQLException {
        connection = target.connect();
        count = connection.prepareStatement(OTHERS);
    }

    /** {@return how many there are now} */
    public int others() throws SQLException {
        try (ResultSet rows = count.executeQuery()) {
            rows.next();
            return rows.getInt(1);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
