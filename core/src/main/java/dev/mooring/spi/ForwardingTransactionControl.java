package dev.mooring.spi;

import static java.util.Objects.requireNonNull;

import dev.mooring.config.IsolationLevel;
import dev.mooring.error.CommitOutcome;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/**
 * The part of another backend that begins and ends transactions, to be changed in single methods: what a subclass does not override is the
 * other part's. A method of the other part that calls a second one calls its own, whatever is overridden here.
 */
public abstract class ForwardingTransactionControl implements TransactionControl {

    private final TransactionControl delegate;

    /** For subclasses. What is not overridden is {@code delegate}'s. */
    protected ForwardingTransactionControl(TransactionControl delegate) {
        this.delegate = requireNonNull(delegate, "delegate");
    }

    /** {@return the part that is changed} */
    protected final TransactionControl delegate() {
        return delegate;
    }

    @Override
    public void begin(Connection connection, boolean readOnly) throws SQLException {
        delegate.begin(connection, readOnly);
    }

    @Override
    public void begin(Connection connection, boolean readOnly, IsolationLevel level) throws SQLException {
        delegate.begin(connection, readOnly, level);
    }

    @Override
    public void commit(Connection connection) throws SQLException {
        delegate.commit(connection);
    }

    @Override
    public void rollback(Connection connection) throws SQLException {
        delegate.rollback(connection);
    }

    @Override
    public void savepoint(Connection connection, String id) throws SQLException {
        delegate.savepoint(connection, id);
    }

    @Override
    public void releaseSavepoint(Connection connection, String id) throws SQLException {
        delegate.releaseSavepoint(connection, id);
    }

    @Override
    public void rollbackToSavepoint(Connection connection, String id) throws SQLException {
        delegate.rollbackToSavepoint(connection, id);
    }

    @Override
    public TransactionStatus status(Connection connection) throws SQLException {
        return delegate.status(connection);
    }

    @Override
    public TransactionStatus statusAfterError(Connection connection) throws SQLException {
        return delegate.statusAfterError(connection);
    }

    @Override
    public Optional<String> transactionId(Connection connection) throws SQLException {
        return delegate.transactionId(connection);
    }

    @Override
    public Optional<String> sessionId(Connection connection) throws SQLException {
        return delegate.sessionId(connection);
    }

    @Override
    public CommitOutcome outcome(SqlRunner sql, String transactionId) {
        return delegate.outcome(sql, transactionId);
    }

    @Override
    public boolean beginsAtOnce() {
        return delegate.beginsAtOnce();
    }

    @Override
    public boolean isStatusFree() {
        return delegate.isStatusFree();
    }

    @Override
    public boolean endsWithUnreadChanges() {
        return delegate.endsWithUnreadChanges();
    }
}
