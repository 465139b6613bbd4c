package dev.mooring.migrations;

import dev.mooring.Database;
import dev.mooring.error.ErrorKind;
import dev.mooring.schema.Column;
import dev.mooring.schema.Constraint;
import dev.mooring.schema.Index;
import dev.mooring.schema.Schema;
import dev.mooring.schema.Table;
import dev.mooring.schema.TableChange;
import dev.mooring.spi.SchemaGenerator;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Creates and changes tables: Django's schema editor. Each method gets the table as it is and returns it as it becomes.
 * Foreign keys of new tables are added at the end, so tables may be created in any order.
 *
 * <pre>{@code
 * SchemaEditor.apply(database, editor -> editor.addColumn(book, Column.of("year", ColumnType.INTEGER).nullable()));
 * }</pre>
 *
 * <p>It lives as long as one change is under way, in the thread that makes it.
 */
public final class SchemaEditor {

    private static final Logger LOG = LoggerFactory.getLogger("dev.mooring.schema");

    private final Database database;
    private final SchemaGenerator generator;
    private final KnownTables tables;
    private final List<Deferred> deferred = new ArrayList<>();
    private final @Nullable List<String> collected;
    private @Nullable Migration migration;

    SchemaEditor(Database database) {
        this(database, KnownTables.of(database.introspection()), null);
    }

    private SchemaEditor(Database database, KnownTables tables, @Nullable List<String> collected) {
        this.database = database;
        this.generator = database.backend().schemaGenerator();
        this.tables = tables;
        this.collected = collected;
    }

    /**
     * {@return an editor that runs nothing and keeps the statements, for {@link #collected()}}
     *
     * @param lookedUp whether the database has the tables as they are before the first change
     */
    static SchemaEditor collecting(Database database, boolean lookedUp) {
        return new SchemaEditor(database, new CollectedTables(database, lookedUp), new ArrayList<>());
    }

    /**
     * Changes tables, all or nothing where the database can take such a change back. Checks at the end that no row refers
     * to one that does not exist.
     *
     * @throws dev.mooring.error.TransactionManagementException inside {@code atomic} or with autocommit off: some of
     *     it cannot be in a transaction of the caller's
     * @throws dev.mooring.error.IntegrityException if rows refer to rows that do not exist
     */
    public static void apply(Database database, Consumer<SchemaEditor> changes) {
        new SchemaTransaction(database).around(() -> {
            SchemaEditor editor = new SchemaEditor(database);
            changes.accept(editor);
            editor.finish();
            return true;
        });
    }

    /** {@return the statements that the same changes would run, each with a semicolon; nothing is run but questions} */
    public static List<String> collect(Database database, Consumer<SchemaEditor> changes) {
        SchemaEditor editor = collecting(database, true);
        changes.accept(editor);
        editor.finish();
        return editor.collected();
    }

    /** Has errors name the migration whose changes follow. */
    void begin(Migration whose) {
        migration = whose;
    }

    /** {@return the migration whose changes these are; null if they belong to none} */
    @Nullable
    Migration migration() {
        return migration;
    }

    /** {@return whether the changes are made in a transaction} */
    boolean isAtomic() {
        return migration == null || migration.isAtomic();
    }

    /** {@return what writes the statements of this database} */
    public SchemaGenerator generator() {
        return generator;
    }

    /** {@return the database, inside the transaction of the change} */
    public Database database() {
        return database;
    }

    /** {@return whether statements are only collected: then nothing else may change the database either} */
    public boolean isCollecting() {
        return collected != null;
    }

    /** Creates a table; its foreign keys may name tables that are created later. */
    public void createTable(Table table) {
        execute(generator.createTable(table));
        tables.created(table);
        defer(table, generator.addForeignKeys(table));
    }

    /** Drops a table. */
    public void dropTable(Table table) {
        deferred.removeIf(statement -> statement.concerns(table));
        execute(generator.dropTable(table));
        tables.dropped(table);
    }

    /** Gives a table another name; foreign keys of other tables follow. */
    public Table renameTable(Table table, String name) {
        Table after = table.renamed(name);
        runDeferred(table);
        execute(generator.renameTable(table, after));
        tables.renamed(table, after);
        return after;
    }

    /** Adds a column, the last. Rows that are there get its default value. */
    public Table addColumn(Table table, Column column) {
        Table after = table.add(column);
        return made(table, after, generator.addColumn(tables.change(table, after), column.name()));
    }

    /**
     * Makes the column called {@code old} into {@code column}, which may have another name too. Columns of the same table that
     * refer to it follow its type; those of other tables are not known here, see {@link Operations#alterColumn}.
     */
    public Table alterColumn(Table table, String old, Column column) {
        Table renamed = table.replace(old, table.column(old).renamed(column.name()));
        Table after =
                Schema.empty().add(renamed).replaceColumn(table.name(), column).table(table.name());
        if (table.column(old).reference().isPresent() || !column.name().equals(old)) {
            runDeferred(table);
        }
        return made(table, after, generator.alterColumn(tables.change(table, after), old, column.name()));
    }

