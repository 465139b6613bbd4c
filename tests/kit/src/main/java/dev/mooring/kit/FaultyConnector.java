package dev.mooring.kit;

import dev.mooring.spi.Connector;
import dev.mooring.spi.SqlStatement;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * Opens real connections and hands out stand-ins. Whatever else the layer asks, the real connector answers: a default of the
 * interface would turn off what the real one does, unseen.
 */
final class FaultyConnector implements Connector {

    private final Connector real;
    private final Faults faults;

    FaultyConnector(Connector real, Faults faults) {
        this.real = real;
        this.faults = faults;
    }

    @Override
    public Connection open() throws SQLException {
        return open(real::open);
    }

    @Override
    public Connection open(Duration timeout) throws SQLException {
        return open(() -> real.open(timeout));
    }

    private Connection open(Opening real) throws SQLException {
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
    public void verify(Connection connection) throws SQLException {
        answer(JdbcProxy.connectionOf(connection), "Connector.verify", () -> {
            real.verify(connection);
            return true;
        });
    }

    @Override
    public boolean isInMemory() {
        return real.isInMemory();
    }

    @Override
    public Optional<Object> writeLockKey() {
        return real.writeLockKey();
    }

    @Override
    public Duration lockTimeout() {
        return real.lockTimeout();
    }

    @Override
    public boolean interruptsAnyCall() {
        return real.interruptsAnyCall();
    }

    @Override
    public Duration statementTimeout() {
        return real.statementTimeout();
    }

    /** Not to be struck: it comes from the housekeeper, beside the calls that are counted. */
    @Override
    public void interrupt(Connection connection) throws SQLException {
        real.interrupt(connection);
    }

    @Override
    public boolean countsBatch(String sql) {
        return real.countsBatch(sql);
    }

    @Override
    public boolean countsChanges(SqlStatement statement) {
        return real.countsChanges(statement);
    }

    @Override
    public boolean honoursQueryTimeout() {
        return real.honoursQueryTimeout();
    }

    @Override
    public int statementCacheSize() {
        return real.statementCacheSize();
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

    private interface Opening {
        Connection open() throws SQLException;
    }
}
