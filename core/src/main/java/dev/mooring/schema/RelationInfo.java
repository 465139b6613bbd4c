package dev.mooring.schema;

/**
 * A foreign key of one column, as the database has it.
 *
 * @param column the column that refers
 * @param toTable the table it refers to
 * @param toColumn the column it refers to
 * @param onDelete what becomes of the row when the one it refers to is deleted
 */
public record RelationInfo(String column, String toTable, String toColumn, OnDelete onDelete) {

    /** What a database does with a row when the one it refers to is deleted. */
    public enum OnDelete {
        /** Refuses at the end of the statement or transaction: what Django asks for. */
        NO_ACTION,
        /** Refuses at once. */
        RESTRICT,
        /** Deletes it too. */
        CASCADE,
        /** Puts null. */
        SET_NULL,
        /** Puts the default value. */
        SET_DEFAULT
    }
}
