package dev.mooring.schema;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Columns whose values together occur at most once: Django's {@code unique_together}. Immutable. */
public final class UniqueConstraint {

    private final @Nullable String name;
    private final List<String> columns;

    private UniqueConstraint(@Nullable String name, List<String> columns) {
        this.name = name;
        this.columns = columns;
    }

    /** {@return a constraint on these columns, in this order, with an automatic name} */
    public static UniqueConstraint on(String... columns) {
        return new UniqueConstraint(null, List.of(columns));
    }

    /** {@return this constraint with a name of its own} */
    public UniqueConstraint named(String name) {
        return new UniqueConstraint(requireNonNull(name, "name"), columns);
    }

    /** {@return the columns, in order} */
    public List<String> columns() {
        return columns;
    }

    /** {@return the name in {@code table}: the given one, or Django's automatic one of at most {@code maxLength}} */
    public String name(String table, int maxLength) {
        return name != null ? name : AutomaticName.of(table, columns, "_uniq", maxLength);
    }
}
