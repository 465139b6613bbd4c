package dev.mooring.schema;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A column that refers to a column of another table.
 *
 * @param column the column that refers
 * @param toTable the table it refers to
 * @param toColumn the column it refers to
 */
public record ForeignKey(String column, String toTable, String toColumn) {

    /** {@return the name Django gives the constraint in {@code table}} */
    public String name(String table, int maxLength) {
        return AutomaticName.of(table, List.of(column), "_fk_" + toTable + "_" + toColumn, maxLength);
    }

    boolean isLike(@Nullable ForeignKey other) {
        return other != null && toTable.equals(other.toTable) && toColumn.equals(other.toColumn);
    }

    ForeignKey retargeted(String fromTable, String newTable) {
        return toTable.equals(fromTable) ? new ForeignKey(column, newTable, toColumn) : this;
    }

    ForeignKey retargeted(String table, String fromColumn, String newColumn) {
        return toTable.equals(table) && toColumn.equals(fromColumn) ? new ForeignKey(column, table, newColumn) : this;
    }
}
