package dev.mooring.mariadb;

import dev.mooring.schema.Attachment;
import dev.mooring.schema.ColumnInfo;
import dev.mooring.schema.ConstraintInfo;
import dev.mooring.schema.RelationInfo;
import dev.mooring.schema.RelationInfo.OnDelete;
import dev.mooring.schema.SequenceInfo;
import dev.mooring.schema.SqlToken;
import dev.mooring.schema.TableInfo;
import dev.mooring.schema.TableKind;
import dev.mooring.spi.Introspector;
import dev.mooring.spi.SqlRunner;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads {@code information_schema}, of the database in use alone. */
final class MariadbIntrospector implements Introspector {

    private static final String KINDS = "SELECT table_name, table_type, table_comment FROM information_schema.tables"
            + " WHERE table_schema = DATABASE() AND table_type IN ('BASE TABLE', 'SYSTEM VERSIONED', 'VIEW')"
            + " ORDER BY table_name COLLATE utf8mb3_bin";

    private static final String RELATIONS = "SELECT k.column_name, k.referenced_table_name, k.referenced_column_name,"
            + " r.delete_rule FROM information_schema.key_column_usage k"
            + " JOIN information_schema.referential_constraints r ON r.constraint_schema = k.constraint_schema"
            + " AND r.constraint_name = k.constraint_name AND " + MariadbTableName.is("r.table_name", "k.table_name")
            + " WHERE k.table_schema = DATABASE() AND " + MariadbTableName.is("k.table_name")
            + " AND k.referenced_table_name IS NOT NULL"
            + " AND NOT EXISTS (SELECT 1 FROM information_schema.key_column_usage o"
            + " WHERE o.constraint_schema = k.constraint_schema AND "
            + MariadbTableName.is("o.table_name", "k.table_name")
            + " AND o.constraint_name = k.constraint_name AND o.ordinal_position > 1)"
            + " ORDER BY k.constraint_name";

    private static final String TRIGGERS = "SELECT trigger_name, action_statement FROM information_schema.triggers"
            + " WHERE event_object_schema = DATABASE() AND " + MariadbTableName.is("event_object_table")
            + " ORDER BY trigger_name";

    private static final String VIEWS = "SELECT table_name, view_definition FROM information_schema.views"
            + " WHERE table_schema = DATABASE() ORDER BY table_name";

    @Override
    public List<String> tableNames(SqlRunner sql, boolean includeViews) {
        return sql.query(KINDS).stream()
                .filter(row -> includeViews || !text(row, 1).equals("VIEW"))
                .map(row -> text(row, 0))
                .toList();
    }

    @Override
    public List<TableInfo> tables(SqlRunner sql) {
        return sql.query(KINDS).stream().map(MariadbIntrospector::table).toList();
    }

    /** The comment of a view is the word VIEW. */
    private static TableInfo table(List<@Nullable Object> row) {
        boolean view = text(row, 1).equals("VIEW");
        String comment = text(row, 2);
        return new TableInfo(
                text(row, 0), view ? TableKind.VIEW : TableKind.TABLE, view || comment.isEmpty() ? null : comment);
    }

    @Override
    public List<ColumnInfo> columns(SqlRunner sql, String table) {
        return MariadbColumnInfo.read(sql, table);
    }

    /** A table has one column at most that it numbers, by a counter without a name. */
    @Override
    public List<SequenceInfo> sequences(SqlRunner sql, String table) {
        return columns(sql, table).stream()
                .filter(ColumnInfo::autoField)
                .map(column -> new SequenceInfo(null, table, column.name()))
                .toList();
    }

    @Override
    public List<RelationInfo> relations(SqlRunner sql, String table) {
        return MariadbTableName.rows(sql, RELATIONS, table).stream()
                .map(row -> new RelationInfo(text(row, 0), text(row, 1), text(row, 2), onDelete(text(row, 3))))
                .toList();
    }

    @Override
    public List<ConstraintInfo> constraints(SqlRunner sql, String table) {
        return new MariadbConstraints(sql, table).all();
    }

    /** Which columns a view or a trigger names is told nowhere but in its text. */
    @Override
    public List<Attachment> attachments(SqlRunner sql, String table) {
        List<Attachment> found = new ArrayList<>();
        for (List<@Nullable Object> row : MariadbTableName.rows(sql, TRIGGERS, table)) {
            found.add(new Attachment(text(row, 0), Attachment.Kind.TRIGGER, text(row, 1)));
        }
        for (List<@Nullable Object> row : sql.query(VIEWS)) {
            if (SqlToken.of(text(row, 1)).stream()
                    .anyMatch(token -> token.isName() && token.text().equals(table))) {
                found.add(new Attachment(text(row, 0), Attachment.Kind.VIEW, text(row, 1)));
            }
        }
        return List.copyOf(found);
    }

    @Override
    public String fieldType(ColumnInfo column) {
        return MariadbColumnInfo.fieldType(column);
    }

    /** What the server calls RESTRICT and NO ACTION is one and the same: both refuse at once. */
    private static OnDelete onDelete(String rule) {
        return switch (rule) {
            case "CASCADE" -> OnDelete.CASCADE;
            case "SET NULL" -> OnDelete.SET_NULL;
            case "SET DEFAULT" -> OnDelete.SET_DEFAULT;
            case "NO ACTION" -> OnDelete.NO_ACTION;
            default -> OnDelete.RESTRICT;
        };
    }

    private static String text(List<@Nullable Object> row, int column) {
        return String.valueOf(row.get(column));
    }
}
