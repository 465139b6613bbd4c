package dev.mooring.sqlite;

import static java.util.stream.Collectors.joining;

import dev.mooring.schema.Column;
import dev.mooring.schema.ForeignKey;
import dev.mooring.schema.Index;
import dev.mooring.schema.Table;
import dev.mooring.schema.UniqueConstraint;
import dev.mooring.spi.Dialect;
import dev.mooring.spi.SchemaGenerator;
import java.util.ArrayList;
import java.util.List;

/**
 * SQLite's schema statements. It can hardly alter a table, so the table is built anew under another name, filled,
 * and put in the place of the old one: step for step the procedure in SQLite's documentation of ALTER TABLE.
 */
final class SqliteSchemaGenerator implements SchemaGenerator {

    /** SQLite has no limit; Django keeps automatic names below this one. */
    private static final int MAX_NAME = 200;

    private final Dialect dialect = Dialect.standard();

    @Override
    public List<String> createTable(Table table) {
        List<String> sql = new ArrayList<>();
        sql.add(create(table.name(), table.columns()));
        sql.addAll(indexes(table));
        return List.copyOf(sql);
    }

    @Override
    public List<String> addForeignKeys(Table table) {
        return List.of();
    }

    @Override
    public List<String> dropTable(Table table) {
        return List.of("DROP TABLE " + quoted(table.name()));
    }

    @Override
    public List<String> addColumn(Table before, Table after, String column) {
        return rebuild(before, after, after.columns());
    }

    /** The altered column comes last, as in every table that Django altered; other columns keep their order. */
    @Override
    public List<String> alterColumn(Table before, Table after, String column) {
        List<Column> columns = new ArrayList<>(after.columns());
        columns.remove(after.column(column));
        columns.add(after.column(column));
        return rebuild(before, after, columns);
    }

    @Override
    public List<String> removeColumn(Table before, Table after, String column) {
        return rebuild(before, after, after.columns());
    }

    @Override
    public List<String> addIndex(Table after, Index index) {
        return List.of(createIndex("CREATE INDEX ", index.name(after.name(), MAX_NAME), after.name(), index.columns()));
    }

    /** Else dropping the old table would delete the rows that refer to it. No effect inside a transaction. */
    @Override
    public List<String> beforeSchemaChange() {
        return List.of("PRAGMA foreign_keys = OFF");
    }

    @Override
    public List<String> afterSchemaChange() {
        return List.of("PRAGMA foreign_keys = ON");
    }

    @Override
    public List<String> violations() {
        return List.of("PRAGMA foreign_key_check");
    }

    private List<String> rebuild(Table before, Table after, List<Column> columns) {
        String name = after.name();
        String fresh = "new__" + name;
        String kept = columns.stream()
                .map(Column::name)
                .filter(column ->
                        before.columns().stream().anyMatch(old -> old.name().equals(column)))
                .map(this::quoted)
                .collect(joining(", "));
        List<String> sql = new ArrayList<>();
        sql.add(create(fresh, columns));
        sql.add("INSERT INTO " + quoted(fresh) + " (" + kept + ") SELECT " + kept + " FROM " + quoted(name));
        sql.add("DROP TABLE " + quoted(name));
        sql.add("ALTER TABLE " + quoted(fresh) + " RENAME TO " + quoted(name));
        sql.addAll(indexes(after));
        return List.copyOf(sql);
    }

    private String create(String name, List<Column> columns) {
        return columns.stream()
                .map(this::definition)
                .collect(joining(", ", "CREATE TABLE " + quoted(name) + " (", ")"));
    }

    private List<String> indexes(Table table) {
        List<String> sql = new ArrayList<>();
        for (UniqueConstraint constraint : table.uniqueConstraints()) {
            String name = constraint.name(table.name(), MAX_NAME);
            sql.add(createIndex("CREATE UNIQUE INDEX ", name, table.name(), constraint.columns()));
        }
        table.indexes().forEach(index -> sql.addAll(addIndex(table, index)));
        return sql;
    }

    private String createIndex(String start, String name, String table, List<String> columns) {
        return start + quoted(name) + " ON " + quoted(table)
                + columns.stream().map(this::quoted).collect(joining(", ", " (", ")"));
    }

    private String definition(Column column) {
        return quoted(column.name()) + " " + type(column) + (column.isNullable() ? " NULL" : " NOT NULL")
                + (column.isUnique() && !column.isPrimaryKey() ? " UNIQUE" : "")
                + (column.isPrimaryKey() ? " PRIMARY KEY" : "")
                + (column.isNumbered() ? " AUTOINCREMENT" : "")
                + column.reference().map(this::references).orElse("");
    }

    private String references(ForeignKey key) {
        return " REFERENCES " + quoted(key.toTable()) + " (" + quoted(key.toColumn())
                + ") DEFERRABLE INITIALLY DEFERRED";
    }

    private static String type(Column column) {
        return switch (column.type().kind()) {
            case INTEGER -> "integer";
            case VARCHAR -> "varchar(" + column.type().length() + ")";
            case TEXT -> "text";
            case BOOLEAN -> "bool";
            case TIMESTAMP -> "datetime";
        };
    }

    private String quoted(String name) {
        return dialect.quoteName(name);
    }
}
