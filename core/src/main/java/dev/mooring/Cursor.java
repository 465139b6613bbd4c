package dev.mooring;

import com.google.common.collect.AbstractIterator;
import dev.mooring.error.ErrorKind;
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
    private final ExecuteWrappers wrappers;
    private final CursorStatement current;
    private int fetchSize;
    private boolean closed;

    Cursor(DatabaseWrapper wrapper, StatementExecutor runner) {
        this.wrapper = wrapper;
        this.wrappers = runner.wrappers();
        this.current = new CursorStatement(this, wrapper, runner);
    }

    /** {@return the last statement} */
    String sql() {
        return current.sql();
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

    /** Runs {@code sql}; what an earlier statement left unread is dropped. A percent sign is itself. */
    public Cursor execute(String sql) {
        return executeWith(sql, null);
    }

    /**
     * Runs {@code sql}; what an earlier statement left unread is dropped. Parameters are {@code %s} in the text; see
     * {@link DatabaseWrapper#query(String, Object...)}.
     */
    public Cursor execute(String sql, @Nullable Object... parameters) {
        return executeWith(sql, Statements.given(parameters));
    }

    Cursor executeWith(String sql, @Nullable Object @Nullable [] parameters) {
        if (wrappers.isEmpty()) {
            return executeNow(sql, parameters);
        }
        drop();
        return wrappers.run(sql, parameters, this, execution -> executeNow(execution.sql(), execution.array()));
    }

    private Cursor executeNow(String sql, @Nullable Object @Nullable [] parameters) {
        drop();
        current.execute(sql, fetchSize, parameters);
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
        if (wrappers.isEmpty()) {
            return executeManyNow(sql, batches);
        }
        drop();
        wrappers.runMany(sql, batches, execution -> executeManyNow(execution.sql(), execution.batches()));
        return this;
    }

    private Cursor executeManyNow(String sql, Iterable<? extends List<? extends @Nullable Object>> batches) {
        drop();
        current.executeMany(sql, fetchSize, batches);
        return this;
    }

    /** {@return the next row, or null after the last} */
    public @Nullable Row fetchOne() {
        checkUsable();
        if (!current.hasRows()) {
            return null;
        }
        Row row = fetch();
        if (row == null) {
            wrapper.open().endStreamsUnlessRead();
        }
        return row;
    }

    /** If that fails nothing is left to read here, and of the block for streams neither, if this was the last in it. */
    private @Nullable Row fetch() {
        try {
            return current.fetch();
        } catch (RuntimeException | Error e) {
            endStreamsAfter(e);
            throw e;
        }
    }

    private void endStreamsAfter(Throwable failure) {
        try {
            wrapper.open().endStreamsUnlessRead();
        } catch (RuntimeException | Error later) {
            Statements.suppress(failure, later);
        }
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
        return current.rowCount();
    }

    /** {@return the names of the columns of the current result; empty if there is none} */
    public List<String> columnNames() {
        return current.columnNames();
    }

    /** Closes it, and drops rows not fetched; further use is an {@link dev.mooring.error.InterfaceException}. Errors of the driver are dropped. */
    @Override
    public void close() {
        if (!closed) {
            wrapper.check();
        }
        // If a dead thread left it, that has closed it.
        if (!closed) {
            closed = true;
            try {
                current.finish();
            } catch (RuntimeException | Error e) {
                endStreamsAfter(e);
                throw e;
            }
            wrapper.open().endStreamsUnlessRead();
        }
    }

    /** What was left unread goes before the next statement, and with it the block for streams that it was the last in. */
    private void drop() {
        checkUsable();
        current.drop();
        wrapper.open().endStreamsUnlessRead();
    }

    private void checkUsable() {
        checkOpen();
        if (current.isBatching()) {
            throw ErrorKind.PROGRAMMING.exception(
                    ("The cursor on database '%s' is in the middle of executeMany, whose batches were made with it:"
                                    + " make them with another")
                            .formatted(wrapper.alias()));
        }
    }

    void checkOpen() {
        wrapper.check();
        if (closed) {
            throw ErrorKind.INTERFACE.exception("The cursor on database '%s' is closed".formatted(wrapper.alias()));
        }
    }
}
