package dev.mooring.schema;

import java.util.List;

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
}
