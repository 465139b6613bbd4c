package dev.mooring.migrations;

import static java.util.stream.Collectors.toSet;

import dev.mooring.Cursor;
import dev.mooring.Database;
import dev.mooring.schema.Column;
import dev.mooring.schema.Schema;
import dev.mooring.schema.Table;
import dev.mooring.spi.Feature;
import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Knows whether tables that a migration would create are there, made by something else. In the migration's thread. */
final class ExistingTables {

    private final Database database;

    ExistingTables(Database database) {
        this.database = database;
    }

    /** {@return whether every table and column is there that only {@code after} has; not if there is none} */
    boolean includeWhatIsNew(Schema before, Schema after) {
        Map<Table, Set<String>> wanted = new HashMap<>();
        for (Table table : after.tables()) {
            Set<String> columns = names(table);
            tableOf(before, table.name()).forEach(old -> columns.removeAll(names(old)));
            if (!columns.isEmpty()) {
                wanted.put(table, columns);
            }
        }
        Set<String> tables = folded(database.tableNames());
        return !wanted.isEmpty()
                && wanted.keySet().stream().allMatch(table -> tables.contains(folded(table.name())))
                && wanted.entrySet().stream().allMatch(each -> hasColumns(each.getKey(), each.getValue()));
    }

    private boolean hasColumns(Table table, Set<String> columns) {
        String name = database.backend().dialect().quoteName(table.name());
        try (Cursor cursor = database.get().cursor()) {
            cursor.execute("SELECT * FROM " + name + " WHERE 1 = 0");
            return folded(cursor.columnNames()).containsAll(folded(columns));
        }
    }

    private static Stream<Table> tableOf(Schema schema, String name) {
        return schema.tables().stream().filter(table -> table.name().equals(name));
    }

    private static Set<String> names(Table table) {
        return table.columns().stream().map(Column::name).collect(toSet());
    }

    private Set<String> folded(Collection<String> names) {
        return names.stream().map(this::folded).collect(toSet());
    }

    private String folded(String name) {
        boolean ignored = database.backend().features().has(Feature.NAMES_IGNORE_CASE);
        return ignored ? name.toLowerCase(Locale.ROOT) : name;
    }
}
