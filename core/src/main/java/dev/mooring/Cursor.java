package dev.mooring;

import com.google.common.collect.AbstractIterator;
import dev.mooring.error.ErrorKind;
import dev.mooring.pool.CallTimer;
import dev.mooring.pool.PooledConnection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Runs statements and walks through their rows: PEP 249's cursor. From a statement that has rows until the last of them
 * was fetched, or until it is closed, it keeps the connection leased. For the wrapper's thread.
 */
public final class Cursor implements AutoCloseable, Iterable<Row> {

    /** How many rows of a large result are fetched at a time: Django's default for its chunked cursors. */
    static final int CHUNK = 2_000;

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
    private int fetchSize;
    private boolean turn;

    /** Whether the query log wants the present statement, and since when it is at the driver. */
    private boolean watched;

    private long start;
    private boolean closed;

    Cursor(DatabaseWrapper wrapper, StatementRunner runner) {
        this.wrapper = wrapper;
        this.runner = runner;
        this.statements = runner.statements();
        this.queries = runner.queries();
    }

    /** {@return the last statement} */
    String sql() {
        return sql;
    }

    /**
     * Has the rows of later statements come in chunks of that many; 0 leaves it to the driver. On PostgreSQL this takes
     * atomic: outside it the driver fetches all rows at once. {@link DatabaseWrapper#stream} sees to both.
     */
    public Cursor fetchSize(int rows) {
        wrapper.check();
        if (rows < 0) {
            throw new IllegalArgumentException("The fetch size must not be negative, but was " + rows);
        }
        fetchSize = rows;
        return this;
    }

    /** Runs {@code sql}; what an earlier statement left unread is dropped. Parameters are {@code %s} in the text. */
    public Cursor execute(String sql, @Nullable Object... parameters) {
        if (runner.wrappers().isEmpty()) {
            return executeNow(sql, parameters);
        }
        dropRest();
        return runner.wrappers()
                .run(
                        sql,
                        parameters,
                        this,
                        execution -> executeNow(
                                execution.sql(), execution.parameters().toArray()));
    }

    private Cursor executeNow(String sql, @Nullable Object[] parameters) {
        checkOpen();
        watched = false;
        try {
            prepare(sql, statements.read(sql, parameters), parameters);
            guarded(this::runOnce);
        } finally {
            if (watched) {
                queries.ran(sql, parameters, start);
            }
        }
        return this;
    }

    private @Nullable Row runOnce() throws SQLException {
        PreparedStatement current = prepared();
        if (runner.patience().call(current::execute)) {
            rows = current.getResultSet();
            columns = statements.columns(rows);
            rowCount = -1;
        } else {
            rowCount = current.getUpdateCount();
            finish();
        }
        runner.ran();
        return null;
    }

    /** Runs {@code sql} once for each list of parameters, in one batch; does nothing if there are none. */
    public Cursor executeMany(String sql, Iterable<? extends List<? extends @Nullable Object>> batches) {
        checkOpen();
        if (runner.wrappers().isEmpty()) {
            executeManyNow(sql, batches);
        } else {
            dropRest();
            runner.wrappers().runMany(sql, batches, execution -> executeManyNow(execution.sql(), execution.batches()));
        }
        return this;
    }

    private void executeManyNow(String sql, Iterable<? extends List<? extends @Nullable Object>> batches) {
        int times = 0;
        watched = false;
        try {
            for (List<? extends @Nullable Object> batch : batches) {
                addBatch(sql, times++ == 0, batch.toArray());
            }
            rowCount = 0;
            if (times > 0) {
                guarded(this::runBatch);
            }
        } finally {
            if (watched) {
                queries.ranMany(sql, times, start);
            }
        }
    }

    private void addBatch(String sql, boolean first, @Nullable Object[] parameters) {
        SqlText text = statements.read(sql, parameters);
        if (first) {
            prepare(sql, text, parameters);
        }
        guarded(() -> {
            if (!first) {
                statements.bind(prepared(), text, parameters);
            }
            prepared().addBatch();
            return null;
        });
    }

    /** {@return the next row, or null after the last} */
    public @Nullable Row fetchOne() {
        checkOpen();
        if (rows == null) {
            return null;
        }
        Row row = guarded(this::next);
        if (row == null) {
            wrapper.open().endStreamsUnlessRead();
        }
        return row;
    }

