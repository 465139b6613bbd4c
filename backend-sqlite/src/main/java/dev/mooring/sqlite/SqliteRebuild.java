package dev.mooring.sqlite;

import static dev.mooring.sqlite.SqliteColumns.quoted;
import static dev.mooring.sqlite.SqliteColumns.text;
import static java.util.stream.Collectors.joining;

import dev.mooring.error.ErrorKind;
import dev.mooring.schema.CheckConstraint;
import dev.mooring.schema.Column;
import dev.mooring.schema.Constraint;
import dev.mooring.schema.ConstraintInfo;
import dev.mooring.schema.Table;
import dev.mooring.schema.TableChange;
import dev.mooring.schema.UniqueConstraint;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Builds a table anew under another name, fills it, and puts it in the place of the old one: step for step the procedure in
 * SQLite's documentation of ALTER TABLE. Triggers and indexes that were made by hand are made again; those of the model are
 * left to whoever asks.
 */
final class SqliteRebuild {

    private final TableChange change;
    private final Table table;
    private final List<Column> order;

    /**
     * Makes it.
     *
     * @param table what the table is to be like
     * @param order its columns
     */
    SqliteRebuild(TableChange change, Table table, List<Column> order) {
        this.change = change;
        this.table = table;
        this.order = order;
    }

    /**
     * {@return the statements} Without the legacy way, SQLite refuses to rename the new table as long as a view misses the
     * old one.
     *
     * @param value what to fill a column with, in SQL; empty for nothing
     */
    List<String> table(Function<Column, Optional<String>> value) {
        requireKnown();
        String name = table.name();
        String fresh = "new__" + name;
        List<Column> filled =
                order.stream().filter(column -> value.apply(column).isPresent()).toList();
        List<String> sql = new ArrayList<>();
        sql.add(create(fresh, table, order));
        if (order.stream().anyMatch(Column::isNumbered)) {
            sql.add(highestNumber(name, fresh));
        }
        sql.add("INSERT INTO " + quoted(fresh)
                + SqliteIndexes.list(filled.stream().map(Column::name).toList())
                + filled.stream()
                        .flatMap(column -> value.apply(column).stream())
                        .collect(joining(", ", " SELECT ", " FROM " + quoted(name))));
        sql.add("DROP TABLE " + quoted(name));
        sql.add("PRAGMA legacy_alter_table = ON");
        sql.add("ALTER TABLE " + quoted(fresh) + " RENAME TO " + quoted(name));
        sql.add("PRAGMA legacy_alter_table = OFF");
        SqliteIndexes.unknown(change).forEach(attachment -> sql.add(attachment.sql()));
        return sql;
    }

    /** The rows alone would not do: a number whose row was deleted would be given again. */
    private static String highestNumber(String name, String fresh) {
        return "INSERT INTO sqlite_sequence (name, seq) SELECT " + text(fresh)
                + ", seq FROM sqlite_sequence WHERE name COLLATE NOCASE = " + text(name);
    }

    /** {@return the statement that creates the table, without its indexes} */
    static String create(String name, Table table, List<Column> columns) {
        Stream<String> constraints =
                table.constraints().stream().flatMap(constraint -> inline(table, constraint).stream());
        return Stream.concat(columns.stream().map(SqliteColumns::definition), constraints)
                .collect(joining(", ", "CREATE TABLE " + quoted(name) + " (", ")"));
    }

    private static Optional<String> inline(Table table, Constraint constraint) {
        if (constraint instanceof CheckConstraint check) {
            String condition = SqliteConditions.unqualified(table, check.condition());
            return Optional.of("CONSTRAINT " + quoted(check.name()) + " CHECK ("
                    + SqliteConditions.checked(table, check.name(), condition) + ")");
        }
        return constraint instanceof UniqueConstraint unique && !SqliteIndexes.isOne(unique)
                ? Optional.of("CONSTRAINT " + quoted(unique.name("", SqliteIndexes.MAX_NAME)) + " UNIQUE"
                        + SqliteIndexes.list(unique.columns()))
                : Optional.empty();
    }

    /** The new table has what the model has, and no more. */
    private void requireKnown() {
        List<String> lost = new ArrayList<>();
        change.columns().stream()
                .filter(column -> change.before().columns().stream()
                        .noneMatch(known -> known.name().equalsIgnoreCase(column.name())))
                .forEach(column -> lost.add("column \"" + column.name() + '"'));
        change.present().stream()
                .filter(found -> found.check() && !isKnown(found))
                .forEach(found -> lost.add("check \"" + found.name() + "\" on " + found.columns()));
        if (!lost.isEmpty()) {
            throw ErrorKind.PROGRAMMING.exception(
                    ("SQLite has to build table \"%s\" anew for this change, and would lose its %s, which no operation made; "
                                    + "make the change in SQL, or drop that before and add it again afterwards")
                            .formatted(change.before().name(), String.join(" and its ", lost)));
        }
    }

    /** A check that comes with a type has no name. */
    private boolean isKnown(ConstraintInfo check) {
        boolean named = change.before().constraints().stream()
                .anyMatch(constraint ->
                        constraint.name("", SqliteIndexes.MAX_NAME).equals(check.name()));
        return named
                || change.before().columns().stream()
                        .filter(SqliteColumns::hasCheck)
                        .anyMatch(column -> !check.columns().isEmpty()
                                && check.columns().stream().allMatch(column.name()::equalsIgnoreCase));
    }
}
