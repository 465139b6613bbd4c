package dev.mooring.postgres;

import dev.mooring.spi.ValueCodec;
import java.math.BigDecimal;
import java.sql.Array;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Collections for PostgreSQL's arrays and back. */
final class PostgresArrays {

    private static final Map<Class<?>, String> TYPES = Map.ofEntries(
            Map.entry(Boolean.class, "bool"),
            Map.entry(Short.class, "int2"),
            Map.entry(Integer.class, "int4"),
            Map.entry(Long.class, "int8"),
            Map.entry(Float.class, "float4"),
            Map.entry(Double.class, "float8"),
            Map.entry(BigDecimal.class, "numeric"),
            Map.entry(String.class, "text"),
            Map.entry(UUID.class, "uuid"),
            Map.entry(byte[].class, "bytea"),
            Map.entry(LocalDate.class, "date"),
            Map.entry(LocalTime.class, "time"),
            Map.entry(OffsetTime.class, "timetz"),
            Map.entry(LocalDateTime.class, "timestamp"),
            Map.entry(OffsetDateTime.class, "timestamptz"));

    private PostgresArrays() {}

    /** Binds an array of the type that its first element has; without one, the server works the type out. */
    static void bind(PreparedStatement statement, int index, Collection<?> elements) throws SQLException {
        @Nullable Object[] values = new Object[elements.size()];
        String type = null;
        int i = 0;
        for (Object element : elements) {
            if (element != null) {
                values[i] = PostgresValueCodec.plain(index, element);
                type = type == null ? TYPES.get(values[i].getClass()) : type;
                if (type == null) {
                    throw ValueCodec.unsupported(index, element);
                }
            }
            i++;
        }
        if (type == null) {
            statement.setObject(
                    index, "{" + String.join(",", Collections.nCopies(values.length, "NULL")) + "}", Types.OTHER);
        } else {
            statement.setArray(index, statement.getConnection().createArrayOf(type, values));
        }
    }

    /** {@return the elements, arrays among them as lists} Read as rows, since pgjdbc's own arrays hold java.sql dates. */
    static List<@Nullable Object> read(Array array) throws SQLException {
        List<@Nullable Object> elements = new ArrayList<>();
        try (ResultSet rows = array.getResultSet()) {
            ValueCodec.ValueReader reader = PostgresReaders.of(rows.getMetaData(), 2);
            while (rows.next()) {
                elements.add(reader.read(rows, 2));
            }
        }
        return Collections.unmodifiableList(elements);
    }
}
