package dev.mooring.jdbc;

import dev.mooring.spi.ValueCodec;
import java.math.BigDecimal;
import java.sql.JDBCType;
import java.sql.SQLException;
import java.sql.Types;
import java.time.ZoneId;
import java.util.Calendar;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Dates and times between a library and a driver that stores them otherwise than the layer does. Only where the
 * {@linkplain ValueCodec#convertsDateTimes() value codec} says so. Thread-safe.
 */
final class JdbcDateTimes {

    private static final Set<Object> NUMERIC = Set.of(Types.NUMERIC, Types.DECIMAL, JDBCType.NUMERIC, JDBCType.DECIMAL);

    private final ValueCodec codec;

    JdbcDateTimes(ValueCodec codec) {
        this.codec = codec;
    }

    /** Refuses a number that is bound as one, and that the driver would store as another. {@code type} is null if not given. */
    void checkStorable(int index, @Nullable Object value, @Nullable Object type) {
        if (value instanceof BigDecimal number && (type == null || NUMERIC.contains(type))) {
            codec.checkStorable(index, number);
        }
    }

    /** {@return what to bind with {@code setObject} in place of a date or time; null if the driver's own binding will do} */
    @Nullable
    Object toDriver(int index, @Nullable Object value, @Nullable Calendar calendar) {
        if (value == null || !codec.convertsDateTimes()) {
            return null;
        }
        Object converted = codec.dateTimeToDriver(index, value, zone(calendar));
        return converted == value ? null : converted;
    }

    /** {@return whether what is read as a {@code type} is to be given to {@link #fromDriver}} Otherwise the driver reads it. */
    boolean reads(@Nullable Class<?> type) {
        return type != null && codec.convertsDateTimes() && codec.isDateTime(type);
    }

    /** {@return {@code stored} as a {@code type}; null if the driver is to convert it} */
    @Nullable
    Object fromDriver(@Nullable Object stored, Class<?> type, @Nullable Calendar calendar) throws SQLException {
        return stored == null ? null : codec.dateTimeFromDriver(stored, type, zone(calendar));
    }

    private static @Nullable ZoneId zone(@Nullable Calendar calendar) {
        return calendar == null ? null : calendar.getTimeZone().toZoneId();
    }
}
