package dev.mooring.mariadb;

import java.sql.Date;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Calendar;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The dates and times of JDBC. A {@link Timestamp} and a {@link java.util.Date} are moments, as those of {@code java.time}: they
 * count in the zone of the connection, as everywhere. {@link Date} and {@link Time} are what a calendar and a clock in the JVM's
 * zone show. A {@link Calendar} that is handed in says otherwise.
 */
@SuppressWarnings("JavaUtilDate") // JDBC has them.
final class MariadbJdbcDates {

    private static final Set<Class<?>> TYPES = Set.of(
            Timestamp.class,
            java.util.Date.class,
            LocalDateTime.class,
            Instant.class,
            OffsetDateTime.class,
            ZonedDateTime.class);

    private MariadbJdbcDates() {}

    /** Dates and times alone have no zone, and are the driver's to read. */
    static boolean isDateTime(Class<?> type) {
        return TYPES.contains(type);
    }

    /** {@return {@code value} of {@code java.sql} or {@code java.util} as one of {@code java.time}; any other as it is} */
    static Object toJavaTime(Object value, @Nullable ZoneId zone) {
        if (value instanceof Timestamp moment) {
            return zone == null ? moment.toInstant() : LocalDateTime.ofInstant(moment.toInstant(), zone);
        } else if (value instanceof Date date) {
            return zone == null
                    ? date.toLocalDate()
                    : local(date.getTime(), zone).toLocalDate();
        } else if (value instanceof Time time) {
            return local(time.getTime(), zone).toLocalTime();
        } else if (value instanceof java.util.Date moment) {
            return zone == null ? moment.toInstant() : local(moment.getTime(), zone);
        } else if (value instanceof Calendar calendar) {
            return zone == null ? calendar.toInstant() : local(calendar.getTimeInMillis(), zone);
        }
        return value;
    }

    private static LocalDateTime local(long millis, @Nullable ZoneId zone) {
        return LocalDateTime.ofInstant(Instant.ofEpochMilli(millis), zone == null ? ZoneId.systemDefault() : zone);
    }

    /** {@return what the driver read as a moment in the zone of the connection, as {@code type}; null if that is the driver's} */
    static @Nullable Object read(Object stored, Class<?> type, @Nullable ZoneId zone, MariadbDateTimes dateTimes) {
        LocalDateTime at;
        if (stored instanceof Timestamp moment) {
            at = LocalDateTime.ofInstant(moment.toInstant(), dateTimes.zone());
        } else if (stored instanceof Date date) {
            at = date.toLocalDate().atStartOfDay();
        } else {
            return null;
        }
        if (type == LocalDateTime.class) {
            return at;
        } else if (type == Timestamp.class || type == java.util.Date.class) {
            Timestamp read = timestamp(stored, at, zone);
            return type == Timestamp.class ? read : new java.util.Date(read.getTime());
        }
        ZonedDateTime moment = at.atZone(dateTimes.zone());
        return type == Instant.class
                ? moment.toInstant()
                : type == OffsetDateTime.class ? moment.toOffsetDateTime() : moment;
    }

    private static Timestamp timestamp(Object stored, LocalDateTime at, @Nullable ZoneId zone) {
        if (zone != null) {
            return Timestamp.from(at.atZone(zone).toInstant());
        }
        return stored instanceof Timestamp moment ? moment : Timestamp.valueOf(at);
    }
}
