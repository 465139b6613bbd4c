package dev.mooring;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The present statement of a {@link Cursor}, open from its execution until its last row was fetched. One per cursor, confined
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
        return rows != null;
    }

    boolean isBatching() {
        return batching;
    }

    void execute(String sql, int fetchSize, @Nullable Object @Nullable [] parameters) {
        StatementRun opened = open(sql, statements.read(sql, parameters));
        guarded(() -> opened.execute(fetchSize, parameters, this::executed));
        if (rows == null) {
            finish();
        }
    }

    private @Nullable Void executed(KeptStatement statement) throws SQLException {
        if (executor.patience().call(statement::execute)) {
            rows = statement.rows();
            columns = statements.columns(statement);
        } else {
            rowCount = statement.updateCount();
        }
        return null;
    }

    void executeMany(String sql, int fetchSize, Iterable<? extends List<? extends @Nullable Object>> batches) {
        List<@Nullable Object[]> lists = collect(batches);
        rowCount = 0;
        if (lists.isEmpty()) {
            return;
        }
        SqlText text = statements.read(sql, lists.get(0));
        lists.forEach(parameters -> statements.read(sql, parameters));
        StatementRun opened = open(sql, text);
        guarded(() -> opened.executeMany(fetchSize, lists.size(), statement -> executedMany(statement, lists)));
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

    private @Nullable Void executedMany(KeptStatement statement, List<@Nullable Object[]> lists) throws SQLException {
        for (@Nullable Object[] parameters : lists) {
            statements.bind(statement, parameters);
            statement.jdbc().addBatch();
        }
        for (int count : statement.jdbc().executeBatch()) {
            rowCount += Math.max(0, count);
        }
        return null;
    }

    private StatementRun open(String sql, SqlText text) {
        cursor.checkOpen();
        this.sql = sql;
        StatementRun opened = executor.open(sql, text);
        run = opened;
        wrapper.open().opened(cursor);
        return opened;
    }

    /** {@return the next row, or null after the last} */
    @Nullable
    Row fetch() {
        StatementRun present = run;
        Row row = present == null ? null : guarded(() -> present.step(this::next));
        if (row == null) {
            finish();
        }
        return row;
    }

    private @Nullable Row next() throws SQLException {
        return rows != null && columns != null && rows.next() ? columns.read(rows) : null;
    }

    /** Forgets the statement, and what was left unread of it. */
    void drop() {
        finish();
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
    private <T extends @Nullable Object> T guarded(Supplier<T> call) {
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
