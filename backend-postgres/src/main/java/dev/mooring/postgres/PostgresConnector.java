package dev.mooring.postgres;

import dev.mooring.config.DatabaseSettings;
import dev.mooring.spi.Connector;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;
import org.postgresql.PGConnection;

/** Opens connections through pgjdbc. */
final class PostgresConnector implements Connector {

    private final Driver driver = new Driver();
    private final String url;
    private final Properties properties;
    private final String timeZone;

    PostgresConnector(DatabaseSettings settings) {
        properties = PostgresProperties.of(settings);
        // The URL names the database, escaped, and nothing else: pgjdbc would prefer an empty name in it to the
        // property.
        url = "jdbc:postgresql:" + URLEncoder.encode(settings.name(), StandardCharsets.UTF_8);
        timeZone = settings.timeZone().map(TimeZoneName::of).orElse("UTC");
    }

    @Override
    public Connection open() throws SQLException {
        try {
            @Nullable Connection connection = driver.connect(url, properties);
            if (connection == null) {
                throw new SQLException("pgjdbc did not accept its own URL", "08001");
            }
            return connection;
        } catch (SQLException e) {
            throw explained(e);
        }
    }

    /** Sets the time zone if the server reports another; pgjdbc asks for the JVM's and cannot be told otherwise. */
    @Override
    public void initialize(Connection connection) throws SQLException {
        if (timeZone.equals(connection.unwrap(PGConnection.class).getParameterStatus("TimeZone"))) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement("SELECT set_config('TimeZone', ?, false)")) {
            statement.setString(1, timeZone);
            statement.execute();
        }
    }

    /**
     * Waits for whole seconds, rounded up: pgjdbc takes zero for ever.
     *
     * <p>A pending interrupt does not matter on a platform thread; on a virtual one it closes the socket, so the answer
     * is no.
     */
    @Override
    public boolean isUsable(Connection connection, Duration timeout) {
        try {
            return connection.isValid(PostgresProperties.wholeSeconds(timeout));
        } catch (SQLException | RuntimeException e) {
            return false;
        }
    }

    private static SQLException explained(SQLException e) {
        String message = e.getMessage();
        if (message == null || !message.contains("unsupported startup parameter")) {
            return e;
        }
        return new SQLException(
                message + "; PgBouncer takes no statement timeout at the start: set statementTimeout to 0, or list"
                        + " 'options' in its ignore_startup_parameters",
                e.getSQLState(),
                e);
    }
}
