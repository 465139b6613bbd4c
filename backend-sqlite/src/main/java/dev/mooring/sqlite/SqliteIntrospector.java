package dev.mooring.sqlite;

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
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads {@code sqlite_master} and the pragmas that tell of a table. */
final class SqliteIntrospector implements Introspector {

    private static final String TABLES = named("name", "type = 'table'");
    private static final String TABLES_AND_VIEWS = named("name", "type IN ('table', 'view')");
    private static final String KINDS = named("name, type", "type IN ('table', 'view')");

    private static final String KEY = "SELECT name FROM pragma_table_info(%s) WHERE pk > 0 ORDER BY pk";

    /** A key without a column's name refers to the primary key. */
    private static final String RELATIONS = "SELECT f.\"from\", f.\"table\", coalesce(f.\"to\","
            + " (SELECT p.name FROM pragma_table_info(f.\"table\") p WHERE p.pk = f.seq + 1)), f.on_delete"
            + " FROM pragma_foreign_key_list(%s) f"
            + " WHERE f.id NOT IN (SELECT g.id FROM pragma_foreign_key_list(%s) g WHERE g.seq > 0) ORDER BY f.id DESC";

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
                        text(row, 0), TableKind.valueOf(text(row, 1).toUpperCase(Locale.ROOT)), null))
                .toList();
    }

    @Override
    public List<ColumnInfo> columns(SqlRunner sql, String table) {
        return new SqliteColumnInfo(sql, table).all();
    }

    /** The primary key, as Django has it: whether it is numbered for good cannot be seen from outside. */
    @Override
    public List<SequenceInfo> sequences(SqlRunner sql, String table) {
        return sql.query(KEY, table).stream()
                .limit(1)
                .map(row -> new SequenceInfo(null, table, text(row, 0)))
                .toList();
    }

    @Override
    public List<RelationInfo> relations(SqlRunner sql, String table) {
        return sql.query(RELATIONS, table, table).stream()
                .map(row -> new RelationInfo(
                        text(row, 0),
                        text(row, 1),
                        text(row, 2),
                        OnDelete.valueOf(text(row, 3).replace(' ', '_'))))
                .toList();
    }

    @Override
    public List<ConstraintInfo> constraints(SqlRunner sql, String table) {
        return new SqliteConstraints(sql, table).all();
    }

    @Override
    public List<Attachment> attachments(SqlRunner sql, String table) {
        return SqliteAttachments.of(sql, table);
    }

    @Override
    public String fieldType(ColumnInfo column) {
        return SqliteColumnInfo.fieldType(column);
    }

    /** Without the table that AUTOINCREMENT makes, as in Django. */
    private static String named(String what, String type) {
        return "SELECT " + what + " FROM sqlite_master WHERE " + type
                + " AND name <> 'sqlite_sequence' ORDER BY name COLLATE BINARY";
    }

    private static String text(List<@Nullable Object> row, int column) {
        return String.valueOf(row.get(column));
    }
}
