package dev.mooring.mariadb;

import static dev.mooring.mariadb.MariadbColumns.alter;
import static dev.mooring.mariadb.MariadbColumns.foreignKey;
import static dev.mooring.mariadb.MariadbDialect.quoted;
import static dev.mooring.mariadb.MariadbNames.MAX_NAME;

import dev.mooring.schema.AutomaticName;
import dev.mooring.schema.Column;
import dev.mooring.schema.Index;
import dev.mooring.schema.Table;
import dev.mooring.schema.TableChange;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * Turns one column into another, in steps: what no longer fits is dropped, the column altered, the rest put on again. Where
 * several columns change together each step is made for all of them before the next one.
 */
final class MariadbColumnChange {

    private final TableChange change;
    private final Table table;
    private final Column old;
    private final Column altered;
    private final boolean renamed;

    MariadbColumnChange(TableChange change, String before, String after) {
        this.change = change;
        this.table = change.after();
        this.old = change.before().column(before);
        this.altered = table.column(after);
        this.renamed = !before.equals(after);
    }

    /** {@return the change of the column, and of those that change with it} */
    static List<MariadbColumnChange> all(TableChange change, String before, String after) {
        List<MariadbColumnChange> changes = new ArrayList<>();
        changes.add(new MariadbColumnChange(change, before, after));
        others(change, before, after).forEach(column -> changes.add(new MariadbColumnChange(change, column, column)));
        return changes;
    }

    /** {@return the changes of the columns that a new key takes its place from} */
    static List<MariadbColumnChange> demoted(TableChange change) {
        return change.changedColumns().stream()
                .map(other -> new MariadbColumnChange(change, other, other))
                .toList();
    }

    private static List<String> others(TableChange change, String before, String after) {
        Table table = before.equals(after) ? change.before() : change.before().renameColumn(before, after);
        return table.columns().stream()
                .filter(column -> !column.name().equals(after) && change.after().has(column.name()))
                .filter(column -> !column.isLike(change.after().column(column.name())))
                .map(Column::name)
                .toList();
    }

    /** {@return the statements that make these changes} */
    static List<String> statements(MariadbColumns columns, List<MariadbColumnChange> changes) {
        List<MariadbColumnChange> due = changes.stream()
                .filter(change -> change.renamed || !change.old.isLike(change.altered))
                .toList();
        List<BiConsumer<MariadbColumnChange, List<String>>> steps = List.of(
                MariadbColumnChange::dropForeignKey,
                MariadbColumnChange::dropWhatNoLongerFits,
                (each, sql) -> each.alterItself(columns, sql),
                MariadbColumnChange::putOnKeys,
                MariadbColumnChange::putOnNumbering,
                MariadbColumnChange::putOnForeignKey);
        List<String> sql = new ArrayList<>();
        steps.forEach(step -> due.forEach(each -> step.accept(each, sql)));
        return List.copyOf(sql);
    }

    private void dropForeignKey(List<String> sql) {
        if (replacesForeignKey()) {
            old.reference()
                    .ifPresent(key -> sql.add(alter(change.before()) + "DROP FOREIGN KEY "
                            + quoted(new MariadbNames(change).foreignKey(key))));
        }
    }

    private void dropWhatNoLongerFits(List<String> sql) {
        MariadbNames names = new MariadbNames(change);
        if (old.isNumbered() && !isStillNumbered()) {
            sql.add(alter(table) + "MODIFY " + MariadbColumns.modification(old, false, hasOwnCheck()));
        }
        if (!MariadbColumns.isPositive(altered)) {
            names.check(old).ifPresent(name -> sql.add(alter(table) + "DROP CONSTRAINT " + quoted(name)));
        }
        if (old.isUnique() && !altered.isUnique()) {
            sql.add(alter(table) + "DROP INDEX " + quoted(names.unique(old)));
        }
        if (old.reference().isPresent() && altered.reference().isEmpty() && !altered.isIndexed()) {
            // The one that the server made for the foreign key.
            sql.add("DROP INDEX IF EXISTS "
                    + quoted(names.indexOf(old.reference().get())) + " ON " + quoted(table.name()));
        }
        if (MariadbColumns.hasIndex(old) && !MariadbColumns.hasIndex(altered)) {
            sql.add("DROP INDEX " + quoted(names.index(Index.on(old.name()))) + " ON " + quoted(table.name()));
        }
        if (old.isPrimaryKey() && !altered.isPrimaryKey()) {
            sql.add(alter(table) + "DROP PRIMARY KEY");
        }
    }

