package dev.mooring.migrations;

import static java.util.Objects.requireNonNull;

import dev.mooring.Database;
import dev.mooring.schema.Column;
import dev.mooring.schema.Constraint;
import dev.mooring.schema.Index;
import dev.mooring.schema.Table;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** The operations that migrations are made of. All but code and SQL without a reverse can be undone. */
public final class Operations {

    private Operations() {}

    /** {@return the operation that creates a table; its foreign keys may name tables created later in the migration} */
    public static Operation createTable(Table table) {
        return new SchemaChange(
                "create table " + table.name(),
                table.name(),
                state -> state.add(table),
                (editor, now, then) -> editor.createTable(table),
                (editor, now, then) -> editor.dropTable(now.table(table.name())));
    }

    /** {@return the operation that drops a table} Undone, the table is there again, without its rows. */
    public static Operation dropTable(String table) {
        return new SchemaChange(
                "drop table " + table,
                table,
                state -> state.remove(table),
                (editor, now, then) -> editor.dropTable(now.table(table)),
                (editor, now, then) -> editor.createTable(then.table(table)));
    }

    /** {@return the operation that gives a table another name; foreign keys of other tables follow} */
    public static Operation renameTable(String table, String name) {
        return new SchemaChange(
                "rename table " + table + " to " + name,
                name,
                table,
                state -> state.rename(table, name),
                (editor, now, then) -> editor.renameTable(now.table(table), name),
                (editor, now, then) -> editor.renameTable(now.table(name), table));
    }

    /** {@return the operation that adds a column, the last} Rows that are there get its default value. */
    public static Operation addColumn(String table, Column column) {
        String name = column.name();
        return change(
                "add column " + name + " to " + table,
                table,
                old -> old.add(column),
                (editor, now, then) -> editor.addColumn(now, column),
                (editor, now, then) -> editor.removeColumn(now, then, name));
    }

    /**
     * {@return the operation that gives the column of that name another type, other keys, or other nullability} Columns that
     * refer to it follow its type, in every table, as in Django. A new primary key takes that from the old one; undone, the
     * old one is the key again.
     */
    public static Operation alterColumn(String table, Column column) {
        String name = column.name();
        return new SchemaChange(
                "alter column " + name + " of " + table,
                table,
                state -> state.replaceColumn(table, column),
                (editor, now, then) -> editor.alterColumn(now, then, table, name),
                (editor, now, then) -> editor.alterColumn(now, then, table, name));
    }

    /** {@return the operation that gives a column another name; foreign keys to it follow} */
    public static Operation renameColumn(String table, String from, String to) {
        return new SchemaChange(
                "rename column " + from + " of " + table + " to " + to,
                table,
                state -> state.renameColumn(table, from, to),
                (editor, now, then) -> editor.renameColumn(now.table(table), from, to),
                (editor, now, then) -> editor.renameColumn(now.table(table), to, from));
    }

    /**
     * {@return the operation that removes a column} Undone, it is there again, the last, without its values. What names it, a
     * constraint, an index, the condition of one or a foreign key, has to be removed before.
     */
    public static Operation removeColumn(String table, String column) {
        return new SchemaChange(
                "remove column " + column + " of " + table,
                table,
                state -> state.removeColumn(table, column),
                (editor, now, then) -> editor.removeColumn(now.table(table), column),
                (editor, now, then) ->
                        editor.addColumn(now.table(table), then.table(table).column(column)));
    }

    /** {@return the operation that creates an index} */
    public static Operation addIndex(String table, Index index) {
        return change(
                "add " + index + " to " + table,
                table,
                old -> old.with(index),
                (editor, now, then) -> editor.addIndex(now, index),
                (editor, now, then) -> editor.removeIndex(now, index));
    }

    /** {@return the operation that drops an index} */
    public static Operation removeIndex(String table, Index index) {
        return change(
                "remove " + index + " of " + table,
                table,
                old -> old.without(index),
                (editor, now, then) -> editor.removeIndex(now, index),
                (editor, now, then) -> editor.addIndex(now, index));
    }

    /** {@return the operation that gives an index another name} {@code index} is to have one already. */
    public static Operation renameIndex(String table, Index index, String name) {
        Index renamed = index.named(name);
        String before = index.name(table, Integer.MAX_VALUE);
        return change(
                "rename " + index + " of " + table + " to " + name,
                table,
                old -> old.without(index).with(renamed),
                (editor, now, then) -> editor.renameIndex(now, index, name),
                (editor, now, then) -> editor.renameIndex(now, renamed, before));
    }

    /** {@return the operation that adds a constraint} */
    public static Operation addConstraint(String table, Constraint constraint) {
        return change(
                "add " + constraint + " to " + table,
                table,
                old -> old.with(constraint),
                (editor, now, then) -> editor.addConstraint(now, constraint),
                (editor, now, then) -> editor.removeConstraint(now, constraint));
    }

    /** {@return the operation that drops a constraint} */
    public static Operation removeConstraint(String table, Constraint constraint) {
        return change(
                "remove " + constraint + " of " + table,
                table,
                old -> old.without(constraint),
                (editor, now, then) -> editor.removeConstraint(now, constraint),
                (editor, now, then) -> editor.addConstraint(now, constraint));
    }

    /**
     * {@return the operation that runs code, for rows rather than tables; in the migration's transaction, or in one of its own where
     * the database cannot take changes of the schema back} It cannot be undone.
     */
    public static Operation run(Consumer<Database> code) {
        return new RunCode(code, null);
    }

    /** {@return the operation that runs code, and other code to undo it} */
    public static Operation run(Consumer<Database> code, Consumer<Database> reverse) {
        return new RunCode(code, reverse);
    }

    /**
     * {@return the operation that runs statements as they are, with semicolons between them} It can be undone if it has the
     * line {@code -- reverse}, as a file of {@link SqlMigrations} has. The text is read when the database is known: what is
     * wrong in it is an error when the {@link MigrationExecutor} is made.
     */
    public static Operation sql(String script) {
        return new RunSql(null, requireNonNull(script, "script"), null);
    }

    /** {@return the operation that runs statements as they are, and others to undo them, which may be none} */
    public static Operation sql(String script, String reverse) {
        return new RunSql(null, requireNonNull(script, "script"), requireNonNull(reverse, "reverse"));
    }

    /**
     * {@return the operation that tells later ones what {@code operation} says, and runs nothing} For tables that SQL or code
     * has made or changed: {@code stateOnly(createTable(product))}.
     */
    public static Operation stateOnly(Operation operation) {
        return new StateOnly(requireNonNull(operation, "operation"));
    }

    private static Operation change(
            String description, String table, UnaryOperator<Table> change, TableEdit forwards, TableEdit backwards) {
        return new SchemaChange(
                description,
                table,
                state -> state.replace(change.apply(state.table(table))),
                (editor, now, then) -> forwards.make(editor, now.table(table), then.table(table)),
                (editor, now, then) -> backwards.make(editor, now.table(table), then.table(table)));
    }

    /** Changes one table in the database. */
    private interface TableEdit {
        void make(SchemaEditor editor, Table now, Table then);
    }
}