    /** Alters a column and what changes with it: the table's former key, and in all tables what refers to the column. */
    void alterColumn(Schema now, Schema then, String table, String column) {
        List<TableChange> followers = new ArrayList<>();
        for (Table other : now.tables()) {
            boolean follows = !TableChange.of(other, then.table(other.name()))
                    .changedColumns()
                    .isEmpty();
            if (follows && !other.name().equals(table) && isThere(other)) {
                runDeferred(other);
                followers.add(tables.change(other, then.table(other.name())));
            }
        }
        runDeferred(now.table(table));
        TableChange change = tables.change(now.table(table), then.table(table));
        List<String> statements = generator.alterColumns(change, column, followers);
        made(change.before(), change.after(), statements);
        followers.forEach(follower -> tables.changed(follower.before(), follower.after(), statements));
    }

    /** Gives a column another name; foreign keys to it follow. */
    public Table renameColumn(Table table, String from, String to) {
        return alterColumn(table, from, table.column(from).renamed(to));
    }

    /** Removes a column. */
    public Table removeColumn(Table table, String column) {
        return removeColumn(table, table.remove(column), column);
    }

    /** Removes a column, and leaves the table as {@code after} says: with the key that it had before, for one. */
    Table removeColumn(Table table, Table after, String column) {
        if (table.column(column).reference().isPresent()) {
            runDeferred(table);
        }
        return made(table, after, generator.removeColumn(tables.change(table, after), column));
    }

    /** Creates an index. */
    public Table addIndex(Table table, Index index) {
        return made(table, table.with(index), generator.addIndex(table, index));
    }

    /** Drops an index. */
    public Table removeIndex(Table table, Index index) {
        Table after = table.without(index);
        return made(table, after, generator.removeIndex(tables.change(table, after), index));
    }

    /** Gives an index another name. */
    public Table renameIndex(Table table, Index index, String name) {
        Table after = table.without(index).with(index.named(name));
        return made(table, after, generator.renameIndex(tables.change(table, after), index, index.named(name)));
    }

    /** Adds a constraint. */
    public Table addConstraint(Table table, Constraint constraint) {
        Table after = table.with(constraint);
        return made(table, after, generator.addConstraint(tables.change(table, after), constraint));
    }

    /** Drops a constraint. */
    public Table removeConstraint(Table table, Constraint constraint) {
        Table after = table.without(constraint);
        return made(table, after, generator.removeConstraint(tables.change(table, after), constraint));
    }

    /** Runs statements without parameters, in order; or collects them. */
    public void execute(List<String> statements) {
        statements.forEach(this::log);
        if (collected == null) {
            statements.forEach(database::execute);
        } else {
            statements.forEach(statement -> collected.add(statement + ";"));
        }
    }

    private void log(String statement) {
        LOG.atDebug()
                .addKeyValue("sql", statement)
                .addKeyValue("alias", database.alias())
                .log("{}; alias={}", statement, database.alias());
    }

    /** Collects a comment, where a step has no statements to collect. */
    void note(String comment) {
        if (collected != null) {
            collected.add("-- " + comment);
        }
    }

    /** Keeps statements about a table until all changes are made, unless the table is dropped by then. */
    public void defer(Table table, List<String> statements) {
        statements.forEach(statement -> deferred.add(new Deferred(table, statement)));
    }

    /** Forgets what was collected, but not what the tables are like after it. */
    void startCollecting() {
        if (collected != null) {
            collected.clear();
        }
    }

    /** {@return what was collected, each statement with a semicolon; empty if they were run} */
    List<String> collected() {
        return collected == null ? List.of() : List.copyOf(collected);
    }

    /** Runs what was deferred, and makes sure that the changes broke nothing. */
    void finish() {
        execute(deferred.stream().map(Deferred::statement).toList());
        deferred.clear();
        if (isCollecting()) {
            return;
        }
        for (String query : generator.violations()) {
            List<?> rows = database.query(query);
            if (!rows.isEmpty()) {
                throw ErrorKind.INTEGRITY.exception("Rows of the database '" + database.alias()
                        + "' refer to rows that do not exist; " + query + " found " + rows.size() + ", the first is "
                        + rows.get(0));
            }
        }
    }

    /** A router may keep a table of the schema out of this database. */
    private boolean isThere(Table table) {
        return isCollecting()
                || database.introspection().tableNames().stream().anyMatch(name -> name.equalsIgnoreCase(table.name()));
    }

    private Table made(Table before, Table after, List<String> statements) {
        execute(statements);
        tables.changed(before, after, statements);
        return after;
    }

    /** What is about to change would not be found any more. */
    private void runDeferred(Table table) {
        List<Deferred> due =
                deferred.stream().filter(statement -> statement.concerns(table)).toList();
        deferred.removeAll(due);
        execute(due.stream().map(Deferred::statement).toList());
    }

    private record Deferred(Table table, String statement) {

        private boolean concerns(Table other) {
            return table.name().equals(other.name())
                    || table.foreignKeys().stream()
                            .anyMatch(key -> key.toTable().equals(other.name()));
        }
    }
}
