package dev.mooring.schema;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A change of one table. Names that Django or a database chose are not derived but looked up, as Django does: they
 * depend on how the table came about.
 *
 * @param before the table as it is
 * @param after the table as it is to be
 * @param columns the columns that the database has now; empty if it was not asked
 * @param present the constraints and indexes that the database has now; empty if it was not asked
 * @param attachments the indexes, triggers and views that name the table, those that no model knows of included; empty if
 *     the database was not asked
 */
public record TableChange(
        Table before,
        Table after,
        List<ColumnInfo> columns,
        Collection<ConstraintInfo> present,
        List<Attachment> attachments) {

    /** {@return the change of a table that the database was not asked about} */
    public static TableChange of(Table before, Table after) {
        return new TableChange(before, after, List.of(), List.of(), List.of());
    }

    /** {@return the columns that are in both, and differ in more than their default values} */
    public List<String> changedColumns() {
        return before.columns().stream()
                .filter(column -> after.has(column.name()) && !column.isLike(after.column(column.name())))
                .map(Column::name)
                .toList();
    }

    /** {@return the name of what the database has on exactly these columns, of that kind} */
    public Optional<String> nameOf(List<String> columns, Predicate<ConstraintInfo> kind) {
        return present.stream()
                .filter(found -> found.columns().equals(columns) && kind.test(found))
                .map(ConstraintInfo::name)
                .findFirst();
    }
}