    private void alterItself(MariadbColumns columns, List<String> sql) {
        if (renamed) {
            sql.add(alter(table) + "RENAME COLUMN " + quoted(old.name()) + " TO " + quoted(altered.name()));
        }
        if (old.isNullable() && !altered.isNullable()) {
            altered.defaultValue()
                    .ifPresent(value -> sql.add("UPDATE " + quoted(table.name()) + " SET " + quoted(altered.name())
                            + " = " + columns.literal(value) + " WHERE " + quoted(altered.name()) + " IS NULL"));
        }
        boolean modified = !MariadbColumns.type(old.type()).equals(MariadbColumns.type(altered.type()))
                || old.isNullable() != altered.isNullable();
        if (modified) {
            sql.add(alter(table) + "MODIFY " + MariadbColumns.modification(altered, isStillNumbered(), hasOwnCheck()));
        }
    }

    private void putOnKeys(List<String> sql) {
        String column = " (" + quoted(altered.name()) + ")";
        if (altered.isUnique() && !old.isUnique()) {
            sql.add(alter(table) + "ADD CONSTRAINT " + quoted(name("_uniq")) + " UNIQUE" + column);
        }
        if (MariadbColumns.hasIndex(altered)
                && !MariadbColumns.hasIndex(old)
                && old.reference().isEmpty()) {
            sql.add("CREATE INDEX " + quoted(Index.on(altered.name()).name(table.name(), MAX_NAME)) + " ON "
                    + quoted(table.name()) + column);
        }
        if (MariadbColumns.isPositive(altered) && !MariadbColumns.isPositive(old)) {
            sql.add(alter(table) + "ADD CONSTRAINT " + quoted(name("_check")) + " CHECK (" + quoted(altered.name())
                    + " >= 0)");
        }
        if (altered.isPrimaryKey() && !old.isPrimaryKey()) {
            sql.add(alter(table) + "ADD CONSTRAINT " + quoted(name("_pk")) + " PRIMARY KEY" + column);
        }
    }

    /** The server numbers a column that has a key. */
    private void putOnNumbering(List<String> sql) {
        if (altered.isNumbered() && !isStillNumbered()) {
            sql.add(alter(table) + "MODIFY " + MariadbColumns.modification(altered, true, hasOwnCheck()));
        }
    }

    private void putOnForeignKey(List<String> sql) {
        if (replacesForeignKey()) {
            altered.reference().ifPresent(key -> sql.add(alter(table) + "ADD " + foreignKey(table, key)));
        }
    }

    /** {@return whether the check of the type is part of the column's definition} */
    private boolean hasOwnCheck() {
        return MariadbColumns.isPositive(old)
                && new MariadbNames(change).check(old).isEmpty();
    }

    private boolean isStillNumbered() {
        return old.isNumbered() && altered.isNumbered() && old.isPrimaryKey() == altered.isPrimaryKey();
    }

    /** A foreign key keeps its column's index from being dropped. */
    private boolean replacesForeignKey() {
        return renamed
                || !old.type().equals(altered.type())
                || old.isUnique() != altered.isUnique()
                || old.isPrimaryKey() != altered.isPrimaryKey()
                || !old.reference().equals(altered.reference());
    }

    private String name(String suffix) {
        return AutomaticName.of(table.name(), List.of(altered.name()), suffix, MAX_NAME);
    }
}
