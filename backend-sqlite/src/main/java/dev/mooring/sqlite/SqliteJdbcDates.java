package dev.mooring.sqlite;

import java.sql.Date;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.TemporalAccessor;
import java.util.Calendar;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The dates and times of JDBC. A {@link Timestamp} and a {@link java.util.Date} are moments, as those of {@code java.time}: they
 * count in the zone of the connection, as everywhere. {@link Date} and {@link Time} are what a calendar and a clock in the JVM's
 * zone show. A {@link Calendar} that is handed in says otherwise.
 */
@SuppressWarnings("JavaUtilDate") // JDBC has them.
final class SqliteJdbcDates {

    private static final LocalDate EPOCH = LocalDate.of(1970, 1, 1);
    private static final LocalDate GREGORIAN = LocalDate.of(1582, 10, 15);

    private static final Set<Class<?>> TYPES = Set.of(
            Timestamp.class,
            Date.class,
            Time.class,
            java.util.Date.class,
            LocalDateTime.class,
            LocalDate.class,
            LocalTime.class,
            Instant.class,
            OffsetDateTime.class,
            ZonedDateTime.class);

    private SqliteJdbcDates() {}

    static boolean isDateTime(Class<?> type) {
        return TYPES.contains(type);
    }

    /** {@return {@code value} of {@code java.sql} or {@code java.util} as one of {@code java.time}; any other as it is} */
    static Object toJavaTime(Object value, @Nullable ZoneId zone) {
        if (value instanceof Timestamp moment) {
            return zone == null ? instant(moment) : LocalDateTime.ofInstant(moment.toInstant(), zone);
        } else if (value instanceof Date date) {
            return zone == null
                    ? date.toLocalDate()
                    : local(date.getTime(), zone).toLocalDate();
        } else if (value instanceof Time time) {
            return local(time.getTime(), zone).toLocalTime();
        } else if (value instanceof java.util.Date moment) {
            return zone == null ? instant(new Timestamp(moment.getTime())) : local(moment.getTime(), zone);
        } else if (value instanceof Calendar calendar) {
            return zone == null ? calendar.toInstant() : local(calendar.getTimeInMillis(), zone);
        }
        return value;
    }

    private static LocalDateTime local(long millis, @Nullable ZoneId zone) {
        return LocalDateTime.ofInstant(Instant.ofEpochMilli(millis), zone == null ? ZoneId.systemDefault() : zone);
    }

    /** {@return the text as {@code type}} A date is midnight where a time is wanted with it, a time is on the first day of 1970. */
    static Object read(String text, Class<?> type, @Nullable ZoneId zone, SqliteDateTimes dateTimes)
            throws SQLException {
        TemporalAccessor value;
        try {
            value = SqliteDateTimes.parseAny(text);
        } catch (DateTimeException e) {
            throw new SQLDataException(
                    "The column holds a text of %d characters that is no date and no time; read it with getString"
                            .formatted(text.length()),
                    "22007",
                    e);
        }
        ZoneId local = zone == null ? ZoneId.systemDefault() : zone;
        if (type == Instant.class || type == OffsetDateTime.class || type == ZonedDateTime.class) {
            return moment(value, type, dateTimes.zone());
        }
        LocalDateTime at = at(value, local);
        if (type == LocalDateTime.class) {
            return at;
        } else if (type == LocalDate.class) {
            return at.toLocalDate();
        } else if (type == LocalTime.class) {
            return at.toLocalTime();
        } else if (type == Date.class) {
            return zone == null
                    ? Date.valueOf(at.toLocalDate())
                    : new Date(millis(at.toLocalDate().atStartOfDay(), zone));
        } else if (type == Time.class) {
            return new Time(millis(at.toLocalTime().atDate(EPOCH), local));
        }
        Timestamp read = zone == null
                ? timestamp(value, at, dateTimes.zone())
                : Timestamp.from(at.atZone(zone).toInstant());
        return type == Timestamp.class ? read : new java.util.Date(read.getTime());
    }

    /** {@code java.sql} counts the days before 1582 in the Julian calendar, {@code java.time} and the text do not. */
    private static Instant instant(Timestamp moment) {
        LocalDateTime at = moment.toLocalDateTime();
        return at.toLocalDate().isBefore(GREGORIAN)
                ? at.atZone(ZoneId.systemDefault()).toInstant()
                : moment.toInstant();
    }

    /** A date or a time alone is none in particular of the moments that have it. */
    private static Timestamp timestamp(TemporalAccessor value, LocalDateTime at, ZoneId zone) {
        if (value instanceof LocalDate || value instanceof LocalTime) {
            return Timestamp.valueOf(at);
        }
        Instant moment = (Instant) moment(value, Instant.class, zone);
        LocalDateTime here = LocalDateTime.ofInstant(moment, ZoneId.systemDefault());
        return here.toLocalDate().isBefore(GREGORIAN) ? Timestamp.valueOf(here) : Timestamp.from(moment);
    }

    private static LocalDateTime at(TemporalAccessor value, ZoneId zone) {
        if (value instanceof OffsetDateTime moment) {
            return moment.atZoneSameInstant(zone).toLocalDateTime();
        } else if (value instanceof LocalDate date) {
            return date.atStartOfDay();
        } else if (value instanceof LocalTime time) {
            return time.atDate(EPOCH);
        }
        return (LocalDateTime) value;
    }

    private static Object moment(TemporalAccessor value, Class<?> type, ZoneId zone) {
        ZonedDateTime moment = value instanceof OffsetDateTime offset
                ? offset.atZoneSameInstant(zone)
                : at(value, zone).atZone(zone);
        return type == Instant.class
                ? moment.toInstant()
                : type == OffsetDateTime.class ? moment.toOffsetDateTime() : moment;
    }

    private static long millis(LocalDateTime at, ZoneId zone) {
        return at.atZone(zone).toInstant().toEpochMilli();
    }
}
