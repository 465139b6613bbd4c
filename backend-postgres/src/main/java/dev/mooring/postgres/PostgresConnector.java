package dev.mooring.postgres;

import dev.mooring.config.DatabaseSettings;
import dev.mooring.spi.Connector;
import java.math.BigDecimal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;
import org.postgresql.PGProperty;

/** Opens connections through pgjdbc. */
final class PostgresConnector implements Connector {

    private static final Duration GRACE = Duration.ofSeconds(2);

    private final Driver driver = new Driver();
    private final String url;
    private final DatabaseSettings settings;
    private final Properties properties;
    private final PostgresSession session;
    private final DriverState driverState;
    private final Duration statementTimeout;
    private final boolean rewritesInserts;
    private final Duration connectTimeout;

    PostgresConnector(DatabaseSettings settings) {
        this.settings = settings;
        properties = PostgresProperties.of(settings);
        // The URL names the database, escaped, and nothing else: pgjdbc would prefer an empty name in it to the
        // property.
        url = "jdbc:postgresql:" + URLEncoder.encode(settings.name(), StandardCharsets.UTF_8);
        session = PostgresSession.of(settings);
        driverState = DriverState.of(properties);
        statementTimeout = settings.statementTimeout();
        rewritesInserts = PGProperty.REWRITE_BATCHED_INSERTS.getBoolean(properties);
        connectTimeout = settings.connectTimeout();
    }

    @Override
    public Connection open() throws SQLException {
        return open(connectTimeout);
    }

    /** The driver takes a fraction of a second for the login as a whole, and seconds for each wait in it. */
    @Override
    public Connection open(Duration timeout) throws SQLException {
        long deadline = System.nanoTime() + timeout.toNanos();
        Properties bounded = new Properties();
        bounded.putAll(properties);
        PGProperty.LOGIN_TIMEOUT.set(bounded, seconds(timeout));
        PGProperty.CONNECT_TIMEOUT.set(bounded, PostgresProperties.wholeSeconds(timeout));
        PGProperty.SOCKET_TIMEOUT.set(bounded, PostgresProperties.wholeSeconds(timeout));
        PostgresProperties.addSuppliedPassword(settings, bounded);
        Connection connection = open(bounded);
        try {
            Duration left = Duration.ofNanos(Math.max(1, deadline - System.nanoTime()));
            connection.setNetworkTimeout(Runnable::run, SocketTimeout.millis(left));
            return connection;
        } catch (SQLException | RuntimeException | Error e) {
            connection.close();
            throw e;
        }
    }

    private static String seconds(Duration timeout) {
        return BigDecimal.valueOf(SocketTimeout.millis(timeout), 3).toPlainString();
    }

    private Connection open(Properties with) throws SQLException {
        try {
            @Nullable Connection connection = driver.connect(url, with);
            if (connection == null) {
                throw new SQLException("pgjdbc did not accept its own URL", "08001");
            }
            return connection;
        } catch (SQLException e) {
            throw explained(e);
        }
    }

    /** Bounded by what bounds the connection so far: the connect timeout, if it is new. */
    @Override
    public void initialize(Connection connection) throws SQLException {
        DriverVersion.warnIfUnsafe(connection);
        setSession(connection);
        boundStatements(connection);
    }

    /** Bounds what waits for the socket from now on, as the setting {@code statementTimeout} has it. */
    void boundStatements(Connection connection) throws SQLException {
        SocketTimeout.forStatements(connection, statementTimeout);
    }

    /** Sets what each user of a connection is to find set. */
    void setSession(Connection connection) throws SQLException {
        session.set(connection);
    }

    /** Sets back what the driver remembers and the server does not know of. Sends nothing. */
    void restoreDriver(Connection connection) throws SQLException {
        driverState.restore(connection);
    }

    /**
     * The driver counts in whole seconds, the socket in milliseconds; the lesser bound holds.
     *
     * <p>A pending interrupt does not matter on a platform thread; on a virtual one it closes the socket, so the answer
     * is no.
     */
    @Override
    public boolean isUsable(Connection connection, Duration timeout) {
        boolean[] valid = {false};
        try {
            SocketTimeout.within(
                    timeout, connection, () -> valid[0] = connection.isValid(PostgresProperties.wholeSeconds(timeout)));
            return valid[0];
        } catch (SQLException | RuntimeException e) {
            return false;
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

    /** Ends the connection. On a thread of its own, for closing a socket with TLS may wait for a call that is sending. */
    @Override
    public void interrupt(Connection connection) throws SQLException {
        connection.abort(closing -> {
            Thread thread = new Thread(closing, "mooring-abort");
            thread.setDaemon(true);
            thread.start();
        });
    }

    /** With {@code reWriteBatchedInserts} the driver counts no rows; without another clause each list has inserted one. */
    @Override
    public boolean countsBatch(String sql) {
        return !rewritesInserts || !InsertedRows.mayDiffer(sql);
    }

    private static SQLException explained(SQLException e) {
        String message = e.getMessage();
        if (message == null || !message.contains("unsupported startup parameter")) {
            return e;
        }
        return new SQLException(
                message
                        + "; PgBouncer takes neither a statement timeout nor read-only at the start: set"
                        + " statementTimeout to 0 and readOnly to false, or list 'options' in its"
                        + " ignore_startup_parameters",
                e.getSQLState(),
                e);
    }
}
