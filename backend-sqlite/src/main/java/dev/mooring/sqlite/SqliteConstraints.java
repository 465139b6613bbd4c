package dev.mooring.sqlite;

import dev.mooring.schema.ConstraintInfo;
import dev.mooring.schema.ConstraintInfo.Target;
import dev.mooring.spi.SqlRunner;
import dev.mooring.sqlite.SqliteTableStatement.Written;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What SQLite's pragmas say of one table, in the shape that Django gives it. */
final class SqliteConstraints {

    /** What a constraint makes has no name that counts: it is told from the statement that made the table. */
    private static final String INDEXES = "SELECT l.name, l.\"unique\", x.name, x.\"desc\""
            + " FROM pragma_index_list(%s) l JOIN pragma_index_xinfo(l.name) x"
            + " WHERE x.key = 1 AND l.origin = 'c' ORDER BY l.seq, x.seqno";

    private static final String KEY = "SELECT name FROM pragma_table_info(%s) WHERE pk > 0 ORDER BY pk";

    private static final String COLUMNS = "SELECT name FROM pragma_table_xinfo(%s)";

    /** The last one written has the number 0. A key without a column's name refers to the primary key. */
    private static final String FOREIGN_KEYS = "SELECT f.\"from\", f.\"table\", coalesce(f.\"to\","
            + " (SELECT p.name FROM pragma_table_info(f.\"table\") p WHERE p.pk = 1))"
            + " FROM pragma_foreign_key_list(%s) f WHERE f.seq = 0 ORDER BY f.id";

    private final SqlRunner sql;
    private final String table;

    SqliteConstraints(SqlRunner sql, String table) {
        this.sql = sql;
        this.table = table;
    }

    List<ConstraintInfo> all() {
        List<ConstraintInfo> found = new ArrayList<>(written());
        found.addAll(indexes());
        List<@Nullable String> key = sql.query(KEY, table).stream()
                .<@Nullable String>map(row -> text(row, 0))
                .toList();
        if (!key.isEmpty()) {
            found.add(constraint("__primary__", key, true, false, null, false));
        }
        int number = 0;
        for (List<@Nullable Object> row : sql.query(FOREIGN_KEYS, table)) {
            Target target = new Target(text(row, 1), text(row, 2));
            found.add(constraint("fk_" + number++, List.of(text(row, 0)), false, false, target, false));
        }
        return List.copyOf(found);
    }

    /** A unique constraint or a check without a name gets one that Django invents. */
    private List<ConstraintInfo> written() {
        List<String> columns =
                sql.query(COLUMNS, table).stream().map(row -> text(row, 0)).toList();
        List<ConstraintInfo> found = new ArrayList<>();
        int unnamed = 0;
        for (Written written : SqliteTableStatement.parse(SqliteColumnInfo.statement(sql, table))
                .constraints(columns)) {
            String name = written.name() != null ? written.name() : "__unnamed_constraint_" + ++unnamed + "__";
            found.add(constraint(
                    name,
                    new ArrayList<@Nullable String>(written.columns()),
                    false,
                    !written.check(),
                    null,
                    written.check()));
        }
        return found;
    }

    private List<ConstraintInfo> indexes() {
        Map<String, List<List<@Nullable Object>>> rows = new LinkedHashMap<>();
        sql.query(INDEXES, table)
                .forEach(row -> rows.computeIfAbsent(text(row, 0), name -> new ArrayList<>())
                        .add(row));
        List<ConstraintInfo> found = new ArrayList<>();
        rows.forEach((name, parts) -> found.add(index(name, parts)));
        return found;
    }

    private static ConstraintInfo index(String name, List<List<@Nullable Object>> parts) {
        List<@Nullable String> columns = new ArrayList<>();
        List<String> orders = new ArrayList<>();
        for (List<@Nullable Object> part : parts) {
            columns.add(part.get(2) == null ? null : text(part, 2));
            orders.add(isTrue(part, 3) ? "DESC" : "ASC");
        }
        return new ConstraintInfo(
                name,
                columns,
                false,
                isTrue(parts.get(0), 1),
                null,
                false,
                true,
                columns.contains(null) ? List.of() : orders,
                "idx",
                null,
                List.of());
    }

    private static ConstraintInfo constraint(
            String name,
            List<@Nullable String> columns,
            boolean primaryKey,
            boolean unique,
            @Nullable Target foreignKey,
            boolean check) {
        return new ConstraintInfo(
                name, columns, primaryKey, unique, foreignKey, check, false, List.of(), null, null, List.of());
    }

    private static boolean isTrue(List<@Nullable Object> row, int column) {
        return row.get(column) instanceof Number number && number.longValue() != 0;
    }

    private static String text(List<@Nullable Object> row, int column) {
        return String.valueOf(row.get(column));
    }
}
