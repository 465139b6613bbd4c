package dev.mooring.spi;

import static java.util.Objects.requireNonNull;

import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;

/**
 * The part of another backend that knows what a session remembers, to be changed in single methods: what a subclass does not override is the
 * other part's. A method of the other part that calls a second one calls its own, whatever is overridden here.
 */
public abstract class ForwardingSessionRules implements SessionRules {

    private final SessionRules delegate;

    /** For subclasses. What is not overridden is {@code delegate}'s. */
    protected ForwardingSessionRules(SessionRules delegate) {
        this.delegate = requireNonNull(delegate, "delegate");
    }

    /** {@return the part that is changed} */
    protected final SessionRules delegate() {
        return delegate;
    }

    @Override
    public boolean leavesSessionAlone(String sql) {
        return delegate.leavesSessionAlone(sql);
    }

    @Override
    public boolean leavesSessionAlone(Method method) {
        return delegate.leavesSessionAlone(method);
    }

    @Override
    public Optional<String> readOnly(boolean readOnly) {
        return delegate.readOnly(readOnly);
    }

    @Override
    public Set<StatementTrait> traits(SqlStatement statement) {
        return delegate.traits(statement);
    }

    @Override
    public boolean mayWrite(String sql) {
        return delegate.mayWrite(sql);
    }

    @Override
    public boolean reset(Connection connection) throws SQLException {
        return delegate.reset(connection);
    }
}
