package dev.mooring.kit;

import static java.util.Objects.requireNonNull;

import dev.mooring.spi.Connector;
import dev.mooring.spi.ForwardingConnector;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Opens real connections and hands out stand-ins. An interrupt is not struck: it comes beside the calls that are counted. */
final class FaultyConnector extends ForwardingConnector {

    private final Faults faults;

    /** {@code delegate}, with {@code faults} to befall what it opens, probes and verifies. */
    FaultyConnector(Connector delegate, Faults faults) {
        super(delegate);
        this.faults = faults;
    }

    @Override
    public Connection open() throws SQLException {
        return open(super::open);
    }

    @Override
    public Connection open(Duration timeout) throws SQLException {
        return open(() -> super.open(timeout));
    }

    @Override
    public boolean isUsable(Connection connection, Duration timeout) {
        return isUsable(JdbcProxy.connectionOf(connection), () -> super.isUsable(connection, timeout));
    }

    @Override
    public void verify(Connection connection) throws SQLException {
        answer(JdbcProxy.connectionOf(connection), "Connector.verify", () -> {
            super.verify(connection);
            return null;
        });
    }

    private Connection open(Invocation.Real call) throws SQLException {
        FaultyConnection opening = new FaultyConnection(faults);
        boolean opened = false;
        try {
            Connection connection = (Connection) requireNonNull(
                    answer(opening, "Connector.open", () -> opening.open((Connection) requireNonNull(call.call()))));
            opened = true;
            return connection;
        } finally {
            if (!opened) {
                opening.lose();
                opening.end();
            }
        }
    }

    /** A driver's exception is an answer here: no backend lets one out of its health check. */
    private boolean isUsable(FaultyConnection connection, Invocation.Real call) {
        try {
            return (boolean) requireNonNull(answer(connection, "Connector.isUsable", call));
        } catch (SQLException e) {
            return false;
        }
    }

    private @Nullable Object answer(FaultyConnection on, String method, Invocation.Real call) throws SQLException {
        try {
            return faults.perform(on, method, null, false, call);
        } catch (SQLException | RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new SQLException("Injected: " + e, e);
        }
    }
}
