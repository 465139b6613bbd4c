package dev.mooring.schema;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A constraint or an index, as the database has it. The fields are Django's.
 *
 * @param name the name, or for one that has none what Django invents
 * @param columns the columns in order; an expression in an index is null
 * @param primaryKey whether it is the primary key
 * @param unique whether it forbids the same values twice
 * @param foreignKey what it refers to, if it is a foreign key
 * @param check whether it is a check
 * @param index whether it is an index that no constraint stands for
 * @param orders of an index that is sorted, {@code ASC} or {@code DESC} for each column
 * @param type of an index, {@code idx} for an ordinary one, else the name of its method
 * @param definition of an index on expressions, the statement that creates it
 * @param options the storage options
 */
public record ConstraintInfo(
        String name,
        List<@Nullable String> columns,
        boolean primaryKey,
        boolean unique,
        @Nullable Target foreignKey,
        boolean check,
        boolean index,
        List<String> orders,
        @Nullable String type,
        @Nullable String definition,
        List<String> options) {

    /**
     * What a foreign key refers to.
     *
     * @param table the name of the table
     * @param column the name of the column
     */
    public record Target(String table, String column) {}
}
