package dev.mooring.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;
import org.postgresql.PGConnection;
import org.postgresql.PGProperty;
import org.postgresql.jdbc.AutoSave;

/**
 * What pgjdbc keeps in a connection and {@code DISCARD ALL} does not reach.
 *
 * @param prepareThreshold from which execution on a statement is prepared on the server
 * @param fetchSize how many rows of a cursor come at a time
 * @param adaptiveFetch whether the driver chooses that number itself
 */
record DriverState(int prepareThreshold, int fetchSize, boolean adaptiveFetch) {

    static DriverState of(Properties properties) {
        return new DriverState(
                number(PGProperty.PREPARE_THRESHOLD, properties),
                number(PGProperty.DEFAULT_ROW_FETCH_SIZE, properties),
                PGProperty.ADAPTIVE_FETCH.getBoolean(properties));
    }

    /** Wants autocommit mode, and that the server sends no notifications any more. */
    void restore(Connection connection) throws SQLException {
        connection.setReadOnly(false);
        connection.setHoldability(ResultSet.CLOSE_CURSORS_AT_COMMIT);
        connection.setTypeMap(Map.of());
        PGConnection driver = connection.unwrap(PGConnection.class);
        driver.setAutosave(AutoSave.NEVER);
        driver.setPrepareThreshold(prepareThreshold);
        driver.setDefaultFetchSize(fetchSize);
        driver.setAdaptiveFetch(adaptiveFetch);
        // Those that nobody has fetched; they came before the answer to DISCARD ALL.
        driver.getNotifications();
    }

    private static int number(PGProperty property, Properties properties) {
        String text = property.getOrDefault(properties);
        return text == null ? 0 : Integer.parseInt(text);
    }
}
