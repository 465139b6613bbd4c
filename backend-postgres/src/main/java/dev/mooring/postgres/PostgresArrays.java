package dev.mooring.postgres;

import static java.util.Objects.requireNonNull;

import dev.mooring.error.ErrorKind;
import dev.mooring.schema.Json;
import dev.mooring.spi.UnreadableValue;
import dev.mooring.spi.ValueCodec;
import java.math.BigDecimal;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Collections for PostgreSQL's arrays and back. */
final class PostgresArrays {

    private static final Map<Class<?>, String> TYPES = Map.of(
            Boolean.class, "bool",
            Short.class, "int2",
            Integer.class, "int4",
            Long.class, "int8",
            Float.class, "float4",
            Double.class, "float8",
            BigDecimal.class, "numeric",
            UUID.class, "uuid",
            byte[].class, "bytea");

    /** Each holds the values of those before it. */
    private static final List<String> WHOLE = List.of("int2", "int4", "int8", "numeric");

    private static final List<String> BINARY = List.of("float4", "float8");
    private static final List<String> LOCAL = List.of("date", "timestamp");

    /** Elements of it take their type from where the array is used, as a document by itself does. */
    private static final String JSON = "json";

    private static final String TEXT = "text";

    private final int index;
    private final StringBuilder text = new StringBuilder();
    private @Nullable String type;

    private PostgresArrays(int index) {
        this.index = index;
    }

    /** {@return the array, of the type that holds all its elements; where there are none, the server works it out} */
    static TypedText parameter(int index, Collection<?> elements) {
        PostgresArrays array = new PostgresArrays(index);
        array.append(elements);
        String found = array.type;
        boolean untyped =
                found == null || found.equals(JSON) || (found.equals(TEXT) && elements instanceof ElementsBehindIn);
        return new TypedText(untyped ? null : found + "[]", array.text.toString());
    }

    private void append(Collection<?> elements) {
        if (elements.stream().anyMatch(Collection.class::isInstance)) {
            checkRectangular(elements);
        }
        text.append('{');
        String separator = "";
        for (Object element : elements) {
            text.append(separator);
            separator = ",";
            if (element == null) {
                text.append("NULL");
            } else if (element instanceof Collection<?> nested) {
                append(nested);
            } else {
                appendElement(element);
            }
        }
        text.append('}');
    }

    private void appendElement(Object element) {
        Object plain = PostgresValueCodec.plain(index, element);
        String known = TYPES.get(plain.getClass());
        if (plain instanceof TypedText typed) {
            String declared = typed.type();
            widenTo(declared != null ? declared : element instanceof Json ? JSON : TEXT, element);
            appendQuoted(typed.text());
        } else if (known != null) {
            widenTo(known, element);
            appendQuoted(plain instanceof byte[] bytes ? "\\x" + HexFormat.of().formatHex(bytes) : plain.toString());
        } else {
            throw ValueCodec.unsupported(index, element);
        }
    }

    private void widenTo(String next, Object element) {
        String before = type;
        type = before == null ? next : common(before, next);
        if (type == null) {
            throw ErrorKind.PROGRAMMING.exception(
                    "Parameter %d is a list whose elements have no common type: a %s comes after elements of type %s; convert them to one type"
                            .formatted(index, element.getClass().getSimpleName(), before));
        }
    }

    private static @Nullable String common(String one, String other) {
        if (one.equals(other)) {
            return one;
        }
        for (List<String> widening : List.of(WHOLE, BINARY, LOCAL)) {
            if (widening.contains(one) && widening.contains(other)) {
                return widening.get(Math.max(widening.indexOf(one), widening.indexOf(other)));
            }
        }
        if (WHOLE.contains(one) && BINARY.contains(other)) {
            return WHOLE.indexOf(one) < 2 ? "float8" : "numeric";
        }
        return WHOLE.contains(other) && BINARY.contains(one) ? common(other, one) : null;
    }

    private void appendQuoted(String element) {
        text.append('"');
        for (int i = 0; i < element.length(); i++) {
            char c = element.charAt(i);
            if (c == '"' || c == '\\') {
                text.append('\\');
            }
            text.append(c);
        }
        text.append('"');
    }

    private void checkRectangular(Collection<?> rows) {
        List<Integer> sizes = rows.stream()
                .map(row -> row instanceof Collection<?> nested ? nested.size() : -1)
                .distinct()
                .toList();
        if (sizes.size() != 1 || sizes.get(0) == 0) {
            throw ErrorKind.DATA.exception(
                    "Parameter %d is a list of lists that are empty or not all of the same length, which no array can hold"
                            .formatted(index));
        }
    }

    /** {@return the elements, arrays among them as lists} Read as rows, since pgjdbc's own arrays hold java.sql dates. */
    static Object read(Array array) throws SQLException {
        if (array.getBaseTypeName().equals("oid")) {
            // The driver gives no numbers for rows of them once it receives them in binary.
            return requireNonNull(boxed(array.getArray()));
        }
        List<@Nullable Object> elements = new ArrayList<>();
        try (ResultSet rows = array.getResultSet()) {
            ValueCodec.ValueReader reader = PostgresReaders.of(rows.getMetaData(), 2);
            while (rows.next()) {
                Object element = reader.read(rows, 2);
                if (element instanceof UnreadableValue unreadable) {
                    return new UnreadableValue(array.toString(), unreadable.problem());
                }
                elements.add(element);
            }
        }
        return Collections.unmodifiableList(elements);
    }

    private static @Nullable Object boxed(@Nullable Object elements) {
        return elements instanceof Object[] several
                ? Collections.unmodifiableList(Arrays.stream(several)
                        .map(PostgresArrays::boxed)
                        .collect(ArrayList::new, List::add, List::addAll))
                : elements;
    }
}
