package dev.mooring.postgres;

import static dev.mooring.postgres.PostgresColumns.quoted;
import static java.util.stream.Collectors.joining;

import dev.mooring.schema.AutomaticName;
import dev.mooring.schema.CheckConstraint;
import dev.mooring.schema.Column;
import dev.mooring.schema.Constraint;
import dev.mooring.schema.ConstraintInfo;
import dev.mooring.schema.ForeignKey;
import dev.mooring.schema.Index;
import dev.mooring.schema.Table;
import dev.mooring.schema.TableChange;
import dev.mooring.schema.UniqueConstraint;
import dev.mooring.spi.SchemaGenerator;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** PostgreSQL's schema statements: those of Django 4.1 and later, which has identity columns. */
final class PostgresSchemaGenerator implements SchemaGenerator {

    static final int MAX_NAME = 63;

    /** "mooring" in ASCII, so that whoever finds it in {@code pg_locks} can tell. */
    private static final long LOCK = 0x6d6f6f72696e67L;

    private final PostgresSession session;

    PostgresSchemaGenerator(PostgresSession session) {
        this.session = session;
    }

    @Override
    public List<String> createTable(Table table) {
        List<String> sql = new ArrayList<>();
        Stream<String> columns = table.columns().stream().map(PostgresColumns::definition);
        Stream<String> checks = table.constraints().stream().flatMap(constraint -> check(constraint).stream());
        sql.add(Stream.concat(columns, checks)
                .collect(joining(", ", "CREATE TABLE " + quoted(table.name()) + " (", ")")));
        table.constraints().stream()
                .filter(UniqueConstraint.class::isInstance)
                .forEach(constraint -> sql.addAll(add(table, constraint)));
        table.columns().forEach(column -> sql.addAll(patternIndex(table, column)));
        table.indexes().forEach(index -> sql.addAll(addIndex(table, index)));
        return List.copyOf(sql);
    }

    @Override
    public List<String> addForeignKeys(Table table) {
        return table.foreignKeys().stream().map(key -> foreignKey(table, key)).toList();
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
        List<String> sql = new ArrayList<>(PostgresColumnChange.statements(demoted(change)));
        sql.add(alter(after) + "ADD COLUMN " + PostgresColumns.definitionWithDefault(added));
        if (added.defaultValue().isPresent()) {
            sql.add(alter(after, column) + "DROP DEFAULT");
        }
        sql.addAll(patternIndex(after, added));
        if (added.isIndexed()) {
            sql.addAll(addIndex(after, Index.on(column)));
        }
        added.reference().ifPresent(key -> sql.add(foreignKey(after, key)));
        return List.copyOf(sql);
    }

    /** A new key takes that from the old one. */
    private static List<PostgresColumnChange> demoted(TableChange change) {
        return change.changedColumns().stream()
                .map(other -> new PostgresColumnChange(change, other, other))
                .toList();
    }

    @Override
    public List<String> alterColumn(TableChange change, String before, String after) {
        return PostgresColumnChange.statements(PostgresColumnChange.all(change, before, after));
    }

    /** Foreign keys are off while the types on both sides change. */
    @Override
    public List<String> alterColumns(TableChange change, String column, List<TableChange> followers) {
        List<PostgresColumnChange> changes = PostgresColumnChange.all(change, column, column);
        for (TableChange follower : followers) {
            follower.changedColumns()
                    .forEach(changed -> changes.add(new PostgresColumnChange(follower, changed, changed)));
        }
        return PostgresColumnChange.statements(changes);
    }

    @Override
    public List<String> removeColumn(TableChange change, String column) {
        return new PostgresColumnRemoval(change, column).statements();
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
        return List.of("DROP INDEX IF EXISTS " + quoted(new PostgresNames(change).index(index)));
    }

    @Override
    public List<String> renameIndex(TableChange change, Index before, Index after) {
        return List.of("ALTER INDEX " + quoted(new PostgresNames(change).index(before)) + " RENAME TO "
                + quoted(after.name(change.after().name(), MAX_NAME)));
    }

