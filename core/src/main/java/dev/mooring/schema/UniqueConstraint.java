package dev.mooring.schema;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Columns whose values together occur at most once: with a name of its own Django's {@code UniqueConstraint}, without
 * one its {@code unique_together}. Immutable; equal constraints say the same.
 */
public final class UniqueConstraint implements Constraint {

    private final @Nullable String name;
    private final List<String> columns;
    private final @Nullable String condition;

    private UniqueConstraint(@Nullable String name, List<String> columns, @Nullable String condition) {
        this.name = name;
        this.columns = columns;
        this.condition = condition;
    }

    /** {@return a constraint on these columns, in this order, with an automatic name} */
    public static UniqueConstraint on(String... columns) {
        return new UniqueConstraint(null, List.of(columns), null);
    }

    /** {@return this constraint with a name of its own} */
    public UniqueConstraint named(String name) {
        return new UniqueConstraint(requireNonNull(name, "name"), columns, condition);
    }

    /**
     * {@return this constraint for the rows of which {@code condition} is true}
     *
     * @param condition in SQL; the columns in it follow a renamed column
     */
    public UniqueConstraint where(String condition) {
        return new UniqueConstraint(name, columns, requireNonNull(condition, "condition"));
    }

    @Override
    public List<String> columns() {
        return columns;
    }

    /** {@return the condition, in SQL} */
    public Optional<String> condition() {
        return Optional.ofNullable(condition);
    }

    /** {@return whether it has a name of its own} */
    public boolean isNamed() {
        return name != null;
    }

    @Override
    public String name(String table, int maxLength) {
        return name != null ? name : AutomaticName.of(table, columns, "_uniq", maxLength);
    }

    @Override
    public boolean names(String column) {
        return columns.contains(column) || (condition != null && Conditions.names(condition, column));
    }

    @Override
    public UniqueConstraint retargeted(String from, String to) {
        return condition == null
                ? this
                : new UniqueConstraint(name, columns, Conditions.retargeted(condition, from, to));
    }

    @Override
    public UniqueConstraint renamed(String from, String to) {
        return new UniqueConstraint(
                name,
                columns.stream()
                        .map(column -> column.equals(from) ? to : column)
                        .toList(),
                condition == null ? null : Conditions.renamed(condition, from, to));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof UniqueConstraint that
                && Objects.equals(name, that.name)
                && columns.equals(that.columns)
                && Objects.equals(condition, that.condition);
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, columns, condition);
    }

    @Override
    public String toString() {
        return "unique " + (name == null ? "" : name + " ") + columns
                + (condition == null ? "" : " where " + condition);
    }
}
