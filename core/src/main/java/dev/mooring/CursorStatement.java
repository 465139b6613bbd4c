package dev.mooring;

import static java.util.Objects.requireNonNull;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The current statement of a {@link Cursor}, open from its execution until its last row was fetched. One per cursor, confined
 * to the wrapper's thread.
 */
final class CursorStatement {

    private final Cursor cursor;
    private final DatabaseWrapper wrapper;
    private final StatementExecutor executor;
    private final Statements statements;
    private String sql = "";
    private @Nullable StatementRun run;
    private @Nullable ResultSet rows;
    private @Nullable Columns columns;
    private @Nullable Row row;

    /** The rows that a change had for its result, all of which are in memory. */
    private @Nullable Iterator<Row> changed;

    private int rowCount = -1;

    /** Whether batches are collected, which may be the work of the caller's code. */
    private boolean batching;

    CursorStatement(Cursor cursor, DatabaseWrapper wrapper, StatementExecutor executor) {
        this.cursor = cursor;
        this.wrapper = wrapper;
        this.executor = executor;
        this.statements = executor.statements();
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
        return rows != null || changed != null;
    }

    boolean isBatching() {
        return batching;
    }

    void execute(String sql, int fetchSize, @Nullable Object @Nullable [] parameters) {
        SqlText text = statements.parse(sql, parameters);
        if (parameters != null && Statements.hasLists(text, parameters)) {
            InLists.Statement expanded = statements.expand(sql, text, parameters);
            execute(expanded.sql(), statements.parse(expanded), fetchSize, expanded.array());
        } else {
            execute(sql, text, fetchSize, parameters);
        }
    }

    private void execute(String sql, SqlText text, int fetchSize, @Nullable Object @Nullable [] parameters) {
        StatementRun opened = open(sql, text);
        guarded(() -> opened.execute(fetchSize, parameters, statement -> executed(statement, fetchSize)));
        if (rows == null) {
            finish();
        }
    }

    private boolean executed(CachedStatement statement, int fetchSize) throws SQLException {
        boolean hasRows = executor.lockRetry().call(statement::execute);
        if (!hasRows) {
            rowCount = statement.updateCount();
            return false;
        }
        columns = statements.columns(statement);
        if (statement.text().returning() && (fetchSize == 0 || executor.unread() != null)) {
            keep(statements.readAll(statement));
            statement.closeRows();
        } else {
            rows = statement.rows();
        }
        return true;
    }

    /** A change is done when its rows were read to the end, and only then is it known how many there are. */
    private void keep(List<Row> all) {
        rowCount = all.size();
        changed = all.iterator();
    }

    void executeMany(String sql, int fetchSize, Iterable<? extends List<? extends @Nullable Object>> batches) {
        List<@Nullable Object[]> lists = collect(batches);
        rowCount = 0;
        if (lists.isEmpty()) {
            return;
        }
        List<Batch> parts = Batch.of(sql, lists, statements);
        if (lists.size() > 1 && executor.isAutocommit()) {
            wrapper.atomic(() -> runParts(parts, fetchSize));
        } else {
            runParts(parts, fetchSize);
        }
    }

    private void runParts(List<Batch> parts, int fetchSize) {
        int changed = 0;
        for (Batch part : parts) {
            runMany(part, fetchSize);
            changed += rowCount;
        }
        rowCount = changed;
    }

    private void runMany(Batch batch, int fetchSize) {
        StatementRun opened = open(batch.sql(), batch.text());
        rowCount = guarded(() -> opened.executeMany(
                fetchSize, batch.lists().size(), statement -> executor.changeMany(statement, batch.lists())));
        finish();
    }

    private List<@Nullable Object[]> collect(Iterable<? extends List<? extends @Nullable Object>> batches) {
        List<@Nullable Object[]> lists = new ArrayList<>();
        batching = true;
        try {
            for (List<? extends @Nullable Object> batch : batches) {
                lists.add(batch.toArray());
            }
            return lists;
        } finally {
            batching = false;
        }
    }

    private StatementRun open(String sql, SqlText text) {
        cursor.checkOpen();
        wrapper.open().checkUnambiguous("run a statement");
        this.sql = sql;
        StatementRun opened = executor.open(sql, text);
        run = opened;
        try {
            wrapper.open().opened(cursor);
        } catch (Throwable e) {
            finish();
            throw e;
        }
        return opened;
    }

    /** {@return the next row, or null after the last} */
    @Nullable
    Row fetch() {
        if (changed != null) {
            return nextChanged(changed);
        }
        StatementRun current = run;
        boolean found = current != null && guarded(() -> current.step(this::next));
        if (!found) {
            finish();
            return null;
        }
        return row;
    }

    private @Nullable Row nextChanged(Iterator<Row> left) {
        if (left.hasNext()) {
            return left.next();
        }
        changed = null;
        return null;
    }

    private boolean next() throws SQLException {
        boolean found = rows != null && columns != null && rows.next();
        row = found ? requireNonNull(columns).read(requireNonNull(rows)) : null;
        return found;
    }

    /** Forgets the statement, and what was left unread of it. */
    void drop() {
        finish();
        changed = null;
        columns = null;
        rowCount = -1;
    }

    /** Ends the statement and the lease that went with it. */
    void finish() {
        StatementRun ending = run;
        rows = null;
        if (ending == null) {
            return;
        }
        run = null;
        try {
            ending.close();
        } catch (Error e) {
            wrapper.open().failed(cursor);
            throw e;
        } finally {
            wrapper.open().closed(cursor);
        }
    }

    /** {@return what {@code call} returns} If it fails, nothing of the statement stays open. */
    private <T> T guarded(Supplier<T> call) {
        boolean ok = false;
        try {
            T result = call.get();
            ok = true;
            return result;
        } finally {
            if (!ok) {
                wrapper.open().failed(cursor);
                finish();
            }
        }
    }
}