    /** {@return the next rows, {@code count} at the most} */
    public List<Row> fetchMany(int count) {
        List<Row> fetched = new ArrayList<>();
        while (fetched.size() < count) {
            Row row = fetchOne();
            if (row == null) {
                break;
            }
            fetched.add(row);
        }
        return fetched;
    }

    /** {@return all rows that are left} */
    public List<Row> fetchAll() {
        return fetchMany(Integer.MAX_VALUE);
    }

    /** {@return the rows that are left, fetched as they are asked for} Each iterator goes on where the last one stopped. */
    @Override
    public Iterator<Row> iterator() {
        return new AbstractIterator<>() {
            @Override
            protected @Nullable Row computeNext() {
                Row row = fetchOne();
                return row == null ? endOfData() : row;
            }
        };
    }

    /** {@return how many rows the last statement changed; -1 if it had rows or none was run} */
    public int rowCount() {
        return rowCount;
    }

    /** {@return the names of the columns of the present result; empty if there is none} */
    public List<String> columnNames() {
        return columns == null ? List.of() : columns.names();
    }

    /** Closes it; further use is an {@link dev.mooring.error.InterfaceException}. Errors of the driver are dropped. */
    @Override
    public void close() {
        if (!closed) {
            wrapper.check();
        }
        // If a dead thread left it, that has closed it.
        if (!closed) {
            closed = true;
            finish();
            wrapper.open().endStreamsUnlessRead();
        }
    }

    private @Nullable Row runBatch() throws SQLException {
        for (int count : prepared().executeBatch()) {
            rowCount += Math.max(0, count);
        }
        runner.ran();
        finish();
        return null;
    }

    private void prepare(String sql, SqlText text, @Nullable Object[] parameters) {
        dropRest();
        this.sql = sql;
        turn = runner.takeTurn(text);
        boolean begun = false;
        boolean prepared = false;
        try {
            PooledConnection connection = runner.begin(sql, text);
            begun = true;
            PreparedStatement made = prepare(connection, text, parameters);
            wrapper.open().opened(this);
            calls = connection.calls();
            statement = made;
            prepared = true;
        } finally {
            if (!prepared) {
                end(begun);
            }
        }
    }

    /** Forgets the statement before. */
    private void dropRest() {
        checkOpen();
        finish();
        columns = null;
        rowCount = -1;
    }

    private PreparedStatement prepare(PooledConnection connection, SqlText text, @Nullable Object[] parameters) {
        watched = queries.isWatching();
        start = watched ? queries.start() : 0;
        try {
            return statements.prepare(connection.connection(), text, fetchSize, parameters);
        } catch (SQLException | RuntimeException | Error e) {
            throw runner.failed(e, sql);
        }
    }

    private @Nullable Row next() throws SQLException {
        if (rows != null && columns != null && rows.next()) {
            return columns.read(rows);
        }
        finish();
        return null;
    }

    /** Ends the present statement and the lease that went with it. */
    private void finish() {
        PreparedStatement ending = statement;
        if (ending == null) {
            return;
        }
        statement = null;
        rows = null;
        stopTimer();
        calls = null;
        wrapper.open().closed(this);
        try {
            ending.close();
        } catch (SQLException | RuntimeException e) {
            // PEP 249 leaves nothing for the caller to do here; the wrapper looks at the connection.
            runner.closingFailed(e);
        } catch (Error e) {
            runner.closingFailed(e);
            throw e;
        } finally {
            end(true);
        }
    }

    private void end(boolean begun) {
        try {
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

    /** Runs a call to the driver, of which nothing stays open if it fails; but first sees that it is this thread's to make. */
    private @Nullable Row guarded(DriverCall call) {
        wrapper.check();
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

    private PreparedStatement prepared() {
        if (statement == null) {
            throw ErrorKind.INTERFACE.exception("The cursor has no statement under way");
        }
        return statement;
    }

    private void checkOpen() {
        wrapper.check();
        if (closed) {
            throw ErrorKind.INTERFACE.exception("The cursor on database '%s' is closed".formatted(wrapper.alias()));
        }
    }

    private interface DriverCall {
        @Nullable
        Row run() throws SQLException;
    }
}
