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
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Collection;
import java.util.List;
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
            UUID.class,
            byte[].class,
            PGobject.class);

    private final ZoneId zone;

    /** {@code zone} is the session's. */
    PostgresValueCodec(ZoneId zone) {
        this.zone = zone;
    }

    @Override
    public void bind(PreparedStatement statement, int index, @Nullable Object value) throws SQLException {
        if (value == null) {
            statement.setNull(index, Types.NULL);
            return;
        }
        Object plain = value instanceof Collection<?> elements
                ? PostgresArrays.parameter(index, elements)
                : plain(index, value);
        if (plain instanceof TypedText text) {
            text.bind(statement, index);
        } else {
            statement.setObject(index, plain);
        }
    }

    @Override
    public ValueReader reader(ResultSetMetaData columns, int column) throws SQLException {
        return PostgresReaders.of(columns, column);
    }

    /** The databases of the layer that have one type of date with time give a moment or a local time for it, as asked. */
    @Override
    public @Nullable Object convert(Object value, Class<?> wanted) {
        if (value instanceof Instant moment && wanted == LocalDateTime.class) {
            return LocalDateTime.ofInstant(moment, zone);
        } else if (value instanceof LocalDateTime local && wanted == Instant.class) {
            List<ZoneOffset> offsets = zone.getRules().getValidOffsets(local);
            if (offsets.size() != 1) {
                throw new DateTimeException("not one moment in the zone of the connection");
            }
            return local.toInstant(offsets.get(0));
        }
        return null;
    }

    /** {@return {@code value} as something that pgjdbc takes, or as text} */
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

    /** The driver cuts a number of more than 131,072 digits before the point. */
    @Override
    public void checkStorable(int index, Object value) {
        if (value instanceof BigDecimal number) {
            PostgresNumbers.numeric(index, number);
        }
    }

    private static Object converted(int index, Object value) {
        if (value instanceof CharSequence || value instanceof Character) {
            return TypedText.untyped(ValueCodec.storable(index, value.toString()));
        } else if (value instanceof BigDecimal number) {
            return PostgresNumbers.numeric(index, number);
        } else if (value instanceof BigInteger number) {
            return PostgresNumbers.numeric(index, number);
        } else if (value instanceof Byte number) {
            return number.shortValue();
        } else if (value instanceof Json json) {
            return TypedText.untyped(ValueCodec.storable(index, json.text()));
        } else if (value instanceof Enum<?> constant) {
            return TypedText.untyped(constant.name());
        } else if (value instanceof PGobject) {
            return value;
        }
        return temporal(index, value);
    }

    private static TypedText temporal(int index, Object value) {
        if (value instanceof Instant moment) {
            return PostgresTemporals.moment(moment.atOffset(ZoneOffset.UTC));
        } else if (value instanceof OffsetDateTime moment) {
            return PostgresTemporals.moment(moment);
        } else if (value instanceof ZonedDateTime moment) {
            return PostgresTemporals.moment(moment.toOffsetDateTime());
        } else if (value instanceof LocalDateTime local) {
            return PostgresTemporals.dateTime(local);
        } else if (value instanceof LocalDate date) {
            return PostgresTemporals.date(date);
        } else if (value instanceof LocalTime time) {
            return PostgresTemporals.time(time);
        } else if (value instanceof OffsetTime time) {
            return PostgresTemporals.time(time);
        } else if (value instanceof Duration duration) {
            return PostgresTemporals.interval(ValueCodec.microseconds(index, duration));
        }
        throw ValueCodec.unsupported(index, value);
    }
}
