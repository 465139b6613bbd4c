package dev.mooring;

import dev.mooring.LockRetry.SqlCall;
import dev.mooring.Statements.StatementCall;
import dev.mooring.pool.PooledConnection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Runs every statement of one wrapper: the write lock where there is one, the lease, the calls to the driver, what became of
 * them, and the way back. {@link StatementRun} has the steps in their order. Confined to the wrapper's thread.
 */
final class StatementExecutor {

    private final DatabaseWrapper wrapper;
    private final Statements statements;
    private final LockRetry lockRetry;
    private final TransactionState transaction;
    private final TransactionRunner transactionRunner;
    private final ConnectionHolder held;
    private final WriteLockHolder writeLock;
    private final DriverErrors errors;
    private final QueryLog queries;
    private final ExecuteWrappers wrappers;
    private final SessionUseCheck uses;
    private final boolean endsWithRows;
    private final StatementCall<List<Row>> reading = this::read;
    private final StatementCall<Integer> changing = this::change;

    StatementExecutor(
            DatabaseWrapper wrapper,
            TransactionState transaction,
            TransactionRunner transactionRunner,
            ConnectionHolder held,
            WriteLockHolder writeLock,
            DriverErrors errors,
            QueryLog queries) {
        this.wrapper = wrapper;
        DatabaseContext context = wrapper.context();
        this.statements = context.statements();
        this.lockRetry = context.lockRetry();
        this.wrappers =
                new ExecuteWrappers(wrapper, context.registry().observability().wrappers());
        this.queries = queries;
        this.uses = new SessionUseCheck(context.alias(), transaction, held);
        this.endsWithRows = context.backend().transactionControl().endsWithUnreadChanges();
        this.transaction = transaction;
        this.transactionRunner = transactionRunner;
        this.held = held;
        this.writeLock = writeLock;
        this.errors = errors;
    }

    List<Row> query(String sql, @Nullable Object @Nullable [] parameters) {
        return wrappers.isEmpty() ? run(sql, parameters, reading) : runWrapped(sql, parameters, reading, List.of());
    }

    int execute(String sql, @Nullable Object @Nullable [] parameters) {
        return wrappers.isEmpty() ? run(sql, parameters, changing) : runWrapped(sql, parameters, changing, 0);
    }

    private List<Row> read(CachedStatement statement) throws SQLException {
        if (!lockRetry.call(statement::execute)) {
            return List.of();
        }
        List<Row> read = statements.readAll(statement);
        statement.closeRows();
        return read;
    }

    private int change(CachedStatement statement) throws SQLException {
        if (!lockRetry.call(statement::execute)) {
            return statement.updateCount();
        }
        int changed = statement.text().returning() ? statement.countRows() : 0;
        statement.closeRows();
        return changed;
    }

    /** {@return whether the calls of a batch are made one by one} So they are where the driver's own would not say enough. */
    private boolean runsOneByOne(SqlText text) {
        return text.returning()
                || text.several()
                || lockRetry.isNeeded()
                || !wrapper.context().backend().connector().countsBatch(text.sql());
    }

    /** {@return how many rows the statement changes, run with each of {@code lists}} */
    int changeMany(CachedStatement statement, List<@Nullable Object[]> lists) throws SQLException {
        return runsOneByOne(statement.text()) ? changeEach(statement, lists) : changeBatch(statement, lists);
    }

    private int changeEach(CachedStatement statement, List<@Nullable Object[]> lists) throws SQLException {
        int changed = 0;
        for (@Nullable Object[] parameters : lists) {
            statements.bind(statement, parameters);
            changed += change(statement);
        }
        return changed;
    }

    private int changeBatch(CachedStatement statement, List<@Nullable Object[]> lists) throws SQLException {
        for (@Nullable Object[] parameters : lists) {
            statements.bind(statement, parameters);
            statement.jdbc().addBatch();
        }
        int changed = 0;
        for (int count : statement.jdbc().executeBatch()) {
            // A driver that puts inserts of one row together does not say more, but each inserted its row.
            changed += count == Statement.SUCCESS_NO_INFO ? 1 : Math.max(0, count);
        }
        return changed;
    }

    private <T> T runWrapped(String sql, @Nullable Object @Nullable [] parameters, StatementCall<T> call, T nothing) {
        return wrappers.run(sql, parameters, nothing, execution -> run(execution.sql(), execution.array(), call));
    }

    private <T> T run(String sql, @Nullable Object @Nullable [] parameters, StatementCall<T> call) {
        wrapper.check();
        SqlText text = statements.parse(sql, parameters);
        if (parameters != null && Statements.hasLists(text, parameters)) {
            InLists.Statement expanded = statements.expand(sql, text, parameters);
            return run(expanded.sql(), statements.parse(expanded), expanded.array(), call);
        }
        return run(sql, text, parameters, call);
    }

