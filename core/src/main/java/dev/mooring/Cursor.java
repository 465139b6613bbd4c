package dev.mooring;

import com.google.common.collect.AbstractIterator;
import dev.mooring.statement.PreparedStatements;
import dev.mooring.wrapper.CursorCore;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Runs statements and walks through their rows: PEP 249's cursor. From a statement that has rows until the last of them
 * was fetched, or until it is closed, it keeps the connection leased. Confined to the wrapper's thread.
 */
public final class Cursor implements AutoCloseable, Iterable<Row> {

    /** How many rows of a large result are fetched at a time: Django's default for its chunked cursors. */
    static final int CHUNK = 2_000;

    private final DatabaseWrapper wrapper;
    private final ExecuteWrappers around;
    private final CursorCore<Row> core;

    Cursor(DatabaseWrapper wrapper, ExecuteWrappers around, CursorCore<Row> core) {
        this.wrapper = wrapper;
        this.around = around;
        this.core = core;
    }

    /**
     * Has the rows of later statements come in chunks of that many; 0 leaves it to the driver. On PostgreSQL this takes
     * atomic: outside it the driver fetches all rows at once. {@link DatabaseWrapper#stream} sees to both.
     */
    public Cursor fetchSize(int rows) {
        core.fetchSize(rows);
        return this;
    }

    /** Runs {@code sql}; what an earlier statement left unread is dropped. A percent sign is itself. */
    public Cursor execute(String sql) {
        return executeWith(sql, null);
    }

    /**
     * Runs {@code sql}; what an earlier statement left unread is dropped. Parameters are {@code %s} in the text; see
     * {@link DatabaseWrapper#query(String, Object...)}.
     */
    public Cursor execute(String sql, @Nullable Object... parameters) {
        return executeWith(sql, PreparedStatements.given(parameters));
    }

    Cursor executeWith(String sql, @Nullable Object @Nullable [] parameters) {
        if (around.isEmpty()) {
            return executeNow(sql, parameters);
        }
        core.drop();
        return around.run(wrapper, sql, parameters, this, execution -> executeNow(execution.sql(), execution.array()));
    }

    private Cursor executeNow(String sql, @Nullable Object @Nullable [] parameters) {
        core.execute(sql, parameters);
        return this;
    }

    /**
     * Runs {@code sql} once for each list of parameters, which are collected before the first is sent; sends nothing if there
     * are none. All or nothing: outside a transaction, with autocommit on, several lists are one of their own. Rows that the
     * statement returns are dropped; {@link #rowCount()} is the sum.
     *
     * <p>The batch iterable must not use this cursor.
     */
    public Cursor executeMany(String sql, Iterable<? extends List<? extends @Nullable Object>> batches) {
        if (around.isEmpty()) {
            core.executeMany(sql, batches);
        } else {
            core.drop();
            around.runMany(wrapper, sql, batches, execution -> core.executeMany(execution.sql(), execution.batches()));
        }
        return this;
    }

    /** {@return the next row, or null after the last} */
    public @Nullable Row fetchOne() {
        return core.fetch();
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

    /**
     * {@return how many rows the last statement changed, also if it returns them by RETURNING; -1 if it selected rows, has a
     * {@linkplain #fetchSize fetch size} and returns rows that the database does not give at once, or none was run}
     */
    public int rowCount() {
        return core.rowCount();
    }

    /** {@return the names of the columns of the current result; empty if there is none} */
    public List<String> columnNames() {
        return core.columnNames();
    }

    /** Closes it, and drops rows not fetched; further use is an {@link dev.mooring.error.InterfaceException}. Errors of the driver are dropped. */
    @Override
    public void close() {
        core.close();
    }
}
