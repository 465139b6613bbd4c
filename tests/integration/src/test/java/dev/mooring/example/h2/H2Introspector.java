package dev.mooring.example.h2;

import dev.mooring.schema.ColumnInfo;
import dev.mooring.spi.Introspector;
import dev.mooring.spi.SqlRunner;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads {@code information_schema}, of the schema in use alone. */
final class H2Introspector implements Introspector {

    private static final String TABLES = "SELECT table_name, table_type FROM information_schema.tables"
            + " WHERE table_schema = current_schema ORDER BY table_name";

    private static final String COLUMNS = "SELECT c.column_name, c.data_type, c.character_maximum_length,"
            + " c.numeric_precision, c.numeric_scale, c.is_nullable, c.column_default, c.is_identity, c.remarks,"
            + " EXISTS (SELECT 1 FROM information_schema.index_columns i JOIN information_schema.indexes x"
            + " USING (index_schema, index_name) WHERE x.index_type_name = 'PRIMARY KEY' AND i.table_schema = c.table_schema"
            + " AND i.table_name = c.table_name AND i.column_name = c.column_name)"
            + " FROM information_schema.columns c WHERE c.table_schema = current_schema AND c.table_name = %s"
            + " ORDER BY c.ordinal_position";

    @Override
    public List<String> tableNames(SqlRunner sql, boolean includeViews) {
        return sql.query(TABLES).stream()
                .filter(row -> includeViews || "BASE TABLE".equals(row.get(1)))
                .map(row -> String.valueOf(row.get(0)))
                .toList();
    }

    @Override
    public List<ColumnInfo> columns(SqlRunner sql, String table) {
        return sql.query(COLUMNS, table).stream().map(H2Introspector::column).toList();
    }

    private static ColumnInfo column(List<@Nullable Object> row) {
        return new ColumnInfo(
                String.valueOf(row.get(0)),
                String.valueOf(row.get(1)),
                0,
                number(row.get(2)),
                number(row.get(3)),
                number(row.get(4)),
                "YES".equals(row.get(5)),
                text(row.get(6)),
                null,
                "YES".equals(row.get(7)),
                text(row.get(8)),
                Boolean.TRUE.equals(row.get(9)),
                false);
    }

    private static @Nullable Integer number(@Nullable Object value) {
        return value instanceof Number number ? (int) Math.min(number.longValue(), Integer.MAX_VALUE) : null;
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }
}
