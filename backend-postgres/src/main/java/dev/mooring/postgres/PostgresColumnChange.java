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

/** Turns one column into another: what no longer fits is dropped first, the column altered, the rest put on again. */
final class PostgresColumnChange {

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

    List<String> statements() {
        if (!renamed && old.isLike(altered)) {
            return List.of();
        }
        dropWhatNoLongerFits();
        if (renamed) {
            sql.add(alter(table) + "RENAME COLUMN " + quoted(old.name()) + " TO " + quoted(altered.name()));
        }
        changeNumbering();
        changeType();
        changeNullability();
        putOnWhatIsNew();
        return List.copyOf(sql);
    }

    private void dropWhatNoLongerFits() {
        if (replacesForeignKey()) {
            old.reference().ifPresent(key -> sql.addAll(PostgresSchemaGenerator.dropForeignKey(change, key)));
        }
        List<String> columns = List.of(old.name());
        if (old.isUnique() && !altered.isUnique()) {
            dropConstraint(PostgresSchemaGenerator.unique(change, columns)
                    .orElseGet(() -> table.name() + "_" + old.name() + "_key"));
        }
        if (old.isIndexed() && !altered.isIndexed()) {
            sql.add("DROP INDEX IF EXISTS "
                    + quoted(PostgresSchemaGenerator.plainIndex(change, columns)
                            .orElseGet(() -> Index.on(old.name()).name(table.name(), MAX_NAME))));
        }
        if (replacesPatternIndex() && PostgresColumns.patternOperators(old).isPresent()) {
            sql.add("DROP INDEX IF EXISTS "
                    + quoted(change.nameOf(columns, found -> found.name().endsWith("_like"))
                            .orElseGet(() -> PostgresSchemaGenerator.patternIndexName(table, old.name()))));
        }
        if (hasCheck(old) && !hasCheck(altered)) {
            List<String> named = change.before().constraints().stream()
                    .map(constraint -> constraint.name(table.name(), MAX_NAME))
                    .toList();
            dropConstraint(change.nameOf(columns, found -> found.check() && !named.contains(found.name()))
                    .orElseGet(() -> table.name() + "_" + old.name() + "_check"));
        }
        if (becomesPrimaryKey()) {
            dropPrimaryKey();
        }
    }

    private void dropPrimaryKey() {
        change.before().columns().stream()
                .filter(Column::isPrimaryKey)
                .findFirst()
                .ifPresent(key -> dropConstraint(change.present().stream()
                        .filter(found -> found.primaryKey())
                        .map(found -> found.name())
                        .findFirst()
                        .orElse(table.name() + "_pkey")));
    }

    private void changeNumbering() {
        if (old.isNumbered() && !altered.isNumbered()) {
            sql.add(alterColumn() + "DROP IDENTITY IF EXISTS");
            sql.add(alterColumn() + "DROP DEFAULT");
            sql.add("DROP SEQUENCE IF EXISTS " + quoted(sequence()));
        }
    }

    private void changeType() {
        String type = PostgresColumns.type(altered.type());
        if (PostgresColumns.type(old.type()).equals(type)) {
            return;
        }
        boolean sameKind = old.type().kind() == altered.type().kind();
        sql.add(alterColumn() + "TYPE " + type + (sameKind ? "" : " USING " + quoted(altered.name()) + "::" + type));
        if (old.isNumbered() && altered.isNumbered()) {
            // For the sequence of a serial column, which does not follow by itself.
            sql.add("ALTER SEQUENCE IF EXISTS " + quoted(sequence()) + " AS " + type);
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

    private String sequence() {
        return table.name() + "_" + old.name() + "_seq";
    }
}
