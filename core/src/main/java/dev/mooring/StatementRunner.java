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

    private final Statements statements;
    private final LockPatience patience;
    private final TransactionState transaction;
    private final TransactionRunner transactionRunner;
    private final HeldConnection held;
    private final WriterTurn turn;
    private final DriverErrors errors;

    StatementRunner(
            Database database,
            TransactionState transaction,
            TransactionRunner transactionRunner,
            HeldConnection held,
            WriterTurn turn,
            DriverErrors errors) {
        this.statements = database.statements();
        this.patience = database.patience();
        this.transaction = transaction;
        this.transactionRunner = transactionRunner;
        this.held = held;
        this.turn = turn;
        this.errors = errors;
    }

    List<Row> query(String sql, @Nullable Object[] parameters) {
        return run(sql, parameters, statement -> {
            if (!patience.call(statement.jdbc()::execute)) {
                return List.of();
            }
            try (ResultSet rows = statement.jdbc().getResultSet()) {
                return statements.readAll(statement, rows);
            }
        });
    }

    int execute(String sql, @Nullable Object[] parameters) {
        return run(sql, parameters, statement -> {
            if (patience.call(statement.jdbc()::execute)) {
                // Left unread, a result would keep SQLite's read lock for as long as the statement is kept.
                statement.jdbc().getResultSet().close();
                return 0;
            }
            return Math.max(0, statement.jdbc().getUpdateCount());
        });
    }

    private <T> T run(String sql, @Nullable Object[] parameters, StatementCall<T> call) {
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
            T result = statements.run(connection, text, parameters, call);
            ran();
            return result;
        } catch (SQLException | RuntimeException | Error e) {
            throw failed(e, sql);
        } finally {
            held.end();
        }
    }

    /** Begins a statement if the transaction can still take one; every call is followed by one of {@link #end()}. */
    PooledConnection begin(String sql, SqlText text) {
        transactionRunner.ensureBegun();
        transaction.checkUsable();
        PooledConnection connection = held.begin();
        connection.statement(sql);
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

    /** A statement went well. */
    void ran() {
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

    LockPatience patience() {
        return patience;
    }
}
