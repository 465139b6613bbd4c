package dev.mooring.schema;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * What must be true of every row. The columns in the condition follow a renamed column.
 *
 * @param name the name of the constraint
 * @param condition a condition in SQL, such as {@code "price" > 0}
 */
public record CheckConstraint(String name, String condition) implements Constraint {

    /** Refuses null. */
    public CheckConstraint {
        requireNonNull(name, "name");
        requireNonNull(condition, "condition");
    }

    @Override
    public String name(String table, int maxLength) {
        return name;
    }

    @Override
    public List<String> columns() {
        return List.of();
    }

    @Override
    public boolean names(String column) {
        return Conditions.names(condition, column);
    }

    @Override
    public CheckConstraint retargeted(String from, String to) {
        return new CheckConstraint(name, Conditions.retargeted(condition, from, to));
    }

    @Override
    public CheckConstraint renamed(String from, String to) {
        return new CheckConstraint(name, Conditions.renamed(condition, from, to));
    }
}
