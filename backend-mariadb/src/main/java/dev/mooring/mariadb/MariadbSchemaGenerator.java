package dev.mooring.mariadb;

import static dev.mooring.mariadb.MariadbColumns.alter;
import static dev.mooring.mariadb.MariadbColumns.foreignKey;
import static dev.mooring.mariadb.MariadbDialect.quoted;
import static dev.mooring.mariadb.MariadbNames.MAX_NAME;
import static java.util.stream.Collectors.joining;

import dev.mooring.error.ErrorKind;
import dev.mooring.schema.CheckConstraint;
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

/** MariaDB's schema statements, as Django has them. Each commits by itself. */
final class MariadbSchemaGenerator implements SchemaGenerator {

    /** Of this database: the names of such locks are the server's. At most 64 characters. */
    private static final String LOCK = "concat('mooring-migrate-', md5(database()))";

    private final MariadbSession session;
    private final MariadbColumns columns;

    MariadbSchemaGenerator(MariadbSession session, MariadbColumns columns) {
        this.session = session;
        this.columns = columns;
    }

    @Override
    public List<String> createTable(Table table) {
        List<String> parts = new ArrayList<>();
        table.columns().forEach(column -> parts.add(columns.definition(column)));
        table.constraints().forEach(constraint -> parts.add(definition(table, constraint)));
        List<String> sql = new ArrayList<>();
        sql.add(parts.stream().collect(joining(", ", "CREATE TABLE " + quoted(table.name()) + " (", ")")));
        indexes(table).forEach(index -> sql.addAll(addIndex(table, index)));
        return List.copyOf(sql);
    }

    /** Those of single columns that take one, and the others. */
    private static List<Index> indexes(Table table) {
        return table.indexes().stream()
                .filter(index -> index.isNamed()
                        || index.columns().size() > 1
                        || !table.column(index.columns().get(0)).isIndexed()
                        || MariadbColumns.hasIndex(table.column(index.columns().get(0))))
                .toList();
    }

    @Override
    public List<String> addForeignKeys(Table table) {
        return table.foreignKeys().stream()
                .map(key -> alter(table) + "ADD " + foreignKey(table, key))
                .toList();
    }

    @Override
    public List<String> dropTable(Table table) {
        return List.of("DROP TABLE " + quoted(table.name()));
    }

    @Override
    public List<String> renameTable(Table before, Table after) {
        return List.of("RENAME TABLE " + quoted(before.name()) + " TO " + quoted(after.name()));
    }

    @Override
    public List<String> addColumn(TableChange change, String column) {
        Table after = change.after();
        Column added = after.column(column);
        List<String> sql =
                new ArrayList<>(MariadbColumnChange.statements(columns, MariadbColumnChange.demoted(change)));
        boolean later = added.defaultValue().isPresent() && !MariadbColumns.takesIndex(added);
        sql.add(alter(after) + "ADD COLUMN "
                + (later ? columns.definition(added.nullable()) : columns.definitionWithDefault(added))
                + added.reference()
                        .map(key -> ", ADD " + foreignKey(after, key))
                        .orElse(""));
        if (later) {
            sql.addAll(columns.filled(after, added));
        } else if (added.defaultValue().isPresent()) {
            sql.add(alter(after) + "ALTER COLUMN " + quoted(column) + " DROP DEFAULT");
        }
        if (MariadbColumns.hasIndex(added)) {
            sql.addAll(addIndex(after, Index.on(column)));
        }
        return List.copyOf(sql);
    }

    @Override
    public List<String> alterColumn(TableChange change, String before, String after) {
        return MariadbColumnChange.statements(columns, MariadbColumnChange.all(change, before, after));
    }

    /** Foreign keys are off while the types on both sides change. */
    @Override
    public List<String> alterColumns(TableChange change, String column, List<TableChange> followers) {
        List<MariadbColumnChange> changes = MariadbColumnChange.all(change, column, column);
        for (TableChange follower : followers) {
            follower.changedColumns()
                    .forEach(changed -> changes.add(new MariadbColumnChange(follower, changed, changed)));
        }
        return MariadbColumnChange.statements(columns, changes);
    }

    @Override
    public List<String> removeColumn(TableChange change, String column) {
        return new MariadbColumnRemoval(columns, change, column).statements();
    }

    @Override
    public List<String> addIndex(Table after, Index index) {
        refuseCondition(index.condition(), "index", index.name(after.name(), MAX_NAME));
        return List.of("CREATE INDEX " + quoted(index.name(after.name(), MAX_NAME)) + " ON " + quoted(after.name())
                + index.parts().stream()
                        .map(part -> quoted(part.column()) + (part.descending() ? " DESC" : ""))
                        .collect(joining(", ", " (", ")")));
    }

    @Override
    public List<String> removeIndex(TableChange change, Index index) {
        return List.of("DROP INDEX " + quoted(new MariadbNames(change).index(index)) + " ON "
                + quoted(change.after().name()));
    }

    @Override
    public List<String> renameIndex(TableChange change, Index before, Index after) {
        return List.of(alter(change.after()) + "RENAME INDEX " + quoted(new MariadbNames(change).index(before)) + " TO "
                + quoted(after.name(change.after().name(), MAX_NAME)));
    }

    @Override
    public List<String> addConstraint(TableChange change, Constraint constraint) {
        return List.of(alter(change.after()) + "ADD " + definition(change.after(), constraint));
    }

    @Override
    public List<String> removeConstraint(TableChange change, Constraint constraint) {
        String kind = constraint instanceof UniqueConstraint ? "DROP INDEX " : "DROP CONSTRAINT IF EXISTS ";
        return List.of(alter(change.after()) + kind + quoted(new MariadbNames(change).constraint(constraint)));
    }

    @Override
    public List<ConstraintInfo> constraints(Table table) {
        return MariadbNames.ofNew(table);
    }

    /** {@code <=>} makes a number of null: GET_LOCK answers 1, 0, or null after an error. */
    @Override
    public Optional<String> tryLockMigrations() {
        return Optional.of("SELECT GET_LOCK(" + LOCK + ", 0) <=> 1");
    }

    @Override
    public Optional<String> unlockMigrations() {
        return Optional.of("SELECT RELEASE_LOCK(" + LOCK + ")");
    }

    @Override
    public List<String> restoreSession() {
        return session.statements();
    }

    private static String definition(Table table, Constraint constraint) {
        String name = constraint.name(table.name(), MAX_NAME);
        if (constraint instanceof CheckConstraint check) {
            return "CONSTRAINT " + quoted(name) + " CHECK (" + MariadbColumns.condition(check.condition()) + ")";
        }
        UniqueConstraint unique = (UniqueConstraint) constraint;
        refuseCondition(unique.condition(), "constraint", name);
        return "CONSTRAINT " + quoted(name) + " UNIQUE ("
                + unique.columns().stream().map(MariadbDialect::quoted).collect(joining(", ")) + ")";
    }

    /** Django leaves such an index out and says so in a check of its own, which is not here. */
    private static void refuseCondition(Optional<String> condition, String kind, String name) {
        if (condition.isPresent()) {
            throw ErrorKind.NOT_SUPPORTED.exception(
                    "MariaDB has no index on a part of the rows, so that the %s \"%s\" cannot be made; leave its condition out"
                            .formatted(kind, name));
        }
    }
}