    @Override
    public List<String> addConstraint(TableChange change, Constraint constraint) {
        return add(change.after(), constraint);
    }

    @Override
    public List<String> removeConstraint(TableChange change, Constraint constraint) {
        String name = quoted(new PostgresNames(change).constraint(constraint));
        boolean index = constraint instanceof UniqueConstraint unique
                && unique.condition().isPresent();
        return List.of(index ? "DROP INDEX IF EXISTS " + name : alter(change.after()) + "DROP CONSTRAINT " + name);
    }

    @Override
    public List<ConstraintInfo> constraints(Table table) {
        return PostgresNames.ofNew(table);
    }

    @Override
    public List<String> lockForMigrations() {
        return List.of("SELECT pg_advisory_xact_lock(" + LOCK + ")");
    }

    @Override
    public Optional<String> tryLockMigrations() {
        return Optional.of("SELECT pg_try_advisory_lock(" + LOCK + ")");
    }

    @Override
    public Optional<String> unlockMigrations() {
        return Optional.of("SELECT pg_advisory_unlock(" + LOCK + ")");
    }

    /** As DISCARD ALL, which gives up advisory locks too. */
    @Override
    public List<String> restoreSession() {
        return List.of(
                "SET SESSION AUTHORIZATION DEFAULT",
                "RESET ALL",
                "CLOSE ALL",
                "UNLISTEN *",
                "DISCARD TEMP",
                session.statement());
    }

    static String alter(Table table) {
        return "ALTER TABLE " + quoted(table.name()) + " ";
    }

    static String alter(Table table, String column) {
        return alter(table) + "ALTER COLUMN " + quoted(column) + " ";
    }

    static String foreignKey(Table table, ForeignKey key) {
        return alter(table) + "ADD CONSTRAINT " + quoted(key.name(table.name(), MAX_NAME)) + " FOREIGN KEY"
                + list(List.of(key.column())) + " REFERENCES " + quoted(key.toTable()) + list(List.of(key.toColumn()))
                + " DEFERRABLE INITIALLY DEFERRED";
    }

    /** A check that is still to be made at the commit would forbid to alter the table: so it is made first. */
    static List<String> dropForeignKey(TableChange change, ForeignKey key) {
        String name = quoted(new PostgresNames(change).foreignKey(key));
        return List.of("SET CONSTRAINTS " + name + " IMMEDIATE", alter(change.before()) + "DROP CONSTRAINT " + name);
    }

    static List<String> patternIndex(Table table, Column column) {
        return PostgresColumns.patternOperators(column).stream()
                .map(operators -> "CREATE INDEX " + quoted(patternIndexName(table, column.name())) + " ON "
                        + quoted(table.name()) + " (" + quoted(column.name()) + " " + operators + ")")
                .toList();
    }

    static String patternIndexName(Table table, String column) {
        return AutomaticName.of(table.name(), List.of(column), "_like", MAX_NAME);
    }

    static String list(List<String> columns) {
        return columns.stream().map(PostgresColumns::quoted).collect(joining(", ", " (", ")"));
    }

    private static List<String> add(Table table, Constraint constraint) {
        if (constraint instanceof UniqueConstraint unique) {
            String name = quoted(unique.name(table.name(), MAX_NAME));
            return List.of(
                    unique.condition().isPresent()
                            ? "CREATE UNIQUE INDEX " + name + " ON " + quoted(table.name()) + list(unique.columns())
                                    + where(unique.condition())
                            : alter(table) + "ADD CONSTRAINT " + name + " UNIQUE" + list(unique.columns()));
        }
        return check(constraint).map(check -> alter(table) + "ADD " + check).stream()
                .toList();
    }

    private static Optional<String> check(Constraint constraint) {
        return constraint instanceof CheckConstraint check
                ? Optional.of("CONSTRAINT " + quoted(check.name()) + " CHECK (" + check.condition() + ")")
                : Optional.empty();
    }

    private static String where(Optional<String> condition) {
        return condition.map(text -> " WHERE (" + text + ")").orElse("");
    }
}
