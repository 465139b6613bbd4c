package dev.mooring.sqlite;

import static dev.mooring.sqlite.SqliteColumns.quoted;
import static java.util.stream.Collectors.joining;

import dev.mooring.spi.SqlRunner;
import dev.mooring.spi.TableMaintenance;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** SQLite notices numbers given by hand, so there is no sequence to reset but after a flush. */
final class SqliteTableMaintenance implements TableMaintenance {

    private static final String NUMBERED = "SELECT name FROM sqlite_master WHERE name = 'sqlite_sequence'";
    private static final String COLUMNS = "SELECT \"from\" FROM pragma_foreign_key_list(%s) WHERE id = %s ORDER BY seq";

    @Override
    public List<String> sqlFlush(SqlRunner sql, List<String> tables, boolean resetSequences) {
        List<String> statements = new ArrayList<>();
        tables.forEach(table -> statements.add("DELETE FROM " + quoted(table)));
        if (resetSequences && !sql.query(NUMBERED).isEmpty()) {
            statements.add(tables.stream()
                    .map(SqliteColumns::text)
                    .collect(joining(", ", "UPDATE sqlite_sequence SET seq = 0 WHERE name COLLATE NOCASE IN (", ")")));
        }
        return List.copyOf(statements);
    }

    @Override
    public List<String> sequenceResetSql(SqlRunner sql, String table) {
        return List.of();
    }

    /** The pragma has no effect inside a transaction. */
    @Override
    public boolean disableConstraintChecking(SqlRunner sql) {
        if (!checks(sql)) {
            return false;
        }
        sql.execute("PRAGMA foreign_keys = OFF");
        return !checks(sql);
    }

    @Override
    public void enableConstraintChecking(SqlRunner sql) {
        sql.execute("PRAGMA foreign_keys = ON");
    }

    private static boolean checks(SqlRunner sql) {
        return !sql.query("SELECT 1 FROM pragma_foreign_keys WHERE foreign_keys = 1")
                .isEmpty();
    }

    @Override
    public List<String> checkConstraints(SqlRunner sql, List<String> tables) {
        List<List<@Nullable Object>> found = new ArrayList<>();
        if (tables.isEmpty()) {
            found.addAll(sql.query("PRAGMA foreign_key_check"));
        }
        tables.forEach(table -> found.addAll(sql.query("PRAGMA foreign_key_check(" + quoted(table) + ")")));
        return found.stream().limit(10).map(row -> violation(sql, row)).toList();
    }

    /** A table WITHOUT ROWID has no number to name the row by. */
    private static String violation(SqlRunner sql, List<@Nullable Object> row) {
        String columns = sql.query(COLUMNS, row.get(0), row.get(3)).stream()
                .map(column -> String.valueOf(column.get(0)))
                .collect(joining(", "));
        String which = row.get(1) == null ? "a row" : "row " + row.get(1);
        return "%s of \"%s\" by %s to \"%s\"".formatted(which, row.get(0), columns, row.get(2));
    }
}
