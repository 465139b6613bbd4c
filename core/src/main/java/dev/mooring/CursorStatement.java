package dev.mooring;

import dev.mooring.error.ErrorKind;
import dev.mooring.pool.CallTimer;
import dev.mooring.pool.PooledConnection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The present statement of a {@link Cursor}: from when it is prepared until its last row was fetched, it has the lease, and
 * the writer's turn where there is one. One per cursor, for the wrapper's thread.
 */
final class CursorStatement {

    private final Cursor cursor;
    private final DatabaseWrapper wrapper;
    private final StatementRunner runner;
    private final Statements statements;
    private final QueryLog queries;
    private String sql = "";
    private @Nullable PreparedStatement statement;
    /** Of the connection, for as long as there is a statement. */
    private @Nullable CallTimer calls;

    private @Nullable ResultSet rows;
    private @Nullable Columns columns;
    private int rowCount = -1;
    private boolean turn;

    /** Whether batches are collected, which may be the work of the caller's code. */
    private boolean batching;

    /** Since when the present statement is at the driver, if the query log wants it. */
    private long start;

    CursorStatement(Cursor cursor, DatabaseWrapper wrapper, StatementRunner runner) {
        this.cursor = cursor;
        this.wrapper = wrapper;
        this.runner = runner;
        this.statements = runner.statements();
        this.queries = runner.queries();
    }

    String sql() {
        return sql;
    }

    int rowCount() {
        return rowCount;
    }

    List<String> columnNames() {
        return columns == null ? List.of() : columns.names();
    }

    boolean hasRows() {
        return rows != null;
    }

    boolean isBatching() {
        return batching;
    }

    void execute(String sql, int fetchSize, @Nullable Object[] parameters) {
        start = QueryLog.UNWATCHED;
        try {
            prepare(sql, statements.read(sql, parameters), fetchSize, parameters);
            guarded(this::runOnce);
        } finally {
            queries.ran(sql, parameters, start);
        }
    }

    private @Nullable Row runOnce() throws SQLException {
        PreparedStatement current = prepared();
        if (runner.patience().call(current::execute)) {
            rows = current.getResultSet();
            columns = statements.columns(rows);
            rowCount = -1;
        } else {
            rowCount = current.getUpdateCount();
        }
        runner.ran();
        if (rows == null) {
            finish();
        }
        return null;
    }

    void executeMany(String sql, int fetchSize, Iterable<? extends List<? extends @Nullable Object>> batches) {
        int times = 0;
        boolean ok = false;
        start = QueryLog.UNWATCHED;
        batching = true;
        try {
            for (List<? extends @Nullable Object> batch : batches) {
                addBatch(sql, times++ == 0, fetchSize, batch.toArray());
            }
            rowCount = 0;
            if (times > 0) {
                guarded(this::runBatch);
            }
            ok = true;
        } finally {
            batching = false;
            queries.ranMany(sql, times, start);
            if (!ok) {
                finish();
            }
        }
    }

    private void addBatch(String sql, boolean first, int fetchSize, @Nullable Object[] parameters) {
        SqlText text = statements.read(sql, parameters);
        if (first) {
            prepare(sql, text, fetchSize, parameters);
        }
        guarded(() -> {
            if (!first) {
                statements.bind(prepared(), text, parameters);
            }
            prepared().addBatch();
            return null;
        });
    }

    private @Nullable Row runBatch() throws SQLException {
        for (int count : prepared().executeBatch()) {
            rowCount += Math.max(0, count);
        }
        runner.ran();
        finish();
        return null;
    }

    private void prepare(String sql, SqlText text, int fetchSize, @Nullable Object[] parameters) {
        cursor.checkOpen();
        this.sql = sql;
        turn = runner.takeTurn(text);
        boolean begun = false;
        boolean prepared = false;
        try {
            PooledConnection connection = runner.begin(sql, text);
            begun = true;
            PreparedStatement made = prepare(connection, text, fetchSize, parameters);
            wrapper.open().opened(cursor);
            calls = connection.calls();
            statement = made;
            prepared = true;
        } finally {
            if (!prepared) {
                end(begun);
            }
        }
    }

    private PreparedStatement prepare(
            PooledConnection connection, SqlText text, int fetchSize, @Nullable Object[] parameters) {
        start = queries.start();
        try {
            return statements.prepare(connection.connection(), text, fetchSize, parameters);
        } catch (SQLException | RuntimeException | Error e) {
            throw runner.failed(e, sql);
        }
    }

    private PreparedStatement prepared() {
        if (statement == null) {
            throw ErrorKind.INTERFACE.exception("The cursor has no statement under way");
        }
        return statement;
    }

    /** {@return the next row, or null after the last} */
    @Nullable
    Row fetch() {
        return guarded(this::next);
    }

    private @Nullable Row next() throws SQLException {
        if (rows != null && columns != null && rows.next()) {
            return columns.read(rows);
        }
        finish();
        return null;
    }

    /** Forgets the statement, and what was left unread of it. */
    void drop() {
        finish();
        columns = null;
        rowCount = -1;
    }

    /** Ends the statement and the lease that went with it. */
    void finish() {
        PreparedStatement ending = statement;
        if (ending == null) {
            return;
        }
        statement = null;
        rows = null;
        try {
            stopTimer();
            calls = null;
            ending.close();
        } catch (SQLException | RuntimeException e) {
            // PEP 249 leaves nothing for the caller to do here; the wrapper looks at the connection.
            runner.closingFailed(e);
        } catch (Error e) {
            wrapper.open().failed(cursor);
            runner.closingFailed(e);
            throw e;
        } finally {
            end(true);
        }
    }

    private void end(boolean begun) {
        try {
            wrapper.open().closed(cursor);
            if (begun) {
                runner.end();
            }
        } finally {
            if (turn) {
                turn = false;
                runner.passTurn();
            }
        }
    }

    /** Runs a call to the driver, of which nothing stays open if it fails. */
    private @Nullable Row guarded(DriverCall call) {
        boolean ok = false;
        try {
            runner.checkSound();
            startTimer();
            Row result = call.run();
            ok = true;
            return result;
        } catch (SQLException | RuntimeException | Error e) {
            throw runner.failed(e, sql);
        } finally {
            stopTimer();
            if (!ok) {
                wrapper.open().failed(cursor);
                finish();
            }
        }
    }

    private void startTimer() {
        if (calls != null) {
            calls.begin();
        }
    }

    private void stopTimer() {
        if (calls != null) {
            calls.end();
        }
    }

    private interface DriverCall {
        @Nullable
        Row run() throws SQLException;
    }
}
