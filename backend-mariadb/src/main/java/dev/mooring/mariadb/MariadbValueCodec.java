package dev.mooring.mariadb;

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
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.Temporal;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Java's values for MariaDB's and back, in Django's notation. */
final class MariadbValueCodec implements ValueCodec {

    private static final int MAX_DIGITS = 65;
    private static final int MAX_DIGITS_AFTER = 38;

    private final MariadbDateTimes dateTimes;
    private final MariadbReaders readers;
    private final Map<Class<?>, Function<String, Object>> fromText;

    MariadbValueCodec(ZoneId zone) {
        dateTimes = new MariadbDateTimes(zone);
        readers = new MariadbReaders(dateTimes);
        fromText = Map.of(
                Instant.class, dateTimes::moment,
                LocalDateTime.class, MariadbDateTimes::local,
                LocalDate.class, MariadbDateTimes::date,
                LocalTime.class, MariadbDateTimes::time,
                Duration.class, MariadbDateTimes::duration,
                BigDecimal.class, BigDecimal::new);
    }

    @Override
    public void bind(PreparedStatement statement, int index, @Nullable Object value) throws SQLException {
        if (value == null) {
            statement.setNull(index, Types.NULL);
        } else if (value instanceof byte[] bytes) {
            statement.setBytes(index, bytes);
        } else if (value instanceof Number number) {
            bindNumber(statement, index, number);
        } else if (value instanceof Boolean truth) {
            statement.setBoolean(index, truth);
        } else if (value instanceof Duration duration) {
            // As Django stores a duration where the database has no type for one.
            statement.setLong(index, ValueCodec.microseconds(index, duration));
        } else {
            statement.setString(index, text(index, value));
        }
    }

    /** The driver writes an Instant in the zone of the JVM. */
    @Override
    public boolean convertsDateTimes() {
        return true;
    }

    @Override
    public boolean isDateTime(Class<?> type) {
        return MariadbJdbcDates.isDateTime(type);
    }

    @Override
    public Object dateTimeToDriver(int index, Object value, @Nullable ZoneId zone) {
        Object converted = MariadbJdbcDates.toJavaTime(value, zone);
        return converted instanceof Temporal ? text(index, converted) : value;
    }

    @Override
    public @Nullable Object dateTimeFromDriver(Object stored, Class<?> type, @Nullable ZoneId zone) {
        return MariadbJdbcDates.read(stored, type, zone, dateTimes);
    }

    @Override
    public ValueReader reader(ResultSetMetaData columns, int column) throws SQLException {
        return readers.of(columns, column);
    }

    @Override
    public @Nullable Object convert(Object value, Class<?> wanted) {
        if (value instanceof String text) {
            Function<String, Object> reader = fromText.get(wanted);
            return reader == null ? null : reader.apply(text);
        } else if (wanted == Duration.class && (value instanceof Long || value instanceof Integer)) {
            return Duration.of(((Number) value).longValue(), ChronoUnit.MICROS);
        }
        return value instanceof Instant moment && wanted == LocalDateTime.class ? dateTimes.local(moment) : null;
    }

    @Override
    public void checkStorable(int index, Object value) {
        if (value instanceof BigDecimal number) {
            decimal(index, number);
        }
    }

    private static void bindNumber(PreparedStatement statement, int index, Number value) throws SQLException {
        if (value instanceof Long || value instanceof Integer || value instanceof Short || value instanceof Byte) {
            statement.setLong(index, value.longValue());
        } else if (value instanceof Double || value instanceof Float) {
            bindDouble(statement, index, value.doubleValue());
        } else if (value instanceof BigDecimal number) {
            statement.setBigDecimal(index, decimal(index, number));
        } else if (value instanceof BigInteger number) {
            statement.setBigDecimal(index, decimal(index, new BigDecimal(number)));
        } else {
            throw ValueCodec.unsupported(index, value);
        }
    }

    private static void bindDouble(PreparedStatement statement, int index, double value) throws SQLException {
        if (!Double.isFinite(value)) {
            throw ErrorKind.DATA.exception("Parameter %d is %s, which no column of MariaDB stores"
                    .formatted(index, Double.isNaN(value) ? "not a number" : "infinite"));
        }
        statement.setDouble(index, value);
    }

    /** {@return a number that a decimal column can keep} The driver writes all of its digits. */
    private static BigDecimal decimal(int index, BigDecimal value) {
        if (value.signum() == 0) {
            return BigDecimal.ZERO.setScale(Math.min(Math.max(value.scale(), 0), MAX_DIGITS_AFTER));
        }
        BigDecimal shortest = value.scale() > MAX_DIGITS_AFTER ? value.stripTrailingZeros() : value;
        if ((long) shortest.precision() - shortest.scale() > MAX_DIGITS
                || shortest.precision() > MAX_DIGITS
                || shortest.scale() > MAX_DIGITS_AFTER) {
            throw ErrorKind.DATA.exception(
                    "Parameter %d has more than the %d digits of MariaDB's decimal, or more than %d after the point"
                            .formatted(index, MAX_DIGITS, MAX_DIGITS_AFTER));
        }
        return shortest;
    }

    String text(int index, Object value) {
        try {
            return temporalText(index, value);
        } catch (DateTimeException e) {
            throw ErrorKind.DATA.exception(
                    "Parameter %d is a %s out of range"
                            .formatted(index, value.getClass().getSimpleName()),
                    e);
        }
    }

    private String temporalText(int index, Object value) {
        if (value instanceof Instant moment) {
            return dateTimes.text(moment);
        } else if (value instanceof OffsetDateTime moment) {
            return dateTimes.text(moment.toInstant());
        } else if (value instanceof ZonedDateTime moment) {
            return dateTimes.text(moment.toInstant());
        } else if (value instanceof LocalDateTime local) {
            return MariadbDateTimes.text(local);
        } else if (value instanceof LocalDate date) {
            return MariadbDateTimes.text(date);
        } else if (value instanceof LocalTime time) {
            return MariadbDateTimes.text(time);
        } else if (value instanceof UUID uuid) {
            return uuid.toString().replace("-", "");
        } else if (value instanceof Enum<?> constant) {
            return constant.name();
        } else if (value instanceof CharSequence || value instanceof Character || value instanceof Json) {
            return ValueCodec.storable(index, value.toString());
        }
        throw ValueCodec.unsupported(index, value);
    }
}
