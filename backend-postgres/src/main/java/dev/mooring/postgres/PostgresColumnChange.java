package dev.mooring.postgres;

import static dev.mooring.postgres.PostgresColumns.quoted;
import static dev.mooring.postgres.PostgresSchemaGenerator.MAX_NAME;
import static dev.mooring.postgres.PostgresSchemaGenerator.alter;
import static dev.mooring.postgres.PostgresSchemaGenerator.list;

import dev.mooring.schema.AutomaticName;
import dev.mooring.schema.Column;
import dev.mooring.schema.Index;
import dev.mooring.schema.Table;
import dev.mooring.schema.TableChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Turns one column into another, in steps: what no longer fits is dropped, the column altered, the rest put on again. Where
 * several columns change together each step is made for all of them before the next one.
 */
final class PostgresColumnChange {

    private static final Set<String> INTEGERS = Set.of("smallint", "integer", "bigint");

    private final TableChange change;
    private final Table table;
    private final Column old;
    private final Column altered;
    private final boolean renamed;
    private final List<String> sql = new ArrayList<>();

    PostgresColumnChange(TableChange change, String before, String after) {
        this.change = change;
        this.table = change.after();
        this.old = change.before().column(before);
        this.altered = table.column(after);
        this.renamed = !before.equals(after);
    }

    /** {@return the change of the column, and of those that change with it} */
    static List<PostgresColumnChange> all(TableChange change, String before, String after) {
        List<PostgresColumnChange> changes = new ArrayList<>();
        changes.add(new PostgresColumnChange(change, before, after));
        others(change, before, after).forEach(column -> changes.add(new PostgresColumnChange(change, column, column)));
        return changes;
    }

    /** {@return the columns that change besides that one} */
    static List<String> others(TableChange change, String before, String after) {
        Table table = before.equals(after) ? change.before() : change.before().renameColumn(before, after);
        return table.columns().stream()
                .filter(column -> !column.name().equals(after) && change.after().has(column.name()))
                .filter(column -> !column.isLike(change.after().column(column.name())))
                .map(Column::name)
                .toList();
    }

    /** {@return the statements that make these changes} */
    static List<String> statements(List<PostgresColumnChange> changes) {
        List<PostgresColumnChange> due = changes.stream()
                .filter(change -> change.renamed || !change.old.isLike(change.altered))
                .toList();
        List<Consumer<PostgresColumnChange>> steps = List.of(
                PostgresColumnChange::dropForeignKey,
                PostgresColumnChange::dropWhatNoLongerFits,
                PostgresColumnChange::alterItself,
                PostgresColumnChange::putOnWhatIsNew,
                PostgresColumnChange::putOnForeignKey);
        List<String> sql = new ArrayList<>();
        for (Consumer<PostgresColumnChange> step : steps) {
            for (PostgresColumnChange change : due) {
                step.accept(change);
                sql.addAll(change.sql);
                change.sql.clear();
            }
        }
        return List.copyOf(sql);
    }

    private void dropForeignKey() {
        if (replacesForeignKey()) {
            old.reference().ifPresent(key -> sql.addAll(PostgresSchemaGenerator.dropForeignKey(change, key)));
        }
    }

    private void dropWhatNoLongerFits() {
        PostgresNames names = new PostgresNames(change);
        if (old.isUnique() && !altered.isUnique()) {
            dropConstraint(names.unique(old));
        }
        if (old.isIndexed() && !altered.isIndexed()) {
            sql.add("DROP INDEX IF EXISTS " + quoted(names.index(Index.on(old.name()))));
        }
        if (replacesPatternIndex() && PostgresColumns.patternOperators(old).isPresent()) {
            sql.add("DROP INDEX IF EXISTS " + quoted(names.patternIndex(old)));
        }
        if (hasCheck(old) && !hasCheck(altered)) {
            dropConstraint(names.check(old));
        }
        if (old.isPrimaryKey() && !altered.isPrimaryKey()) {
            dropConstraint(names.primaryKey());
        }
    }

    private void alterItself() {
        if (renamed) {
            sql.add(alter(table) + "RENAME COLUMN " + quoted(old.name()) + " TO " + quoted(altered.name()));
        }
        changeNumbering();
        changeType();
        changeNullability();
    }

