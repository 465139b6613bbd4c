package dev.mooring;

import dev.mooring.error.ErrorKind;
import dev.mooring.spi.UnreadableValue;
import dev.mooring.statement.Columns;
import dev.mooring.statement.Conversions;
import dev.mooring.statement.RecordReader;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.AbstractList;
import java.util.Arrays;
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

    /** {@return the values, in order} One that cannot be read throws when it is asked for, as {@link #get(int)} does. */
    public List<@Nullable Object> values() {
        return new AbstractList<>() {
            @Override
            public @Nullable Object get(int index) {
                return Row.this.get(index);
            }

            @Override
            public int size() {
                return values.length;
            }
        };
    }

    /**
     * {@return the value at {@code index}; null if the database says so}
     *
     * @throws dev.mooring.error.DataException if the database has a value that the column's Java type has not, such as
     *     infinity in a date; {@code get(name, String.class)} gives its text
     */
    public @Nullable Object get(int index) {
        Object value = values[index];
        if (value instanceof UnreadableValue unreadable) {
            throw Conversions.unreadable(unreadable, "Column '" + names().get(index) + "'");
        }
        return value;
    }

    /**
     * {@return the value of the column {@code name}; null if the database says so}
     *
     * @throws dev.mooring.error.ProgrammingException if there is no such column, or more than one
     * @throws dev.mooring.error.DataException as {@link #get(int)} does
     */
    public @Nullable Object get(String name) {
        return get(columns.index(name));
    }

    /**
     * {@return the value at {@code index} as a {@code type}, or null if it is null; converted as {@link #get(String, Class)}
     * does}
     *
     * @throws dev.mooring.error.ProgrammingException if the value is no {@code type}
     * @throws dev.mooring.error.DataException as {@link #get(String, Class)} does
     */
    public <T> @Nullable T get(int index, Class<T> type) {
        return get(index, type, "Column '" + names().get(index) + "'");
    }

    /** {@return the value at {@code index} as a {@code type}, or null if it is null; {@code what} is the column, for messages} */
    <T> @Nullable T get(int index, Class<T> type, String what) {
        Object value = values[index];
        return value == null ? null : Conversions.convert(value, type, columns.codec(), what);
    }

    /**
     * {@return the value of the column {@code name} as a {@code type}, or null if it is null}
     *
     * <p>Whole numbers become each other where nothing is lost, fractions the nearest {@code double} or {@code float}
     * (read as {@code BigDecimal}, they are what the database has); 0 and 1 are a {@code Boolean}, 32 hexadecimal digits a
     * {@code UUID}, an {@code Instant} an {@code OffsetDateTime}, text {@link dev.mooring.schema.Json} or the enum constant
     * of that name. What was bound as a {@code type} comes back as one, whatever type the database stores it in;
     * {@code docs/types.md} has the table.
     *
     * @throws dev.mooring.error.ProgrammingException if there is no such column, or more than one, or its value is no
     *     {@code type}
     * @throws dev.mooring.error.DataException if the value has no counterpart in Java, or its text is no {@code type}
     */
    public <T> @Nullable T get(String name, Class<T> type) {
        return get(columns.index(name), type, "Column '" + name + "'");
    }

    /**
     * {@return this row's only value as a {@code type}, or null if it is null} It is converted as {@link #get(String, Class)}
     * does.
     *
     * @throws dev.mooring.error.ProgrammingException if there is more than one column, or its value is no {@code type}
     * @throws dev.mooring.error.DataException as {@link #get(String, Class)} does
     */
    public <T> @Nullable T value(Class<T> type) {
        if (values.length != 1) {
            throw ErrorKind.PROGRAMMING.exception(
                    "A row is read as one %s, but the result has the columns %s; select the one, or read the rows as a record"
                            .formatted(type.getSimpleName(), names()));
        }
        return get(0, type);
    }

    /**
     * {@return this row as a record}
     *
     * <p>Each component has the column of its name: {@code firstName} is {@code first_name} or {@code firstName}, whatever
     * the case. Values are converted as {@link #get(String, Class)} does; other columns are passed over. A component that is
     * a record itself has the columns whose names begin with its own: {@code address} of {@code Address(String street)}
     * has {@code address_street}; it is null if all of its columns are, as those of an outer join may be.
     *
     * @throws dev.mooring.error.ProgrammingException if a component has no column, more than one, or a value that does not
     *     fit
     */
    public <R extends Record> R to(Class<R> type) {
        return columns.reader(type).read(values);
    }

    /** {@return this row as a record, or its only value} */
    <T> @Nullable T as(Class<T> type) {
        return RecordReader.isValue(type) ? value(type) : columns.reader(type).read(values);
    }

    /**
     * {@return the value of the column {@code name} as text; of other values what their {@code toString} gives}
     *
     * @throws dev.mooring.error.ProgrammingException if it is null or bytes, which are no text without an encoding
     */
    public String getString(String name) {
        Object value = values[columns.index(name)];
        return value instanceof UnreadableValue || value instanceof byte[]
                ? present(name, String.class)
                : present(name).toString();
    }

    /** {@return the value of the column {@code name} as a {@code long}} A number with a fraction is an error. */
    public long getLong(String name) {
        return present(name, Long.class);
    }

    /** {@return the value of the column {@code name} as an {@code int}} A number that does not fit is an error. */
    public int getInt(String name) {
        return present(name, Integer.class);
    }

    /**
     * {@return the value of the column {@code name} as a {@code double}} A whole number that is none is an error, such as a
     * {@code long} above 2<sup>53</sup> may be; a fraction becomes the nearest.
     */
    public double getDouble(String name) {
        return present(name, Double.class);
    }

    /** {@return the value of the column {@code name} as a decimal number} */
    public BigDecimal getBigDecimal(String name) {
        return present(name, BigDecimal.class);
    }

    /** {@return the value of the column {@code name} as a boolean; of a number, whether it is 1 and not 0} */
    public boolean getBoolean(String name) {
        return present(name, Boolean.class);
    }

    /** {@return the value of the column {@code name} as a moment, or null if it is null} */
    public @Nullable Instant getInstant(String name) {
        return get(name, Instant.class);
    }

    private <T> T present(String name, Class<T> type) {
        return present(name, get(name, type));
    }

    private Object present(String name) {
        return present(name, get(name));
    }

    private static <T> T present(String name, @Nullable T value) {
        if (value == null) {
            throw ErrorKind.PROGRAMMING.exception(
                    "Column '%s' is null; read it with get(\"%s\") to allow for that".formatted(name, name));
        }
        return value;
    }

    /** {@return the names and values, for debugging} */
    @Override
    public String toString() {
        return names() + " " + Arrays.toString(values);
    }
}
