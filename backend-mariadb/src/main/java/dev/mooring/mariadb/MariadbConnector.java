package dev.mooring.mariadb;

import dev.mooring.config.DatabaseSettings;
import dev.mooring.error.ErrorKind;
import dev.mooring.spi.Connector;
import dev.mooring.spi.ServerVersion;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;
import org.mariadb.jdbc.Configuration;
import org.mariadb.jdbc.Driver;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens connections through MariaDB's driver. */
final class MariadbConnector implements Connector {

    private static final Logger LOG = LoggerFactory.getLogger("dev.mooring.db.backends");
    private static final Duration GRACE = Duration.ofSeconds(2);
    private static final ServerVersion OLDEST = new ServerVersion(10, 6);

    private final DatabaseSettings settings;
    private final String url;
    private final String database;
    private final Properties properties;
    private final MariadbSession session;
    private final Duration statementTimeout;
    private final Duration connectTimeout;

    MariadbConnector(DatabaseSettings settings, MariadbOptions options, MariadbSession session) {
        this.settings = settings;
        this.url = MariadbProperties.url(settings);
        this.database = settings.name();
        this.properties = MariadbProperties.of(settings, options);
        this.session = session;
        this.statementTimeout = settings.statementTimeout();
        this.connectTimeout = settings.connectTimeout();
    }

    @Override
    public Connection open() throws SQLException {
        return open(connectTimeout);
    }

    /** The driver bounds each wait of the login by itself. */
    @Override
    public Connection open(Duration timeout) throws SQLException {
        long deadline = System.nanoTime() + timeout.toNanos();
        Properties bounded = new Properties();
        bounded.putAll(properties);
        String millis = String.valueOf(SocketTimeout.millis(timeout));
        bounded.setProperty("connectTimeout", millis);
        bounded.setProperty("socketTimeout", millis);
        MariadbProperties.addSuppliedPassword(settings, bounded);
        Connection connection = Driver.connect(configuration(bounded));
        try {
            Duration left = Duration.ofNanos(Math.max(1, deadline - System.nanoTime()));
            connection.setNetworkTimeout(Runnable::run, SocketTimeout.millis(left));
            return connection;
        } catch (SQLException | RuntimeException | Error e) {
            connection.close();
            throw e;
        }
    }

    /** The name of the database may hold what has a meaning in a URL. */
    private Configuration configuration(Properties bounded) throws SQLException {
        Configuration parsed = Configuration.parse(url, bounded);
        if (parsed == null) {
            throw new SQLException("the driver did not accept its own URL", "08001");
        }
        return parsed.toBuilder().database(database).build();
    }

    /** Bounded by what bounds the connection so far: the connect timeout, if it is new. */
    @Override
    public void initialize(Connection connection) throws SQLException {
        requireMariadb(connection.getMetaData());
        setSession(connection);
        boundStatements(connection);
    }

    private void requireMariadb(DatabaseMetaData server) throws SQLException {
        ServerVersion found = ServerVersion.of(server);
        if (!server.getDatabaseProductName().equals("MariaDB") || found.compareTo(OLDEST) < 0) {
            throw ErrorKind.NOT_SUPPORTED.exception("Database '%s' needs MariaDB %s or later, but found %s %s"
                    .formatted(settings.alias(), OLDEST, server.getDatabaseProductName(), found));
        }
    }

    /** Bounds what waits for the socket from now on, as the setting {@code statementTimeout} has it. */
    void boundStatements(Connection connection) throws SQLException {
        SocketTimeout.forStatements(connection, statementTimeout);
    }

    /** Sets what each user of a connection is to find set. */
    void setSession(Connection connection) throws SQLException {
        session.set(connection);
    }

    /** Not the driver's {@code isValid}, which counts in whole seconds. */
    @Override
    public boolean isUsable(Connection connection, Duration timeout) {
        try {
            SocketTimeout.within(timeout, connection, () -> ping(connection));
            return true;
        } catch (SQLException | RuntimeException e) {
            return false;
        }
    }

    /** Has the server answer, and with that say whether a transaction is open. */
    static void ping(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("DO 1");
        }
    }

    /** The server ends a statement sooner, and the socket a silence: this is for what is sent and not taken, or trickles in. */
    @Override
    public Duration statementTimeout() {
        return statementTimeout.isZero() ? Duration.ZERO : statementTimeout.plus(GRACE);
    }

    @Override
    public boolean interruptsAnyCall() {
        return true;
    }

    /** Ends the connection. On a thread of its own, for the driver opens another connection to have the server end this one. */
    @Override
    public void interrupt(Connection connection) {
        Thread thread = new Thread(() -> abort(connection), "mooring-abort");
        thread.setDaemon(true);
        thread.start();
    }

    private static void abort(Connection connection) {
        try {
            connection.abort(Runnable::run);
        } catch (SQLException e) {
            LOG.debug("Aborting a connection failed", e);
        }
    }
}
