package dev.mooring.kit;

import dev.mooring.spi.Connector;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;

/** Opens real connections and hands out stand-ins. */
final class FaultyConnector implements Connector {

    private final Connector real;
    private final Faults faults;

    FaultyConnector(Connector real, Faults faults) {
        this.real = real;
        this.faults = faults;
    }

    @Override
    public Connection open() throws SQLException {
        FaultyConnection opening = new FaultyConnection(faults);
        boolean opened = false;
        try {
            Connection connection = (Connection) answer(opening, "Connector.open", () -> opening.open(real.open()));
            opened = true;
            return connection;
        } finally {
            if (!opened) {
                opening.lose();
                opening.end();
            }
        }
    }

    @Override
    public void initialize(Connection connection) throws SQLException {
        real.initialize(connection);
    }

    /** A driver's exception is an answer here: no backend lets one out of its health check. */
    @Override
    public boolean isUsable(Connection connection, Duration timeout) {
        try {
            return (boolean) answer(
                    JdbcProxy.connectionOf(connection), "Connector.isUsable", () -> real.isUsable(connection, timeout));
        } catch (SQLException e) {
            return false;
        }
    }

    @Override
    public boolean holdsTheData() {
        return real.holdsTheData();
    }

    private Object answer(FaultyConnection on, String method, Invocation.Real call) throws SQLException {
        try {
            return Objects.requireNonNull(faults.perform(on, method, null, false, call), method);
        } catch (SQLException | RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new SQLException("Injected: " + e, e);
        }
    }
}
