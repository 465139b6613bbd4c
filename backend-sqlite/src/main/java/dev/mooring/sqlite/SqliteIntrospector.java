package dev.mooring.sqlite;

import dev.mooring.schema.ConstraintInfo;
import dev.mooring.spi.Introspector;
import dev.mooring.spi.SqlRunner;
import java.util.List;

/** Reads {@code sqlite_master}. */
final class SqliteIntrospector implements Introspector {

    private static final String TABLES = named("type = 'table'");
    private static final String TABLES_AND_VIEWS = named("type IN ('table', 'view')");

    @Override
    public List<String> tableNames(SqlRunner sql, boolean includeViews) {
        return sql.query(includeViews ? TABLES_AND_VIEWS : TABLES).stream()
                .map(row -> String.valueOf(row.get(0)))
                .toList();
    }

    @Override
    public List<ConstraintInfo> constraints(SqlRunner sql, String table) {
        return new SqliteConstraints(sql, table).all();
    }

    /** Without the table that AUTOINCREMENT makes, as in Django. */
    private static String named(String type) {
        return "SELECT name FROM sqlite_master WHERE " + type
                + " AND name <> 'sqlite_sequence' ORDER BY name COLLATE BINARY";
    }
}
