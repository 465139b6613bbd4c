package dev.mooring.postgres;

import dev.mooring.schema.Attachment;
import dev.mooring.schema.ColumnInfo;
import dev.mooring.schema.ConstraintInfo;
import dev.mooring.schema.RelationInfo;
import dev.mooring.schema.RelationInfo.OnDelete;
import dev.mooring.schema.SequenceInfo;
import dev.mooring.schema.TableInfo;
import dev.mooring.schema.TableKind;
import dev.mooring.spi.Introspector;
import dev.mooring.spi.SqlRunner;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads {@code pg_class} and what hangs on it. Without a schema's name, so only what an unqualified name would find. */
final class PostgresIntrospector implements Introspector {

    private static final String VISIBLE = " AND c.relnamespace NOT IN"
            + " (SELECT oid FROM pg_catalog.pg_namespace WHERE nspname IN ('pg_catalog', 'pg_toast'))"
            + " AND pg_catalog.pg_table_is_visible(c.oid)";

    private static final String TABLES = names("c.relkind IN ('r', 'p', 'f') AND NOT c.relispartition");
    private static final String TABLES_AND_VIEWS = names("c.relkind IN ('r', 'p', 'f', 'v', 'm')");

    private static final String KINDS = "SELECT c.relname, CASE WHEN c.relispartition THEN 'PARTITION'"
            + " WHEN c.relkind = 'v' THEN 'VIEW' WHEN c.relkind = 'm' THEN 'MATERIALIZED_VIEW' ELSE 'TABLE' END,"
            + " pg_catalog.obj_description(c.oid, 'pg_class') FROM pg_catalog.pg_class c"
            + " WHERE c.relkind IN ('r', 'p', 'f', 'v', 'm')" + VISIBLE + " ORDER BY c.relname";

    /** An identity column's sequence depends on it internally, a serial one's automatically. */
    private static final String SEQUENCES = "SELECT s.relname, c.relname, a.attname FROM pg_catalog.pg_class s"
            + " JOIN pg_catalog.pg_depend d ON d.objid = s.oid AND d.classid = 'pg_catalog.pg_class'::regclass"
            + " AND d.refclassid = 'pg_catalog.pg_class'::regclass AND d.deptype IN ('a', 'i')"
            + " JOIN pg_catalog.pg_class c ON c.oid = d.refobjid"
            + " JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum = d.refobjsubid"
            + " WHERE s.relkind = 'S' AND c.relname = %s" + VISIBLE + " ORDER BY a.attnum";

    private static final String RELATIONS = "SELECT a.attname, r.relname, b.attname, k.confdeltype::text"
            + " FROM pg_catalog.pg_constraint k JOIN pg_catalog.pg_class c ON c.oid = k.conrelid"
            + " JOIN pg_catalog.pg_class r ON r.oid = k.confrelid"
            + " JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.conkey[1]"
            + " JOIN pg_catalog.pg_attribute b ON b.attrelid = r.oid AND b.attnum = k.confkey[1]"
            + " WHERE k.contype = 'f' AND array_length(k.conkey, 1) = 1 AND c.relname = %s" + VISIBLE
            + " ORDER BY a.attnum, k.conname";

    /** Indexes with a condition or an expression: what columns those name is told nowhere else. */
    private static final String INDEXES = "SELECT x.relname, pg_catalog.pg_get_indexdef(x.oid)"
            + " FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class x ON x.oid = i.indexrelid"
            + " JOIN pg_catalog.pg_class c ON c.oid = i.indrelid"
            + " WHERE (i.indpred IS NOT NULL OR i.indexprs IS NOT NULL) AND c.relname = %s" + VISIBLE
            + " ORDER BY x.relname";

    /** Foreign tables count as tables, materialised views and partitions as views: as in Django. */
    @Override
    public List<String> tableNames(SqlRunner sql, boolean includeViews) {
        return sql.query(includeViews ? TABLES_AND_VIEWS : TABLES).stream()
                .map(row -> text(row, 0))
                .toList();
    }

    @Override
    public List<TableInfo> tables(SqlRunner sql) {
        return sql.query(KINDS).stream()
                .map(row -> new TableInfo(
                        text(row, 0), TableKind.valueOf(text(row, 1)), row.get(2) == null ? null : text(row, 2)))
                .toList();
    }

    @Override
    public List<ColumnInfo> columns(SqlRunner sql, String table) {
        return PostgresColumnInfo.read(sql, table);
    }

    @Override
    public List<SequenceInfo> sequences(SqlRunner sql, String table) {
        return sql.query(SEQUENCES, table).stream()
                .map(row -> new SequenceInfo(text(row, 0), text(row, 1), text(row, 2)))
                .toList();
    }

    @Override
    public List<RelationInfo> relations(SqlRunner sql, String table) {
        return sql.query(RELATIONS, table).stream()
                .map(row -> new RelationInfo(text(row, 0), text(row, 1), text(row, 2), onDelete(text(row, 3))))
                .toList();
    }

    @Override
    public List<ConstraintInfo> constraints(SqlRunner sql, String table) {
        return new PostgresConstraints(sql, table).all();
    }

    @Override
    public List<Attachment> attachments(SqlRunner sql, String table) {
        return sql.query(INDEXES, table).stream()
                .map(row -> new Attachment(text(row, 0), Attachment.Kind.INDEX, text(row, 1)))
                .toList();
    }

    @Override
    public String fieldType(ColumnInfo column) {
        return PostgresColumnInfo.fieldType(column);
    }

    private static OnDelete onDelete(String code) {
        return switch (code) {
            case "r" -> OnDelete.RESTRICT;
            case "c" -> OnDelete.CASCADE;
            case "n" -> OnDelete.SET_NULL;
            case "d" -> OnDelete.SET_DEFAULT;
            default -> OnDelete.NO_ACTION;
        };
    }

    /** The type {@code name} sorts by byte. */
    private static String names(String kind) {
        return "SELECT c.relname FROM pg_catalog.pg_class c WHERE " + kind + VISIBLE + " ORDER BY c.relname";
    }

    private static String text(List<@Nullable Object> row, int column) {
        return String.valueOf(row.get(column));
    }
}