    private <T> T run(String sql, SqlText text, @Nullable Object @Nullable [] parameters, StatementCall<T> call) {
        wrapper.open().checkUnambiguous("run a statement");
        StatementRun run = open(sql, text);
        try {
            return run.execute(0, parameters, call);
        } finally {
            run.close();
        }
    }

    /**
     * {@return what {@code call} returns, which is a batch of the driver's} What is half done cannot be tried again, so where
     * there are locks to wait for, a transaction takes them before, unless one is open. It ends as the driver's own calls in
     * autocommit do: what was done before a failure stays.
     */
    <T> T batch(SqlCall<T> call) throws SQLException {
        if (!lockRetry.isNeeded() || !isAutocommit()) {
            return call.run();
        }
        try (AtomicBlock block = wrapper.beginOwnBlock()) {
            T result;
            try {
                result = call.run();
            } catch (SQLException e) {
                commitAfter(block, e);
                throw e;
            }
            block.commit();
            return result;
        }
    }

    private static void commitAfter(AtomicBlock block, SQLException failure) {
        try {
            block.commit();
        } catch (RuntimeException e) {
            Statements.suppress(failure, e);
        }
    }

    /** {@return what {@code call} returns} It is repeated if its statement was stale and nothing but it is lost by that. */
    <T> T repeatingStale(SqlCall<T> call) throws SQLException {
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
            Statements.suppress(because, e);
            return false;
        }
    }

    /** {@return a statement that has the write lock, where it needs it, and the lease, to be closed} */
    StatementRun open(String sql, SqlText text) {
        uses.checkEffect(text, transactionRunner::isWithinText);
        boolean locked = lockForWriting(text);
        boolean opened = false;
        try {
            StatementRun run = new StatementRun(this, sql, text, locked);
            run.lease();
            opened = true;
            return run;
        } finally {
            if (locked && !opened) {
                unlockWriting();
            }
        }
    }

    /** Begins a statement if the transaction can still take one; every call is followed by one of {@link #end()}. */
    PooledConnection begin(String sql, SqlText text) {
        prepareToRun();
        PooledConnection connection = held.retain();
        connection.statement(sql);
        if (text.mayWrite()) {
            connection.wrote();
        }
        if (!text.leavesSessionAlone()) {
            connection.dirty(true);
            transaction.health().markStatusUnknown();
        }
        return connection;
    }

    void end() {
        held.release();
    }

    /** Refuses a text that would do something else now than what it says. */
    void check(SqlText text) {
        uses.check(text);
    }

    /** {@return true if the statement acquired the write lock, so that {@link #unlockWriting()} must follow it} */
    boolean lockForWriting(SqlText text) {
        check(text);
        return text.mayWrite() && !transaction.inAtomic() && writeLock.lock();
    }

    void unlockWriting() {
        writeLock.unlock();
    }

    /** {@return the changes whose rows are to be closed before the transaction ends; null where it can end with them open} */
    @Nullable
    UnreadChanges unread() {
        return endsWithRows ? null : transactionRunner.unread();
    }

    /** {@return whether each statement is committed by itself, in no transaction that a text began either} */
    boolean isAutocommit() {
        return wrapper.transaction().getAutocommit() && !transactionRunner.isWithinText();
    }

    /** Has the transaction that the next statement needs begun, if it can still take one. */
    void prepareToRun() {
        transactionRunner.ensureBegun();
        transaction.checkUsable();
        transactionRunner.checkNotEnded();
    }

    /** Notes that the session is not as it was; if that cannot be reset, it will end. */
    void changed(boolean resettable) {
        PooledConnection connection = held.retain();
        connection.dirty(true);
        if (!resettable) {
            connection.notResettable();
        }
        transaction.health().markExposed();
        held.release();
    }

    /** {@return what {@code call} returns} Is for what may take long and is no statement of its own. */
    <T> T timed(LockRetry.SqlCall<T> call, long limitNanos) throws SQLException {
        PooledConnection connection = held.retain();
        connection.calls().limit(limitNanos);
        connection.calls().begin();
        try {
            return call.run();
        } finally {
            connection.calls().limit(0);
            held.release();
        }
    }

    /** A statement went well, unless what it read or wrote is not the database's any more. */
    void ran() throws SQLException {
        held.verify();
        transactionRunner.ran();
    }

    RuntimeException failed(Throwable error, String sql) {
        return errors.statementFailed(error, sql);
    }

    /** A statement that is over could not be closed: what the caller wanted was done, so only the connection suffers. */
    void closingFailed(Throwable error) {
        if (!errors.isBenign(error)) {
            held.invalidate();
        }
    }

    void requireValid() {
        held.requireValid();
    }

    Statements statements() {
        return statements;
    }

    ExecuteWrappers wrappers() {
        return wrappers;
    }

    QueryLog queries() {
        return queries;
    }

    LockRetry lockRetry() {
        return lockRetry;
    }
}
