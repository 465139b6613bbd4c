package dev.mooring.sqlite;

import static dev.mooring.sqlite.SqliteColumns.quoted;
import static java.util.stream.Collectors.joining;

import dev.mooring.schema.Attachment;
import dev.mooring.schema.Constraint;
import dev.mooring.schema.ConstraintInfo;
import dev.mooring.schema.Index;
import dev.mooring.schema.Table;
import dev.mooring.schema.TableChange;
import dev.mooring.schema.UniqueConstraint;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The indexes of a table: how they are made, and which ones of the database they are. */
final class SqliteIndexes {

    /** SQLite has no limit; Django keeps automatic names below this one. */
    static final int MAX_NAME = 200;

    private SqliteIndexes() {}

    /** {@return whether the constraint is an index} Django's {@code unique_together} is, and one with a condition. */
    static boolean isOne(UniqueConstraint constraint) {
        return !constraint.isNamed() || constraint.condition().isPresent();
    }

    /** {@return the statements that make all of them} */
    static List<String> all(Table table) {
        List<String> sql = new ArrayList<>();
        for (UniqueConstraint unique : unique(table)) {
            sql.add(create(table, unique));
        }
        table.indexes().forEach(index -> sql.add(create(table, index)));
        return sql;
    }

    /** {@return the indexes of a table that was just created} */
    static List<ConstraintInfo> ofNew(Table table) {
        List<ConstraintInfo> all = new ArrayList<>();
        unique(table)
                .forEach(unique ->
                        all.add(ConstraintInfo.unique(unique.name(table.name(), MAX_NAME), unique.columns(), true)));
        table.indexes()
                .forEach(index -> all.add(ConstraintInfo.index(index.name(table.name(), MAX_NAME), index.columns())));
        return all;
    }

    static String create(Table table, Index index) {
        String name = index.name(table.name(), MAX_NAME);
        return "CREATE INDEX " + quoted(name) + " ON " + quoted(table.name())
                + index.parts().stream()
                        .map(part -> quoted(part.column()) + (part.descending() ? " DESC" : ""))
                        .collect(joining(", ", " (", ")"))
                + where(table, name, index.condition());
    }

    static String create(Table table, UniqueConstraint unique) {
        String name = unique.name(table.name(), MAX_NAME);
        return "CREATE UNIQUE INDEX " + quoted(name) + " ON " + quoted(table.name()) + list(unique.columns())
                + where(table, name, unique.condition());
    }

    static String drop(String name) {
        return "DROP INDEX " + quoted(name);
    }

    /** {@return the name that the index has in the database before the change} */
    static String present(TableChange change, Index index) {
        String name = index.name(change.before().name(), MAX_NAME);
        return index.isNamed() ? name : named(change, name, index.columns(), false);
    }

    /** {@return the name that the index of the constraint has in the database before the change} */
    static String present(TableChange change, UniqueConstraint unique) {
        String name = unique.name(change.before().name(), MAX_NAME);
        return unique.isNamed() ? name : named(change, name, unique.columns(), true);
    }

    /** {@return the indexes and triggers that were made by hand, which no model has} */
    static List<Attachment> unknown(TableChange change) {
        List<String> known = new ArrayList<>();
        change.before().indexes().forEach(index -> known.add(present(change, index)));
        unique(change.before()).forEach(unique -> known.add(present(change, unique)));
        return change.attachments().stream()
                .filter(found -> found.isLostWithTable())
                .filter(found -> found.kind() == Attachment.Kind.TRIGGER || !known.contains(found.name()))
                .toList();
    }

    /** {@return the names in parentheses} */
    static String list(List<String> names) {
        return names.stream().map(SqliteColumns::quoted).collect(joining(", ", " (", ")"));
    }

    private static String named(TableChange change, String automatic, List<String> columns, boolean unique) {
        List<String> named = change.before().indexes().stream()
                .filter(Index::isNamed)
                .map(index -> index.name(change.before().name(), MAX_NAME))
                .toList();
        boolean hasAutomatic =
                change.present().stream().anyMatch(found -> found.name().equals(automatic));
        return hasAutomatic
                ? automatic
                : change.nameOf(
                                columns,
                                found -> found.index() && found.unique() == unique && !named.contains(found.name()))
                        .orElse(automatic);
    }

    private static List<UniqueConstraint> unique(Table table) {
        List<UniqueConstraint> found = new ArrayList<>();
        for (Constraint constraint : table.constraints()) {
            if (constraint instanceof UniqueConstraint unique && isOne(unique)) {
                found.add(unique);
            }
        }
        return found;
    }

    private static String where(Table table, String name, Optional<String> condition) {
        return condition
                .map(text -> " WHERE " + SqliteConditions.checked(table, name, text))
                .orElse("");
    }
}
