package dev.mooring.schema;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An index that serves speed only. Immutable; equal indexes say the same. */
public final class Index {

    /**
     * One column of an index.
     *
     * @param column the name
     * @param descending whether the greatest value comes first
     */
    public record Part(String column, boolean descending) {

        private static Part of(String text) {
            return text.startsWith("-") ? new Part(text.substring(1), true) : new Part(text, false);
        }

        private Part renamed(String from, String to) {
            return column.equals(from) ? new Part(to, descending) : this;
        }
    }

    private final @Nullable String name;
    private final List<Part> parts;
    private final @Nullable String condition;

    private Index(@Nullable String name, List<Part> parts, @Nullable String condition) {
        this.name = name;
        this.parts = parts;
        this.condition = condition;
    }

    /** {@return an index on these columns, in this order; {@code -} before a name makes it descending, as in Django} */
    public static Index on(String... columns) {
        return new Index(null, Arrays.stream(columns).map(Part::of).toList(), null);
    }

    /** {@return this index with a name of its own} */
    public Index named(String name) {
        return new Index(requireNonNull(name, "name"), parts, condition);
    }

    /**
     * {@return this index for the rows of which {@code condition} is true}
     *
     * @param condition in SQL; the columns in it follow a renamed column
     */
    public Index where(String condition) {
        return new Index(name, parts, requireNonNull(condition, "condition"));
    }

    /** {@return the columns, in order} */
    public List<String> columns() {
        return parts.stream().map(Part::column).toList();
    }

    /** {@return the columns with their directions, in order} */
    public List<Part> parts() {
        return parts;
    }

    /** {@return the condition, in SQL} */
    public Optional<String> condition() {
        return Optional.ofNullable(condition);
    }

    /** {@return whether it has a name of its own} */
    public boolean isNamed() {
        return name != null;
    }

    /** {@return the name in {@code table}: the given one, or Django's automatic one of at most {@code maxLength}} */
    public String name(String table, int maxLength) {
        return name != null ? name : AutomaticName.of(table, columns(), parts.size() == 1 ? "" : "_idx", maxLength);
    }

    /** {@return whether it names that column, in its condition or elsewhere} */
    public boolean names(String column) {
        return columns().contains(column) || (condition != null && Conditions.names(condition, column));
    }

    /** {@return this index after its table was renamed} */
    Index retargeted(String from, String to) {
        return condition == null ? this : new Index(name, parts, Conditions.retargeted(condition, from, to));
    }

    /** {@return this index after a column was renamed} */
    public Index renamed(String from, String to) {
        return new Index(
                name,
                parts.stream().map(part -> part.renamed(from, to)).toList(),
                condition == null ? null : Conditions.renamed(condition, from, to));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Index that
                && Objects.equals(name, that.name)
                && parts.equals(that.parts)
                && Objects.equals(condition, that.condition);
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, parts, condition);
    }

    @Override
    public String toString() {
        return "index " + (name == null ? "" : name + " ") + parts + (condition == null ? "" : " where " + condition);
    }
}
