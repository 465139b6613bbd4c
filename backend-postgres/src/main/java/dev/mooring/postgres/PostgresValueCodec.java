package dev.mooring.postgres;

import dev.mooring.error.ErrorKind;
import dev.mooring.schema.Json;
import dev.mooring.spi.ValueCodec;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.PreparedStatement;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Collection;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PGobject;

/** Java's values for PostgreSQL's and back; never {@code java.sql.Timestamp} and its kin, which depend on the JVM's zone. */
final class PostgresValueCodec implements ValueCodec {

    /** What pgjdbc takes as it is. */
    private static final Set<Class<?>> PLAIN = Set.of(
            Boolean.class,
            Short.class,
            Integer.class,
            Long.class,
            Float.class,
            Double.class,
            BigDecimal.class,
            UUID.class,
            byte[].class,
            LocalDate.class,
            LocalTime.class,
            LocalDateTime.class,
            OffsetDateTime.class,
            OffsetTime.class,
            PGobject.class);

    @Override
    public void bind(PreparedStatement statement, int index, @Nullable Object value) throws SQLException {
        if (value == null) {
            statement.setNull(index, Types.NULL);
        } else if (value instanceof Collection<?> elements) {
            PostgresArrays.bind(statement, index, elements);
        } else {
            bindPlain(statement, index, plain(index, value));
        }
    }

    @Override
    public ValueReader reader(ResultSetMetaData columns, int column) throws SQLException {
        return PostgresReaders.of(columns, column);
    }

    private static void bindPlain(PreparedStatement statement, int index, Object value) throws SQLException {
        if (value instanceof Untyped untyped) {
            statement.setObject(index, untyped.text, Types.OTHER);
        } else {
            statement.setObject(index, value);
        }
    }

    /** {@return {@code value} as something that pgjdbc takes} */
    static Object plain(int index, Object value) {
        if (PLAIN.contains(value.getClass())) {
            return value;
        }
        try {
            return converted(index, value);
        } catch (DateTimeException e) {
            throw ErrorKind.DATA.exception(
                    "Parameter %d is a %s out of range"
                            .formatted(index, value.getClass().getSimpleName()),
                    e);
        }
    }

    private static Object converted(int index, Object value) {
        if (value instanceof CharSequence || value instanceof Character) {
            return ValueCodec.storable(index, value.toString());
        } else if (value instanceof Instant moment) {
            return moment.atOffset(ZoneOffset.UTC);
        } else if (value instanceof ZonedDateTime moment) {
            return moment.toOffsetDateTime();
        } else if (value instanceof Duration duration) {
            return new Untyped(duration.toString());
        } else if (value instanceof Json json) {
            return new Untyped(ValueCodec.storable(index, json.text()));
        } else if (value instanceof BigInteger number) {
            return new BigDecimal(number);
        } else if (value instanceof Byte number) {
            return number.shortValue();
        } else if (value instanceof PGobject) {
            return value;
        }
        throw ValueCodec.unsupported(index, value);
    }

    /** Text whose type the server works out. */
    private record Untyped(String text) {
        @Override
        public String toString() {
            return text;
        }
    }
}
