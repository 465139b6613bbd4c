package dev.mooring.mariadb;

import static dev.mooring.mariadb.MariadbDialect.quoted;

import dev.mooring.spi.SqlRunner;
import dev.mooring.spi.TableMaintenance;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The server checks foreign keys at once, or not at all while the session says so: then they are looked for afterwards. */
final class MariadbTableMaintenance implements TableMaintenance {

    private static final int MOST_VIOLATIONS = 10;

    private static final String CHECKED = "SELECT @@foreign_key_checks";

    private static final String KEYS = "SELECT k.constraint_name, k.column_name, k.referenced_table_schema,"
            + " k.referenced_table_name, k.referenced_column_name FROM information_schema.key_column_usage k"
            + " WHERE k.table_schema = DATABASE() AND " + MariadbTableName.is("k.table_name")
            + " AND k.referenced_table_name IS NOT NULL"
            + " ORDER BY k.constraint_name, k.ordinal_position";

    private static final String KEY_COLUMN = "SELECT column_name FROM information_schema.key_column_usage"
            + " WHERE table_schema = DATABASE() AND " + MariadbTableName.is("table_name")
            + " AND constraint_name = 'PRIMARY' ORDER BY ordinal_position";

    private final MariadbIntrospector introspector = new MariadbIntrospector();

    /** DELETE, for a TRUNCATE commits and is refused for a table that another one refers to. */
    @Override
    public List<String> sqlFlush(SqlRunner sql, List<String> tables, boolean resetSequences) {
        List<String> statements = new ArrayList<>();
        statements.add("SET foreign_key_checks = 0");
        tables.forEach(table -> statements.add((resetSequences ? "TRUNCATE " : "DELETE FROM ") + quoted(table)));
        statements.add("SET foreign_key_checks = 1");
        return List.copyOf(statements);
    }

    /** The counter of a table is above all numbers that are there, whoever gave them. */
    @Override
    public List<String> sequenceResetSql(SqlRunner sql, String table) {
        return List.of();
    }

    @Override
    public boolean disableConstraintChecking(SqlRunner sql) {
        if (!isChecking(sql)) {
            return false;
        }
        sql.execute("SET foreign_key_checks = 0");
        return true;
    }

    @Override
    public void enableConstraintChecking(SqlRunner sql) {
        sql.execute("SET foreign_key_checks = 1");
    }

    private static boolean isChecking(SqlRunner sql) {
        return sql.query(CHECKED).get(0).get(0) instanceof Number number && number.intValue() == 1;
    }

    @Override
    public List<String> checkConstraints(SqlRunner sql, List<String> tables) {
        List<String> found = new ArrayList<>();
        for (String table : tables.isEmpty() ? introspector.tableNames(sql, false) : tables) {
            found.addAll(violations(sql, table, MOST_VIOLATIONS - found.size()));
            if (found.size() >= MOST_VIOLATIONS) {
                break;
            }
        }
        return List.copyOf(found);
    }

    private static List<String> violations(SqlRunner sql, String table, int most) {
        List<String> found = new ArrayList<>();
        List<@Nullable Object> before = List.of();
        for (List<@Nullable Object> key : MariadbTableName.rows(sql, KEYS, table)) {
            if (!before.isEmpty() && before.get(0) != null && before.get(0).equals(key.get(0))) {
                continue;
            }
            before = key;
            found.addAll(violations(sql, table, key, most));
        }
        return found.size() > most ? found.subList(0, most) : found;
    }

    private static List<String> violations(SqlRunner sql, String table, List<@Nullable Object> key, int most) {
        String column = String.valueOf(key.get(1));
        String target = String.valueOf(key.get(3));
        List<List<@Nullable Object>> keyColumn = MariadbTableName.rows(sql, KEY_COLUMN, table);
        String row = keyColumn.isEmpty()
                ? "NULL"
                : "r." + quoted(String.valueOf(keyColumn.get(0).get(0)));
        String query = "SELECT " + row + " FROM " + quoted(table) + " r LEFT JOIN " + quoted(String.valueOf(key.get(2)))
                + "." + quoted(target) + " t ON t." + quoted(String.valueOf(key.get(4))) + " = r." + quoted(column)
                + " WHERE r." + quoted(column) + " IS NOT NULL AND t." + quoted(String.valueOf(key.get(4)))
                + " IS NULL LIMIT " + Math.max(1, most);
        return sql.query(query).stream()
                .map(values -> "%s of `%s` by %s to `%s`"
                        .formatted(values.get(0) == null ? "a row" : "row " + values.get(0), table, column, target))
                .toList();
    }
}
