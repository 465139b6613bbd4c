package dev.mooring;

import dev.mooring.Statements.StatementCall;
import dev.mooring.pool.PooledConnection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The way that every statement takes to the driver: the writer's turn where there is one, the lease, the call, what became
 * of it, and the way back. A {@link Cursor} goes it in steps. One per wrapper, for its thread.
 */
final class StatementRunner {

    private final DatabaseWrapper wrapper;
    private final Statements statements;
    private final LockPatience patience;
    private final TransactionState transaction;
    private final TransactionRunner transactionRunner;
    private final HeldConnection held;
    private final WriterTurn turn;
    private final DriverErrors errors;
    private final QueryLog queries;
    private final ExecuteWrappers wrappers;
    private final StatementCall<List<Row>> reading = this::read;
    private final StatementCall<Integer> changing = this::change;

    StatementRunner(
            DatabaseWrapper wrapper,
            TransactionState transaction,
            TransactionRunner transactionRunner,
            HeldConnection held,
            WriterTurn turn,
            DriverErrors errors,
            QueryLog queries) {
        this.wrapper = wrapper;
        Database database = wrapper.database();
        this.statements = database.statements();
        this.patience = database.patience();
        this.wrappers = new ExecuteWrappers(wrapper, database.instruments().wrappers());
        this.queries = queries;
        this.transaction = transaction;
        this.transactionRunner = transactionRunner;
        this.held = held;
        this.turn = turn;
        this.errors = errors;
    }

    List<Row> query(String sql, @Nullable Object[] parameters) {
        return wrappers.isEmpty() ? run(sql, parameters, reading) : runWrapped(sql, parameters, reading, List.of());
    }

    int execute(String sql, @Nullable Object[] parameters) {
        return wrappers.isEmpty() ? run(sql, parameters, changing) : runWrapped(sql, parameters, changing, 0);
    }

    private List<Row> read(KeptStatement statement) throws SQLException {
        if (!patience.call(statement::execute)) {
            return List.of();
        }
        try (ResultSet rows = statement.rows()) {
            return statements.readAll(statement, rows);
        }
    }

    private int change(KeptStatement statement) throws SQLException {
        if (patience.call(statement::execute)) {
            // Left unread, a result would keep SQLite's read lock for as long as the statement is kept.
            statement.rows().close();
            return 0;
        }
        return Math.max(0, statement.jdbc().getUpdateCount());
    }

    private <T> T runWrapped(String sql, @Nullable Object[] parameters, StatementCall<T> call, T nothing) {
        return wrappers.run(
                sql,
                parameters,
                nothing,
                execution -> run(execution.sql(), execution.parameters().toArray(), call));
    }

    private <T> T run(String sql, @Nullable Object[] parameters, StatementCall<T> call) {
        wrapper.check();
        SqlText text = statements.read(sql, parameters);
        boolean taken = takeTurn(text);
        try {
            return run(sql, text, parameters, call);
        } finally {
            if (taken) {
                turn.pass();
            }
        }
    }

    private <T> T run(String sql, SqlText text, @Nullable Object[] parameters, StatementCall<T> call) {
        PooledConnection connection = begin(sql, text);
        try {
            T result = runWatched(connection, sql, text, parameters, call);
            ran();
            return result;
        } catch (SQLException | RuntimeException | Error e) {
            throw failed(e, sql);
        } finally {
            held.end();
        }
    }

    private <T> T runWatched(
            PooledConnection connection, String sql, SqlText text, @Nullable Object[] parameters, StatementCall<T> call)
            throws SQLException {
        long start = queries.start();
        try {
            return statements.run(connection, text, parameters, call);
        } finally {
            queries.ran(sql, parameters, start);
        }
    }

    /** Begins a statement if the transaction can still take one; every call is followed by one of {@link #end()}. */
    PooledConnection begin(String sql, SqlText text) {
        prepareToRun();
        PooledConnection connection = held.begin();
        connection.statement(sql);
        if (text.mayWrite()) {
            connection.wrote();
        }
        if (!text.leavesSessionAlone()) {
            connection.changed(true);
            transaction.markDoubtful();
        }
        return connection;
    }

    void end() {
        held.end();
    }

    /** {@return whether a writer's turn was taken for this statement, to be passed on after it} */
    boolean takeTurn(SqlText text) {
        return text.mayWrite() && !transaction.inAtomic() && turn.take();
    }

    void passTurn() {
        turn.pass();
    }

    /** Has the transaction that the next statement needs begun, if it can still take one. */
    void prepareToRun() {
        transactionRunner.ensureBegun();
        transaction.checkUsable();
    }

    /** Notes that the session is not as it was; if that cannot be reset, it will end. */
    void changed(boolean resettable) {
        PooledConnection connection = held.begin();
        connection.changed(true);
        if (!resettable) {
            connection.customised();
        }
        transaction.markDoubtful();
        held.end();
    }

    /** {@return what {@code call} returns} Is for what may take long and is no statement of its own. */
    <T> T timed(LockPatience.SqlCall<T> call) throws SQLException {
        PooledConnection connection = held.begin();
        connection.calls().begin();
        try {
            return call.run();
        } finally {
            connection.calls().end();
            held.end();
        }
    }

    /** A statement went well, unless what it read or wrote is not the database's any more. */
    void ran() throws SQLException {
        held.verify();
        transaction.used();
    }

    RuntimeException failed(Throwable error, String sql) {
        return errors.statementFailed(error, sql);
    }

    /** A statement that is over could not be closed: what the caller wanted was done, so only the connection suffers. */
    void closingFailed(Throwable error) {
        if (!(error instanceof SQLException e && errors.isBenign(e))) {
            held.condemn();
        }
    }

    void checkSound() {
        held.checkSound();
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

    LockPatience patience() {
        return patience;
    }
}
