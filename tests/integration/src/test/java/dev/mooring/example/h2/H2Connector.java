package dev.mooring.example.h2;

import dev.mooring.config.DatabaseSettings;
import dev.mooring.spi.Connector;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Properties;
import org.h2.Driver;

/** Opens the file. Names are in lower case, and the same in upper case, as on most databases. */
final class H2Connector implements Connector {

    private final DatabaseSettings settings;

    H2Connector(DatabaseSettings settings) {
        this.settings = settings;
    }

    @Override
    public Connection open() throws SQLException {
        Properties login = new Properties();
        login.setProperty("user", settings.user());
        login.setProperty("password", settings.password().reveal());
        String url = "jdbc:h2:" + settings.name() + ";DATABASE_TO_LOWER=TRUE;CASE_INSENSITIVE_IDENTIFIERS=TRUE";
        return new Driver().connect(url, login);
    }

    @Override
    public void initialize(Connection connection) throws SQLException {
        ZoneId zone = settings.timeZone().orElse(ZoneId.of("UTC"));
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET TIME ZONE '" + zone.getId() + "'");
            statement.execute("SET QUERY_TIMEOUT " + settings.statementTimeout().toMillis());
        }
    }

    /** Nothing can be lost on the way to a database in this process. */
    @Override
    public boolean isUsable(Connection connection, Duration timeout) {
        try {
            return connection.isValid((int) Math.max(1, timeout.toSeconds()));
        } catch (SQLException e) {
            return false;
        }
    }
}
