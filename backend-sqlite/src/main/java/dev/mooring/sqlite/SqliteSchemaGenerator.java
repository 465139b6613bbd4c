package dev.mooring.sqlite;

import static dev.mooring.sqlite.SqliteColumns.quoted;
import static java.util.stream.Collectors.joining;

import dev.mooring.schema.CheckConstraint;
import dev.mooring.schema.Column;
import dev.mooring.schema.Constraint;
import dev.mooring.schema.Index;
import dev.mooring.schema.Table;
import dev.mooring.schema.TableChange;
import dev.mooring.schema.UniqueConstraint;
import dev.mooring.spi.SchemaGenerator;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * SQLite's schema statements. What it cannot alter is built anew under another name, filled, and put in the place of the
 * old table: step for step the procedure in SQLite's documentation of ALTER TABLE.
 */
final class SqliteSchemaGenerator implements SchemaGenerator {

    /** SQLite has no limit; Django keeps automatic names below this one. */
    private static final int MAX_NAME = 200;

    private final SqliteColumns columns;

    SqliteSchemaGenerator(SqliteColumns columns) {
        this.columns = columns;
    }

    @Override
    public List<String> createTable(Table table) {
        List<String> sql = new ArrayList<>();
        sql.add(create(table.name(), table, table.columns()));
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
    public List<String> renameTable(Table before, Table after) {
        return List.of(alter(before) + "RENAME TO " + quoted(after.name()));
    }

    @Override
    public List<String> addColumn(TableChange change, String column) {
        Table after = change.after();
        Column added = after.column(column);
        if (!added.isNullable()
                || added.isUnique()
                || added.isPrimaryKey()
                || added.defaultValue().isPresent()) {
            return rebuild(change, after.columns(), value -> added(value, added));
        }
        List<String> sql = new ArrayList<>();
        sql.add(alter(after) + "ADD COLUMN " + SqliteColumns.definition(added));
        if (added.isIndexed()) {
            sql.addAll(addIndex(after, Index.on(column)));
        }
        return List.copyOf(sql);
    }

    private Optional<String> added(Column column, Column added) {
        return column == added ? added.defaultValue().map(columns::literal) : Optional.of(quoted(column.name()));
    }

    /**
     * A new name is given first, for SQLite then corrects whatever else has it. After anything more the altered column
     * comes last, as in every table that Django altered; other columns keep their order.
     */
    @Override
    public List<String> alterColumn(TableChange change, String before, String after) {
        Column old = change.before().column(before);
        Column altered = change.after().column(after);
        List<String> sql = new ArrayList<>();
        boolean renamed = !before.equals(after);
        if (renamed) {
            sql.add(alter(change.before()) + "RENAME COLUMN " + quoted(before) + " TO " + quoted(after));
        }
        if (!old.isLike(altered) || (renamed && altered.isIndexed())) {
            List<Column> order = new ArrayList<>(change.after().columns());
            order.remove(altered);
            order.add(altered);
            sql.addAll(rebuild(change, order, column -> Optional.of(kept(column, old, altered))));
        }
        return List.copyOf(sql);
    }

    private String kept(Column column, Column old, Column altered) {
        String name = quoted(column.name());
        boolean filled = column == altered && old.isNullable() && !altered.isNullable();
        return filled
                ? altered.defaultValue()
                        .map(value -> "coalesce(" + name + ", " + columns.literal(value) + ")")
                        .orElse(name)
                : name;
    }

    @Override
    public List<String> removeColumn(TableChange change, String column) {
        Column removed = change.before().column(column);
        boolean alone = !removed.isPrimaryKey()
                && !removed.isUnique()
                && !removed.isIndexed()
                && removed.reference().isEmpty()
                && change.before().constraints().isEmpty()
                && change.before().indexes().stream()
                        .allMatch(index -> index.condition().isEmpty());
        return alone
                ? List.of(alter(change.after()) + "DROP COLUMN " + quoted(column))
                : rebuild(change, change.after().columns(), kept -> Optional.of(quoted(kept.name())));
    }

    @Override
    public List<String> addIndex(Table after, Index index) {
        return List.of("CREATE INDEX " + quoted(index.name(after.name(), MAX_NAME)) + " ON " + quoted(after.name())
                + index.parts().stream()
                        .map(part -> quoted(part.column()) + (part.descending() ? " DESC" : ""))
                        .collect(joining(", ", " (", ")"))
                + where(index.condition()));
    }

    @Override
    public List<String> removeIndex(TableChange change, Index index) {
        String automatic = index.name(change.before().name(), MAX_NAME);
        return dropIndex(
                index.isNamed()
                        ? automatic
                        : indexOn(change, index.columns(), false).orElse(automatic));
    }

    @Override
    public List<String> addConstraint(TableChange change, Constraint constraint) {
        return constraint instanceof UniqueConstraint unique && isIndex(unique)
                ? List.of(uniqueIndex(change.after(), unique))
                : rebuilt(change);
    }

    @Override
    public List<String> removeConstraint(TableChange change, Constraint constraint) {
        if (!(constraint instanceof UniqueConstraint unique && isIndex(unique))) {
            return rebuilt(change);
        }
        String automatic = unique.name(change.before().name(), MAX_NAME);
        return dropIndex(
                unique.isNamed()
                        ? automatic
                        : indexOn(change, unique.columns(), true).orElse(automatic));
    }

    /** Else dropping the old table would delete the rows that refer to it. No effect inside a transaction. */
    @Override
    public List<String> beforeSchemaChange() {
        return List.of("PRAGMA foreign_keys = OFF");
    }

    @Override
    public List<String> afterSchemaChange() {
        return List.of("PRAGMA legacy_alter_table = OFF", "PRAGMA foreign_keys = ON");
    }

    @Override
    public List<String> violations() {
        return List.of("PRAGMA foreign_key_check");
    }

    private List<String> rebuilt(TableChange change) {
        return rebuild(change, change.after().columns(), column -> Optional.of(quoted(column.name())));
    }

    /** Without the legacy way, SQLite refuses to rename the new table as long as a view misses the old one. */
    private List<String> rebuild(TableChange change, List<Column> order, Function<Column, Optional<String>> value) {
        Table after = change.after();
        String name = after.name();
        String fresh = "new__" + name;
        List<Column> filled =
                order.stream().filter(column -> value.apply(column).isPresent()).toList();
        List<String> sql = new ArrayList<>();
        sql.add(create(fresh, after, order));
        sql.add("INSERT INTO " + quoted(fresh)
                + filled.stream().map(column -> quoted(column.name())).collect(joining(", ", " (", ")"))
                + filled.stream()
                        .flatMap(column -> value.apply(column).stream())
                        .collect(joining(", ", " SELECT ", " FROM " + quoted(name))));
        sql.add("DROP TABLE " + quoted(name));
        sql.add("PRAGMA legacy_alter_table = ON");
        sql.add("ALTER TABLE " + quoted(fresh) + " RENAME TO " + quoted(name));
        sql.add("PRAGMA legacy_alter_table = OFF");
        sql.addAll(indexes(after));
        return List.copyOf(sql);
    }

    private static String create(String name, Table table, List<Column> columns) {
        Stream<String> constraints = table.constraints().stream().flatMap(constraint -> inline(constraint).stream());
        return Stream.concat(columns.stream().map(SqliteColumns::definition), constraints)
                .collect(joining(", ", "CREATE TABLE " + quoted(name) + " (", ")"));
    }

    private static Optional<String> inline(Constraint constraint) {
        if (constraint instanceof CheckConstraint check) {
            return Optional.of("CONSTRAINT " + quoted(check.name()) + " CHECK (" + check.condition() + ")");
        }
        return constraint instanceof UniqueConstraint unique && !isIndex(unique)
                ? Optional.of("CONSTRAINT " + quoted(unique.name("", MAX_NAME)) + " UNIQUE" + list(unique.columns()))
                : Optional.empty();
    }

    /** Django's {@code unique_together} is an index, its {@code UniqueConstraint} is one if it has a condition. */
    private static boolean isIndex(UniqueConstraint constraint) {
        return !constraint.isNamed() || constraint.condition().isPresent();
    }

    private List<String> indexes(Table table) {
        List<String> sql = new ArrayList<>();
        for (Constraint constraint : table.constraints()) {
            if (constraint instanceof UniqueConstraint unique && isIndex(unique)) {
                sql.add(uniqueIndex(table, unique));
            }
        }
        table.indexes().forEach(index -> sql.addAll(addIndex(table, index)));
        return sql;
    }

    private static String uniqueIndex(Table table, UniqueConstraint unique) {
        return "CREATE UNIQUE INDEX " + quoted(unique.name(table.name(), MAX_NAME)) + " ON " + quoted(table.name())
                + list(unique.columns()) + where(unique.condition());
    }

    private static List<String> dropIndex(String name) {
        return List.of("DROP INDEX " + quoted(name));
    }

    private static Optional<String> indexOn(TableChange change, List<String> columns, boolean unique) {
        List<String> named = change.before().indexes().stream()
                .filter(Index::isNamed)
                .map(index -> index.name(change.before().name(), MAX_NAME))
                .toList();
        return change.nameOf(
                columns, found -> found.index() && found.unique() == unique && !named.contains(found.name()));
    }

    private static String where(Optional<String> condition) {
        return condition.map(text -> " WHERE " + text).orElse("");
    }

    private static String alter(Table table) {
        return "ALTER TABLE " + quoted(table.name()) + " ";
    }

    private static String list(List<String> names) {
        return names.stream().map(SqliteColumns::quoted).collect(joining(", ", " (", ")"));
    }
}
