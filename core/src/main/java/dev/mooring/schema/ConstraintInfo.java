package dev.mooring.schema;

import java.util.ArrayList;
import java.util.Collections;
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

    /** {@return a unique constraint, or a unique index} */
    public static ConstraintInfo unique(String name, List<String> columns, boolean index) {
        return of(name, columns, false, true, null, false, index);
    }

    /** {@return an index} */
    public static ConstraintInfo index(String name, List<String> columns) {
        return of(name, columns, false, false, null, false, true);
    }

    /** {@return a primary key} */
    public static ConstraintInfo primaryKey(String name, List<String> columns) {
        return of(name, columns, true, true, null, false, false);
    }

    /** {@return a check} */
    public static ConstraintInfo check(String name, List<String> columns) {
        return of(name, columns, false, false, null, true, false);
    }

    /** {@return a foreign key} */
    public static ConstraintInfo foreignKey(String name, ForeignKey key) {
        return of(name, List.of(key.column()), false, false, new Target(key.toTable(), key.toColumn()), false, false);
    }

    private static ConstraintInfo of(
            String name,
            List<String> columns,
            boolean primaryKey,
            boolean unique,
            @Nullable Target foreignKey,
            boolean check,
            boolean index) {
        return new ConstraintInfo(
                name,
                Collections.unmodifiableList(new ArrayList<@Nullable String>(columns)),
                primaryKey,
                unique,
                foreignKey,
                check,
                index,
                List.of(),
                index ? "idx" : null,
                null,
                List.of());
    }

    /**
     * What a foreign key refers to.
     *
     * @param table the name of the table
     * @param column the name of the column
     */
    public record Target(String table, String column) {}
}
