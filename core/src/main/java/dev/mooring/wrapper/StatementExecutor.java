package dev.mooring.wrapper;

import dev.mooring.pool.PooledConnection;
import dev.mooring.statement.Failures;
import dev.mooring.statement.LockRetry;
import dev.mooring.statement.LockRetry.SqlCall;
import dev.mooring.statement.PreparedStatements;
import dev.mooring.statement.SqlText;
import dev.mooring.statement.UnreadChanges;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * What every statement of one wrapper needs before, during and after its calls of the driver: the checks, the write lock where
 * there is one, the lease, the retries, the treatment of errors, and the way back. {@link StatementRun} has the steps in their
 * order. Confined to the wrapper's thread.
 */
public final class StatementExecutor {

    private final ThreadGuard guard;
    private final PreparedStatements statements;
    private final LockRetry lockRetry;
    private final TransactionState state;
    private final TransactionRunner transactionRunner;
    private final ConnectionHolder held;
    private final WriteLockHolder writeLock;
    private final DriverErrors errors;
    private final QueryLog queries;
    private final SessionUseCheck uses;
    private final boolean endsWithRows;

    StatementExecutor(
            DatabaseContext context,
            ThreadGuard guard,
            TransactionState state,
            TransactionRunner transactionRunner,
            ConnectionHolder held,
            WriteLockHolder writeLock,
            DriverErrors errors,
            QueryLog queries) {
        this.guard = guard;
        this.statements = context.statements();
        this.lockRetry = context.lockRetry();
        this.uses = new SessionUseCheck(context.alias(), state, held);
        this.endsWithRows = context.backend().transactionControl().endsWithUnreadChanges();
        this.state = state;
        this.transactionRunner = transactionRunner;
        this.held = held;
        this.writeLock = writeLock;
        this.errors = errors;
        this.queries = queries;
    }

    /** {@return what {@code call} returns} It is repeated if its statement was stale and nothing but it is lost by that. */
    public <T> T repeatingStale(SqlCall<T> call) throws SQLException {
        try {
            return call.run();
        } catch (SQLException e) {
            if (!errors.isStale(e) || !restart(e)) {
                throw e;
            }
            return call.run();
        }
    }

    private boolean restart(SQLException because) {
        try {
            return transactionRunner.restart();
        } catch (SQLException e) {
            Failures.suppress(because, e);
            return false;
        }
    }

    /** Begins a statement if the transaction can still take one; every call is followed by one of {@link #end()}. */
    public PooledConnection begin(String sql, SqlText text) {
        prepareToRun();
        PooledConnection connection = held.retain();
        connection.statement(sql);
        if (text.mayWrite()) {
            connection.wrote();
        }
        if (!text.leavesSessionAlone()) {
            connection.dirty(true);
            state.health().markStatusUnknown();
        }
        return connection;
    }

    public void end() {
        held.release();
    }

    /** Refuses a text that has no effect outside a transaction if there is none. */
    void checkEffect(SqlText text) {
        uses.checkEffect(text, transactionRunner::isWithinText);
    }

    /** Refuses a text that would do something else now than what it says. */
    public void check(SqlText text) {
        uses.check(text);
    }

    /** {@return true if the statement acquired the write lock, so that {@link #unlockWriting()} must follow it} */
    public boolean checkAndLock(SqlText text) {
        check(text);
        return text.mayWrite() && !state.inAtomic() && writeLock.lock();
    }

    public void unlockWriting() {
        writeLock.unlock();
    }

    /** {@return the changes whose rows are to be closed before the transaction ends; null where it can end with them open} */
    public @Nullable UnreadChanges unread() {
        return endsWithRows ? null : transactionRunner.unread();
    }

    /** Closes the rows of unread changes if the next statement is committed by itself, which is not done with them open. */
    public void endUnread() throws SQLException {
        UnreadChanges unread = unread();
        if (unread != null && !unread.isEmpty() && isAutocommit()) {
            unread.endAll();
        }
    }

    /** {@return whether each statement is committed by itself, in no transaction that a text began either} */
    public boolean isAutocommit() {
        guard.check();
        return state.isAutocommit() && !transactionRunner.isWithinText();
    }

    /** Has the transaction that the next statement needs begun, if it can still take one. */
    public void prepareToRun() {
        transactionRunner.ensureBegun();
        state.checkUsable();
        transactionRunner.checkNotEnded();
    }

    /** Notes that the session is not as it was; if that cannot be reset, it will end. */
    public void changed(boolean resettable) {
        PooledConnection connection = held.retain();
        connection.dirty(true);
        if (!resettable) {
            connection.notResettable();
        }
        state.health().markExposed();
        held.release();
    }

    /**
     * {@return what {@code call} returns} Every call of the driver for a statement is made here: within its time limit, on a
     * valid connection, and with {@code errors} to handle what it throws.
     *
     * @param statements how many statements it runs, each of which may take as long as one
     * @param limitNanos the limit of the call, if that is less than the usual one; none if zero
     */
    public <T, X extends Exception> T call(
            PooledConnection connection, int statements, long limitNanos, ErrorHandler<X> errors, SqlCall<T> call)
            throws X {
        try {
            connection.calls().begin(statements, limitNanos);
            held.requireValid();
            return call.run();
        } catch (SQLException | RuntimeException | Error e) {
            throw errors.handle(e);
        } finally {
            connection.calls().end();
        }
    }

    /** {@return the connection, leased for a call that is no statement of its own} {@link #end()} releases it. */
    public PooledConnection retain() {
        return held.retain();
    }

    /** A statement went well, unless what it read or wrote is not the database's any more. */
    public void ran() throws SQLException {
        held.verify();
        transactionRunner.ran();
    }

    public RuntimeException failed(Throwable error, String sql) {
        return errors.statementFailed(error, sql);
    }

    /** A statement that is over could not be closed: what the caller wanted was done, so only the connection suffers. */
    public void closingFailed(Throwable error) {
        if (!errors.isBenign(error)) {
            held.invalidate();
        }
    }

    PreparedStatements statements() {
        return statements;
    }

    public QueryLog queries() {
        return queries;
    }

    public LockRetry lockRetry() {
        return lockRetry;
    }
}
