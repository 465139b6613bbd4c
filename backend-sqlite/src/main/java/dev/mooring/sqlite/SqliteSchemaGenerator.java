package dev.mooring.sqlite;

import static dev.mooring.sqlite.SqliteColumns.quoted;

import dev.mooring.schema.Column;
import dev.mooring.schema.Constraint;
import dev.mooring.schema.ConstraintInfo;
import dev.mooring.schema.Index;
import dev.mooring.schema.Table;
import dev.mooring.schema.TableChange;
import dev.mooring.schema.UniqueConstraint;
import dev.mooring.spi.SchemaGenerator;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * SQLite's schema statements. What it cannot alter is built anew under another name, filled, and put in the place of the
 * old table; see {@link SqliteRebuild}.
 */
final class SqliteSchemaGenerator implements SchemaGenerator {

    private final SqliteColumns columns;

    SqliteSchemaGenerator(SqliteColumns columns) {
        this.columns = columns;
    }

    @Override
    public List<String> createTable(Table table) {
        List<String> sql = new ArrayList<>();
        sql.add(SqliteRebuild.create(table.name(), table, table.columns()));
        sql.addAll(SqliteIndexes.all(table));
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
            return rebuilt(change, value -> added(value, added));
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
     * A new name is given last, for SQLite then corrects whatever else has the old one. After anything more the altered
     * column comes last, as in every table that Django altered; other columns keep their order.
     */
    @Override
    public List<String> alterColumn(TableChange change, String before, String after) {
        Column old = change.before().column(before);
        Column altered = change.after().column(after);
        boolean renamed = !before.equals(after);
        String rename = alter(change.after()) + "RENAME COLUMN " + quoted(before) + " TO " + quoted(after);
        if (old.isLike(altered) && !(renamed && altered.isIndexed())) {
            return renamed ? List.of(rename) : List.of();
        }
        Column filled = altered.renamed(before);
        Table altering = renamed ? change.after().replace(after, filled) : change.after();
        List<Column> order = new ArrayList<>(altering.columns());
        order.removeIf(column -> column.name().equals(before));
        order.add(altering.column(before));
        SqliteRebuild rebuild = new SqliteRebuild(change, altering, order);
        List<String> sql = new ArrayList<>(
                rebuild.table(column -> Optional.of(column.name().equals(before) ? kept(old, filled) : name(column))));
        if (renamed) {
            sql.add(rename);
        }
        sql.addAll(SqliteIndexes.all(change.after()));
        return List.copyOf(sql);
    }

    /** One table is built anew once, however many of its columns change. */
    @Override
    public List<String> alterColumns(TableChange change, String column, List<TableChange> followers) {
        List<String> sql = new ArrayList<>(alterColumn(change, column, column));
        followers.forEach(follower -> sql.addAll(rebuilt(follower)));
        return List.copyOf(sql);
    }

    private String kept(Column old, Column altered) {
        String name = name(altered);
        return old.isNullable() && !altered.isNullable()
                ? altered.defaultValue()
                        .map(value -> "coalesce(" + name + ", " + columns.literal(value) + ")")
                        .orElse(name)
                : name;
    }

    @Override
    public List<String> removeColumn(TableChange change, String column) {
        return new SqliteColumnRemoval(change, column).statements();
    }

    @Override
    public List<String> addIndex(Table after, Index index) {
        return List.of(SqliteIndexes.create(after, index));
    }

    @Override
    public List<String> removeIndex(TableChange change, Index index) {
        return List.of(SqliteIndexes.drop(SqliteIndexes.present(change, index)));
    }

    @Override
    public List<String> addConstraint(TableChange change, Constraint constraint) {
        return constraint instanceof UniqueConstraint unique && SqliteIndexes.isOne(unique)
                ? List.of(SqliteIndexes.create(change.after(), unique))
                : rebuilt(change);
    }

    @Override
    public List<String> removeConstraint(TableChange change, Constraint constraint) {
        return constraint instanceof UniqueConstraint unique && SqliteIndexes.isOne(unique)
                ? List.of(SqliteIndexes.drop(SqliteIndexes.present(change, unique)))
                : rebuilt(change);
    }

    /** What is not an index has no name that a statement would use. */
    @Override
    public List<ConstraintInfo> constraints(Table table) {
        return SqliteIndexes.ofNew(table);
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

    private static List<String> rebuilt(TableChange change) {
        return rebuilt(change, column -> Optional.of(name(column)));
    }

    private static List<String> rebuilt(TableChange change, Function<Column, Optional<String>> value) {
        Table after = change.after();
        List<String> sql = new ArrayList<>(new SqliteRebuild(change, after, after.columns()).table(value));
        sql.addAll(SqliteIndexes.all(after));
        return List.copyOf(sql);
    }

    private static String name(Column column) {
        return quoted(column.name());
    }

    private static String alter(Table table) {
        return "ALTER TABLE " + quoted(table.name()) + " ";
    }
}
