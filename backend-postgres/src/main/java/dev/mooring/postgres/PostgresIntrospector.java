package dev.mooring.postgres;

import dev.mooring.schema.ConstraintInfo;
import dev.mooring.spi.Introspector;
import dev.mooring.spi.SqlRunner;
import java.util.List;

/** Reads {@code pg_class}. */
final class PostgresIntrospector implements Introspector {

    private static final String TABLES = visible("c.relkind IN ('r', 'p', 'f')");
    private static final String TABLES_AND_VIEWS = visible("c.relkind IN ('r', 'p', 'f', 'v', 'm')");

    /** Foreign tables count as tables and materialised views as views; partitions are left out: as in Django. */
    @Override
    public List<String> tableNames(SqlRunner sql, boolean includeViews) {
        return sql.query(includeViews ? TABLES_AND_VIEWS : TABLES).stream()
                .map(row -> String.valueOf(row.get(0)))
                .toList();
    }

    @Override
    public List<ConstraintInfo> constraints(SqlRunner sql, String table) {
        return new PostgresConstraints(sql, table).all();
    }

    /** Without a schema's name, so only what an unqualified name would find. The type {@code name} sorts by byte. */
    private static String visible(String kind) {
        return "SELECT c.relname FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
                + " WHERE " + kind + " AND NOT c.relispartition"
                + " AND n.nspname NOT IN ('pg_catalog', 'pg_toast') AND pg_catalog.pg_table_is_visible(c.oid)"
                + " ORDER BY c.relname";
    }
}
