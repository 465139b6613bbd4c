package dev.mooring.statement;

import dev.mooring.error.DatabaseException;
import dev.mooring.error.ErrorKind;
import dev.mooring.schema.Json;
import dev.mooring.spi.ValueCodec;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Makes records of one class of the rows of one result: each component has the column of its name, be it written
 * {@code firstName} or {@code first_name}; one that is a record itself has the columns whose names begin with its name.
 * Columns without a component are passed over. Immutable.
 */
public final class RecordReader<R> {

    private final Class<R> type;
    private final List<String> names;
    private final ValueCodec codec;
    /** What the names of this record's columns begin with: empty, unless it is a component of another record. */
    private final String prefix;

    private final Constructor<R> constructor;
    private final Part[] parts;

    private RecordReader(Class<R> type, List<String> names, ValueCodec codec, String prefix) {
        this.type = type;
        this.names = names;
        this.codec = codec;
        this.prefix = prefix;
        RecordComponent[] components = componentsOf(type);
        this.constructor = constructorOf(type, components);
        this.parts = Arrays.stream(components).map(this::part).toArray(Part[]::new);
    }

    /**
     * {@return the reader of such records from columns of these names}
     *
     * @throws dev.mooring.error.ProgrammingException if {@code type} is no record, is closed to us, or a component has no
     *     column or more than one
     */
    static <R> RecordReader<R> of(Class<R> type, List<String> names, ValueCodec codec) {
        return new RecordReader<>(type, names, codec, "");
    }

    /** {@return whether a column's value is read as a {@code type} at once, and a row not made into one by its columns' names} */
    public static boolean isValue(Class<?> type) {
        return !type.isRecord() || type == Json.class;
    }

    boolean makes(Class<?> wanted) {
        return type == wanted;
    }

    /** {@return the record of a row with these values} */
    public R read(@Nullable Object[] values) {
        @Nullable Object[] arguments = new Object[parts.length];
        for (int i = 0; i < arguments.length; i++) {
            arguments[i] = parts[i].read(values);
        }
        try {
            return constructor.newInstance(arguments);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw ErrorKind.DATA.exception(
                    "The constructor of %s refused a row: %s".formatted(type.getSimpleName(), e.getCause()),
                    e.getCause());
        } catch (ReflectiveOperationException e) {
            throw problem("cannot be made: " + e);
        }
    }

    private boolean isAllNull(@Nullable Object[] values) {
        return Arrays.stream(parts).allMatch(part -> part.isNull(values));
    }

    /** One argument of the constructor. */
    private interface Part {
        @Nullable
        Object read(@Nullable Object[] values);

        boolean isNull(@Nullable Object[] values);
    }

    private Part part(RecordComponent component) {
        String name = prefix + plain(component.getName());
        return isValue(component.getType())
                ? new Value(component, index(component, name))
                : new Nested(nested(component, name));
    }

    private RecordReader<?> nested(RecordComponent component, String name) {
        if (names.stream().noneMatch(column -> plain(column).startsWith(name))) {
            throw problem(
                    "has a component %s, which is a record, but the result has no column whose name begins with that; it has %s"
                            .formatted(component.getName(), names));
        }
        return new RecordReader<>(component.getType(), names, codec, name);
    }

    /** A component with a column of its own. */
    private final class Value implements Part {
        private final Class<?> wanted;
        private final int index;
        private final String component;
        private final String what;

        Value(RecordComponent component, int index) {
            this.wanted = component.getType();
            this.index = index;
            this.component = component.getName();
            this.what =
                    "Column '%s', for %s.%s,".formatted(names.get(index), type.getSimpleName(), component.getName());
        }

        @Override
        public @Nullable Object read(@Nullable Object[] values) {
            Object value = values[index];
            if (value == null && wanted.isPrimitive()) {
                throw problem("has the %s %s, but column '%s' is null: make it nullable, such as Integer for an int"
                        .formatted(wanted, component, names.get(index)));
            }
            return value == null ? null : Conversions.convert(value, wanted, codec, what);
        }

        @Override
        public boolean isNull(@Nullable Object[] values) {
            return values[index] == null;
        }
    }

    /** A component that is a record: null if all of its columns are, as an outer join gives them. */
    private record Nested(RecordReader<?> reader) implements Part {
        @Override
        public @Nullable Object read(@Nullable Object[] values) {
            return isNull(values) ? null : reader.read(values);
        }

        @Override
        public boolean isNull(@Nullable Object[] values) {
            return reader.isAllNull(values);
        }
    }

    private int index(RecordComponent component, String name) {
        int found = -1;
        for (int i = 0; i < names.size(); i++) {
            if (plain(names.get(i)).equals(name)) {
                if (found >= 0) {
                    throw problem("has one component %s for the columns '%s' and '%s'"
                            .formatted(component.getName(), names.get(found), names.get(i)));
                }
                found = i;
            }
        }
        if (found < 0) {
            throw problem("has a component %s, for which the result has no column; it has %s"
                    .formatted(component.getName(), names));
        }
        return found;
    }

    private static String plain(String name) {
        return name.replace("_", "").toLowerCase(Locale.ROOT);
    }

    private RecordComponent[] componentsOf(Class<R> of) {
        RecordComponent[] found = of.getRecordComponents();
        if (found == null) {
            throw problem("is no record: rows become records by the names of their components");
        }
        return found;
    }

    private Constructor<R> constructorOf(Class<R> of, RecordComponent[] all) {
        try {
            Constructor<R> canonical = of.getDeclaredConstructor(
                    Arrays.stream(all).map(RecordComponent::getType).toArray(Class<?>[]::new));
            if (!canonical.trySetAccessible()) {
                throw problem("is closed to dev.mooring.core: open its package to that module");
            }
            return canonical;
        } catch (NoSuchMethodException e) {
            throw new AssertionError("Every record has a canonical constructor", e);
        }
    }

    private DatabaseException problem(String what) {
        return ErrorKind.PROGRAMMING.exception(type.getName() + " " + what);
    }
}
