package dev.mooring.schema;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** An index that serves speed only. Immutable. */
public final class Index {

    private final @Nullable String name;
    private final List<String> columns;

    private Index(@Nullable String name, List<String> columns) {
        this.name = name;
        this.columns = columns;
    }

    /** {@return an index on these columns, in this order, with an automatic name} */
    public static Index on(String... columns) {
        return new Index(null, List.of(columns));
    }

    /** {@return this index with a name of its own} */
    public Index named(String name) {
        return new Index(requireNonNull(name, "name"), columns);
    }

    /** {@return the columns, in order} */
    public List<String> columns() {
        return columns;
    }

    /** {@return the name in {@code table}: the given one, or Django's automatic one of at most {@code maxLength}} */
    public String name(String table, int maxLength) {
        return name != null ? name : AutomaticName.of(table, columns, "", maxLength);
    }
}
