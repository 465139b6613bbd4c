package dev.mooring;

import dev.mooring.error.DatabaseException;
import dev.mooring.error.ErrorKind;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Makes records of one class of the rows of one result: each component has the column of its name, be it written
 * {@code firstName} or {@code first_name}. Columns without a component are passed over. Immutable.
 */
final class RecordReader<R> {

    private final Class<R> type;
    private final Constructor<R> constructor;
    private final RecordComponent[] components;
    private final int[] indexes;

    private RecordReader(Class<R> type, List<String> names) {
        this.type = type;
        this.components = componentsOf(type);
        this.constructor = constructorOf(type, components);
        this.indexes = Arrays.stream(components)
                .mapToInt(component -> index(component.getName(), names))
                .toArray();
    }

    /**
     * {@return the reader of such records from columns of these names}
     *
     * @throws dev.mooring.error.ProgrammingException if {@code type} is no record, is closed to us, or a component has no
     *     column or more than one
     */
    static <R> RecordReader<R> of(Class<R> type, List<String> names) {
        return new RecordReader<>(type, names);
    }

    boolean makes(Class<?> wanted) {
        return type == wanted;
    }

    R read(Row row) {
        @Nullable Object[] arguments = new Object[components.length];
        for (int i = 0; i < arguments.length; i++) {
            arguments[i] = argument(components[i], indexes[i], row);
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

    private @Nullable Object argument(RecordComponent component, int index, Row row) {
        String column = row.names().get(index);
        String what = "Column '%s', for %s.%s,".formatted(column, type.getSimpleName(), component.getName());
        Object value = row.get(index, component.getType(), what);
        if (value == null) {
            if (component.getType().isPrimitive()) {
                throw problem("has the %s %s, but column '%s' is null: make it nullable, such as %s"
                        .formatted(component.getType(), component.getName(), column, "Integer for an int"));
            }
        }
        return value;
    }

    private int index(String component, List<String> names) {
        int found = -1;
        for (int i = 0; i < names.size(); i++) {
            if (plain(names.get(i)).equals(plain(component))) {
                if (found >= 0) {
                    throw problem("has one component %s for the columns '%s' and '%s'"
                            .formatted(component, names.get(found), names.get(i)));
                }
                found = i;
            }
        }
        if (found < 0) {
            throw problem(
                    "has a component %s, for which the result has no column; it has %s".formatted(component, names));
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
