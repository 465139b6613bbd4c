package dev.mooring.sqlite;

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

/** Java's values for SQLite's five storage classes and back, in Django's notation. */
final class SqliteValueCodec implements ValueCodec {

    private static final int MAX_ZEROS = 1_000;
    /** No number with more of them is a double. Counting the digits of a long one is expensive. */
    private static final int MAX_BITS = 4_096;

    private final SqliteDateTimes dateTimes;
    private final Map<Class<?>, Function<String, Object>> fromText;

    SqliteValueCodec(ZoneId zone) {
        dateTimes = new SqliteDateTimes(zone);
        fromText = Map.of(
                Instant.class, dateTimes::moment,
                LocalDateTime.class, dateTimes::local,
                LocalDate.class, SqliteDateTimes::date,
                LocalTime.class, SqliteDateTimes::time,
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
            statement.setLong(index, truth ? 1 : 0);
        } else if (value instanceof Duration duration) {
            // As Django stores a duration where the database has no type for one.
            statement.setLong(index, ValueCodec.microseconds(index, duration));
        } else if (value instanceof UUID uuid) {
            statement.setString(index, SqliteUuids.text(uuid, statement));
        } else {
            statement.setString(index, text(index, value));
        }
    }

    /** The driver writes milliseconds since 1970, and takes a fraction of six digits for so many milliseconds. */
    @Override
    public boolean convertsDateTimes() {
        return true;
    }

    @Override
    public boolean isDateTime(Class<?> type) {
        return SqliteJdbcDates.isDateTime(type);
    }

    @Override
    public Object dateTimeToDriver(int index, Object value, @Nullable ZoneId zone) {
        Object converted = SqliteJdbcDates.toJavaTime(value, zone);
        return converted instanceof Temporal ? text(index, converted) : value;
    }

    /** What is no text was written by the driver itself: it reads it again. */
    @Override
    public @Nullable Object dateTimeFromDriver(Object stored, Class<?> type, @Nullable ZoneId zone)
            throws SQLException {
        return stored instanceof String text ? SqliteJdbcDates.read(text, type, zone, dateTimes) : null;
    }

    @Override
    public boolean readersAreKept() {
        return true;
    }

    @Override
    public ValueReader reader(ResultSetMetaData columns, int column) throws SQLException {
        return new SqliteColumnReader(dateTimes);
    }

    /** What SQLite stores in another type. Text may come from an expression, which has no declared type: {@code max(at)}. */
    @Override
    public @Nullable Object convert(Object value, Class<?> wanted) {
        if (value instanceof String text) {
            Function<String, Object> reader = fromText.get(wanted);
            return reader == null ? null : reader.apply(text);
        } else if (value instanceof Long number && wanted == Duration.class) {
            return Duration.of(number, ChronoUnit.MICROS);
        }
        return value instanceof Instant moment && wanted == LocalDateTime.class ? dateTimes.local(moment) : null;
    }

    private static void bindNumber(PreparedStatement statement, int index, Number value) throws SQLException {
        if (value instanceof Long || value instanceof Integer || value instanceof Short || value instanceof Byte) {
            statement.setLong(index, value.longValue());
        } else if (value instanceof Double || value instanceof Float) {
            bindDouble(statement, index, value.doubleValue());
        } else if (value instanceof BigDecimal decimal) {
            statement.setString(index, decimal(index, decimal));
        } else if (value instanceof BigInteger number) {
            statement.setLong(index, exact(index, number));
        } else {
            throw ValueCodec.unsupported(index, value);
        }
    }

    private static void bindDouble(PreparedStatement statement, int index, double value) throws SQLException {
        if (Double.isNaN(value)) {
            throw ErrorKind.DATA.exception(
                    "Parameter %d is not a number, which SQLite would store as null".formatted(index));
        }
        statement.setDouble(index, value);
    }

    /**
     * {@return the text of a decimal number that SQLite keeps} A column with the affinity of numbers makes an integer of 64
     * bits of it, or a double.
     */
    private static String decimal(int index, BigDecimal value) {
        if (value.signum() == 0) {
            return value.scale() >= 0 && value.scale() <= MAX_ZEROS ? value.toString() : "0";
        }
        boolean kept = value.unscaledValue().bitLength() <= MAX_BITS && (isLong(value) || isDouble(value));
        if (!kept) {
            throw ErrorKind.DATA.exception(
                    "Parameter %d is a BigDecimal of more digits than a number of SQLite keeps, which are 15 to 17; round it, or bind its text for a column of text"
                            .formatted(index));
        }
        return value.toString();
    }

    private static boolean isLong(BigDecimal value) {
        try {
            return value.longValueExact() != 0;
        } catch (ArithmeticException e) {
            return false;
        }
    }

    private static boolean isDouble(BigDecimal value) {
        double nearest = value.doubleValue();
        return Double.isFinite(nearest) && BigDecimal.valueOf(nearest).compareTo(value) == 0;
    }

    private static long exact(int index, BigInteger value) {
        if (value.bitLength() > 63) {
            throw ErrorKind.DATA.exception(
                    "Parameter %d has more than the 64 bits of an SQLite integer".formatted(index));
        }
        return value.longValue();
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
            return SqliteDateTimes.text(local);
        } else if (value instanceof LocalDate date) {
            return SqliteDateTimes.text(date);
        } else if (value instanceof LocalTime time) {
            return SqliteDateTimes.text(time);
        } else if (value instanceof UUID uuid) {
            return SqliteUuids.text(uuid);
        } else if (value instanceof Enum<?> constant) {
            return constant.name();
        } else if (value instanceof CharSequence || value instanceof Character || value instanceof Json) {
            return ValueCodec.storable(index, value.toString());
        }
        throw ValueCodec.unsupported(index, value);
    }
}