    private void changeNumbering() {
        if (old.isNumbered() && !altered.isNumbered()) {
            sql.add(alterColumn() + "DROP IDENTITY IF EXISTS");
            sql.add(alterColumn() + "DROP DEFAULT");
            sql.add(PostgresSequences.drop(table, altered.name()));
        }
    }

    private void changeType() {
        String type = PostgresColumns.type(altered.type());
        if (PostgresColumns.type(old.type()).equals(type)) {
            return;
        }
        boolean sameKind = old.type().kind() == altered.type().kind();
        sql.add(alterColumn() + "TYPE " + type + (sameKind ? "" : " USING " + quoted(altered.name()) + "::" + type));
        if (INTEGERS.containsAll(List.of(PostgresColumns.type(old.type()), type))
                && old.reference().isEmpty()) {
            // The sequence of a serial column does not follow by itself.
            sql.add(PostgresSequences.retype(table, altered.name(), type));
        }
    }

    private void changeNullability() {
        if (!old.isNullable() && altered.isNullable()) {
            sql.add(alterColumn() + "DROP NOT NULL");
        }
        if (old.isNullable() && !altered.isNullable()) {
            altered.defaultValue().ifPresent(value -> {
                sql.add("UPDATE " + quoted(table.name()) + " SET " + quoted(altered.name()) + " = "
                        + PostgresColumns.literal(value) + " WHERE " + quoted(altered.name()) + " IS NULL");
                // The update's foreign key checks would wait for the commit, and forbid to alter the table.
                sql.add("SET CONSTRAINTS ALL IMMEDIATE");
            });
            sql.add(alterColumn() + "SET NOT NULL");
        }
    }

    private void putOnWhatIsNew() {
        List<String> columns = List.of(altered.name());
        if (altered.isUnique() && !old.isUnique()) {
            sql.add(addConstraint("_uniq") + "UNIQUE" + list(columns));
        }
        if (altered.isIndexed() && !old.isIndexed()) {
            sql.add("CREATE INDEX " + quoted(Index.on(altered.name()).name(table.name(), MAX_NAME)) + " ON "
                    + quoted(table.name()) + list(columns));
        }
        if (becomesPrimaryKey()) {
            sql.add(addConstraint("_pk") + "PRIMARY KEY" + list(columns));
        }
        if (altered.isNumbered() && !old.isNumbered()) {
            sql.add(alterColumn() + "ADD GENERATED BY DEFAULT AS IDENTITY");
            String largest = "max(" + quoted(altered.name()) + ")";
            sql.add("SELECT setval(pg_get_serial_sequence("
                    + PostgresColumns.literal(quoted(table.name())) + ", "
                    + PostgresColumns.literal(altered.name()) + "), coalesce(" + largest + ", 1), " + largest
                    + " IS NOT NULL) FROM " + quoted(table.name()));
        }
        if (replacesPatternIndex()) {
            sql.addAll(PostgresSchemaGenerator.patternIndex(table, altered));
        }
        if (hasCheck(altered) && !hasCheck(old)) {
            PostgresColumns.check(altered)
                    .ifPresent(check -> sql.add(addConstraint("_check") + "CHECK (" + check + ")"));
        }
    }

    private void putOnForeignKey() {
        if (replacesForeignKey()) {
            altered.reference().ifPresent(key -> sql.add(PostgresSchemaGenerator.foreignKey(table, key)));
        }
    }

    private boolean replacesForeignKey() {
        return renamed || !old.type().equals(altered.type()) || !old.reference().equals(altered.reference());
    }

    private boolean replacesPatternIndex() {
        Optional<String> operators = PostgresColumns.patternOperators(old);
        return !operators.equals(PostgresColumns.patternOperators(altered));
    }

    private boolean becomesPrimaryKey() {
        return altered.isPrimaryKey() && !old.isPrimaryKey();
    }

    private static boolean hasCheck(Column column) {
        return PostgresColumns.check(column).isPresent();
    }

    private void dropConstraint(String name) {
        sql.add(alter(table) + "DROP CONSTRAINT " + quoted(name));
    }

    private String addConstraint(String suffix) {
        return alter(table) + "ADD CONSTRAINT "
                + quoted(AutomaticName.of(table.name(), List.of(altered.name()), suffix, MAX_NAME)) + " ";
    }

    private String alterColumn() {
        return alter(table, altered.name());
    }
}
