package dev.mooring;

import dev.mooring.error.ErrorKind;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One row of a result: values by position, from 0, and by column name. Immutable. */
public final class Row {

    private final Columns columns;
    private final @Nullable Object[] values;

    Row(Columns columns, @Nullable Object[] values) {
        this.columns = columns;
        this.values = values;
    }

    /** {@return the number of columns} */
    public int size() {
        return values.length;
    }

    /** {@return the names of the columns, in order} */
    public List<String> names() {
        return columns.names();
    }

    /** {@return the values, in order} */
    public List<@Nullable Object> values() {
        return Collections.unmodifiableList(Arrays.asList(values));
    }

    /** {@return the value at {@code index}; null if the database says so} */
    public @Nullable Object get(int index) {
        return values[index];
    }

    /** {@return the value of the column {@code name}; null if the database says so} */
    public @Nullable Object get(String name) {
        return values[columns.index(name)];
    }

    /** {@return the value of the column {@code name} as text} */
    public String getString(String name) {
        return present(name).toString();
    }

    /** {@return the value of the column {@code name} as a {@code long}} */
    public long getLong(String name) {
        return number(name).longValue();
    }

    /** {@return the value of the column {@code name} as an {@code int}} */
    public int getInt(String name) {
        return Math.toIntExact(getLong(name));
    }

    /** {@return the value of the column {@code name} as a boolean; of a number, whether it is not 0} */
    public boolean getBoolean(String name) {
        Object value = present(name);
        return value instanceof Boolean truth ? truth : number(name).longValue() != 0;
    }

    /** {@return the value of the column {@code name} as a moment, or null if it is null} */
    public @Nullable Instant getInstant(String name) {
        Object value = get(name);
        if (value == null || value instanceof Instant) {
            return (Instant) value;
        }
        throw mismatch(name, value, "a moment in time");
    }

    private Object present(String name) {
        Object value = get(name);
        if (value == null) {
            throw ErrorKind.PROGRAMMING.exception(
                    "Column '%s' is null; read it with get(\"%s\") to allow for that".formatted(name, name));
        }
        return value;
    }

    private Number number(String name) {
        Object value = present(name);
        if (value instanceof Number number) {
            return number;
        }
        throw mismatch(name, value, "a number");
    }

    private static RuntimeException mismatch(String name, Object value, String wanted) {
        return ErrorKind.PROGRAMMING.exception("Column '%s' is not %s but a %s"
                .formatted(name, wanted, value.getClass().getSimpleName()));
    }

    /** {@return the names and values, for debugging} */
    @Override
    public String toString() {
        return names() + " " + values();
    }
}
