package dev.mooring.spi;

import static java.util.Objects.requireNonNull;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/**
 * The part of another backend that opens connections, to be changed in single methods: what a subclass does not override is the
 * other part's. A method of the other part that calls a second one calls its own, whatever is overridden here.
 */
public abstract class ForwardingConnector implements Connector {

    private final Connector delegate;

    /** For subclasses. What is not overridden is {@code delegate}'s. */
    protected ForwardingConnector(Connector delegate) {
        this.delegate = requireNonNull(delegate, "delegate");
    }

    /** {@return the part that is changed} */
    protected final Connector delegate() {
        return delegate;
    }

    @Override
    public Connection open() throws SQLException {
        return delegate.open();
    }

    @Override
    public Connection open(Duration timeout) throws SQLException {
        return delegate.open(timeout);
    }

    @Override
    public void initialize(Connection connection) throws SQLException {
        delegate.initialize(connection);
    }

    @Override
    public boolean isUsable(Connection connection, Duration timeout) {
        return delegate.isUsable(connection, timeout);
    }

    @Override
    public void verify(Connection connection) throws SQLException {
        delegate.verify(connection);
    }

    @Override
    public boolean isInMemory() {
        return delegate.isInMemory();
    }

    @Override
    public Optional<Object> writeLockKey() {
        return delegate.writeLockKey();
    }

    @Override
    public Duration lockTimeout() {
        return delegate.lockTimeout();
    }

    @Override
    public boolean interruptsAnyCall() {
        return delegate.interruptsAnyCall();
    }

    @Override
    public Duration statementTimeout() {
        return delegate.statementTimeout();
    }

    @Override
    public void interrupt(Connection connection) throws SQLException {
        delegate.interrupt(connection);
    }

    @Override
    public boolean countsBatch(String sql) {
        return delegate.countsBatch(sql);
    }

    @Override
    public boolean honoursQueryTimeout() {
        return delegate.honoursQueryTimeout();
    }

    @Override
    public boolean countsChanges(SqlStatement statement) {
        return delegate.countsChanges(statement);
    }

    @Override
    public int statementCacheSize() {
        return delegate.statementCacheSize();
    }
}
