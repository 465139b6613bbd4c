package dev.mooring.example.h2;

import dev.mooring.error.ErrorKind;
import dev.mooring.schema.Json;
import dev.mooring.spi.UnreadableValue;
import dev.mooring.spi.ValueCodec;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What H2's driver binds and reads by itself is left to it; moments come back as {@link Instant}. */
final class H2ValueCodec implements ValueCodec {

    private static final int MAX_DIGITS = 100;
    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999999Z");

    @Override
    public void bind(PreparedStatement statement, int index, @Nullable Object value) throws SQLException {
        if (value == null) {
            statement.setNull(index, Types.NULL);
        } else if (value instanceof Duration duration) {
            statement.setLong(index, ValueCodec.microseconds(index, duration));
        } else if (value instanceof CharSequence || value instanceof Character || value instanceof Json) {
            statement.setString(index, ValueCodec.storable(index, value.toString()));
        } else if (value instanceof Enum<?> constant) {
            statement.setString(index, constant.name());
        } else {
            statement.setObject(index, ofDriver(index, value));
        }
    }

    /** The database would round what is smaller than a microsecond. */
    private static Object ofDriver(int index, Object value) {
        if (value instanceof Instant moment) {
            return moment(index, moment);
        } else if (value instanceof OffsetDateTime moment) {
            return moment(index, moment.toInstant());
        } else if (value instanceof ZonedDateTime moment) {
            return moment(index, moment.toInstant());
        } else if (value instanceof LocalDateTime local) {
            return local.truncatedTo(ChronoUnit.MICROS);
        } else if (value instanceof LocalTime time) {
            return time.truncatedTo(ChronoUnit.MICROS);
        } else if (value instanceof BigDecimal number) {
            return decimal(index, number);
        } else if (value instanceof BigInteger number) {
            return decimal(index, new BigDecimal(number));
        } else if (value instanceof Boolean
                || value instanceof byte[]
                || value instanceof UUID
                || value instanceof LocalDate
                || isNumber(value)) {
            return value;
        }
        throw ValueCodec.unsupported(index, value);
    }

    private static boolean isNumber(Object value) {
        return value instanceof Integer
                || value instanceof Long
                || value instanceof Short
                || value instanceof Byte
                || value instanceof Double
                || value instanceof Float;
    }

    /** The largest moments of Java's come back as others. */
    private static Instant moment(int index, Instant value) {
        if (value.isBefore(FIRST) || value.isAfter(LAST)) {
            throw ErrorKind.DATA.exception("Parameter %d is a moment outside the years 1 to 9999".formatted(index));
        }
        return value.truncatedTo(ChronoUnit.MICROS);
    }

    /** Of more digits the driver itself would make a text of gigabytes. */
    private static BigDecimal decimal(int index, BigDecimal value) {
        if (value.precision() > MAX_DIGITS || Math.abs((long) value.scale()) > MAX_DIGITS) {
            throw ErrorKind.DATA.exception(
                    "Parameter %d has more than %d digits before or after the point".formatted(index, MAX_DIGITS));
        }
        return value;
    }

    @Override
    public ValueReader reader(ResultSetMetaData columns, int column) throws SQLException {
        return switch (columns.getColumnType(column)) {
            case Types.DATE -> as(LocalDate.class);
            case Types.TIME -> as(LocalTime.class);
            case Types.TIMESTAMP -> as(LocalDateTime.class);
            case Types.TIMESTAMP_WITH_TIMEZONE -> as(Instant.class);
            case Types.CLOB -> ResultSet::getString;
            case Types.BLOB -> ResultSet::getBytes;
            case Types.OTHER ->
                columns.getColumnTypeName(column).equals("JSON") ? ResultSet::getString : ResultSet::getObject;
            default -> ResultSet::getObject;
        };
    }

    /** A value that Java does not have, such as a year beyond its own, fails alone. */
    private static ValueReader as(Class<?> type) {
        return (row, column) -> {
            try {
                return row.getObject(column, type);
            } catch (java.time.DateTimeException e) {
                return new UnreadableValue(
                        row.getString(column), "it holds what Java has no " + type.getSimpleName() + " for");
            }
        };
    }

    @Override
    public @Nullable Object convert(Object value, Class<?> wanted) {
        return wanted == Duration.class && value instanceof Number micros
                ? Duration.of(micros.longValue(), ChronoUnit.MICROS)
                : null;
    }
}
