package dev.mooring;

import dev.mooring.spi.SqlRunner;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lends a wrapper's statements to a part of a backend. */
final class CursorSqlRunner implements SqlRunner {

    private final DatabaseWrapper wrapper;

    CursorSqlRunner(DatabaseWrapper wrapper) {
        this.wrapper = wrapper;
    }

    @Override
    public List<List<@Nullable Object>> query(String sql, @Nullable Object... parameters) {
        List<Row> rows = parameters.length == 0 ? wrapper.query(sql) : wrapper.query(sql, parameters);
        return rows.stream().map(Row::values).toList();
    }

    @Override
    public int execute(String sql, @Nullable Object... parameters) {
        return parameters.length == 0 ? wrapper.execute(sql) : wrapper.execute(sql, parameters);
    }
}
