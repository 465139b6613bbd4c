package dev.mooring.mariadb;

import dev.mooring.spi.ErrorClassifier;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.time.Duration;

/**
 * How long a call waits for the next bytes of an answer. The driver hands it to the socket, which remembers it: a change
 * sends nothing.
 */
final class SocketTimeout {

    /** So that the server's own timeout, which keeps the connection, comes first. */
    private static final Duration GRACE = Duration.ofSeconds(1);

    private static final ErrorClassifier ERRORS = new MariadbErrorClassifier();

    private SocketTimeout() {}

    /** Bounds every call from now on to a little more than {@code statement}; zero lifts the bound. */
    static void forStatements(Connection connection, Duration statement) throws SQLException {
        set(connection, statement.isZero() ? 0 : millis(statement.plus(GRACE)));
    }

    /** Does {@code call} with a bound of its own. */
    static void within(Duration most, Connection connection, Call call) throws SQLException {
        int before = connection.getNetworkTimeout();
        set(connection, millis(most));
        try {
            call.run();
        } catch (SQLException e) {
            restoreAfter(e, connection, before);
            throw e;
        }
        try {
            set(connection, before);
        } catch (SQLException e) {
            // Whatever its SQLSTATE says, it is not about the call, which was done.
            throw new SQLException("done, but the socket's timeout is still another: " + e.getMessage(), "08007", e);
        }
    }

    /** {@return the duration in milliseconds, rounded up} The driver counts them in an int, and takes zero for ever. */
    static int millis(Duration duration) {
        return (int) Math.min(Math.max(1, duration.plusNanos(999_999).toMillis()), Integer.MAX_VALUE);
    }

    /** A connection that will be invalidated is not touched again. */
    private static void restoreAfter(SQLException failure, Connection connection, int before) {
        if (!ERRORS.classify(failure).isBenign()) {
            return;
        }
        try {
            set(connection, before);
        } catch (SQLException e) {
            // Hung on the failure, it invalidates the connection.
            failure.addSuppressed(new SQLException(e.getMessage(), "08007", e));
        }
    }

    /** On a closed connection the driver would say that the text of a statement was wrong. */
    private static void set(Connection connection, int millis) throws SQLException {
        if (connection.isClosed()) {
            throw new SQLNonTransientConnectionException(
                    "Connection is closed", "08003", MariadbErrorClassifier.DRIVER_CLOSED);
        }
        connection.setNetworkTimeout(Runnable::run, millis);
    }

    /** Calls to the driver. */
    interface Call {
        void run() throws SQLException;
    }
}
