package dev.mooring.postgres;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/**
 * Dates and times as PostgreSQL's input, to the microsecond: what is smaller is cut off, as on every database of the layer.
 * The driver would round it, to 24:00 if need be, and store what is too early as infinity.
 */
final class PostgresTemporals {

    private static final LocalDate FIRST_DAY = LocalDate.of(-4713, 11, 24);
    private static final LocalDate LAST_DAY = LocalDate.of(5_874_897, 12, 31);
    private static final int LAST_YEAR = 294_276;
    private static final int MAX_OFFSET_SECONDS = 16 * 3600;

    private PostgresTemporals() {}

    static TypedText date(LocalDate value) {
        check(!value.isBefore(FIRST_DAY) && !value.isAfter(LAST_DAY));
        return new TypedText("date", digits(value) + era(value));
    }

    static TypedText time(LocalTime value) {
        return new TypedText("time", value.truncatedTo(ChronoUnit.MICROS).toString());
    }

    static TypedText time(OffsetTime value) {
        check(Math.abs(value.getOffset().getTotalSeconds()) < MAX_OFFSET_SECONDS);
        return new TypedText("timetz", value.truncatedTo(ChronoUnit.MICROS).toString());
    }

    static TypedText dateTime(LocalDateTime value) {
        return new TypedText("timestamp", text(value, ""));
    }

    static TypedText moment(OffsetDateTime value) {
        return new TypedText(
                "timestamptz", text(value.withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime(), "+00"));
    }

    /** {@return an interval of hours to seconds, as many as the driver reads} Days and months would depend on the calendar. */
    static TypedText interval(long microseconds) {
        Duration duration = Duration.of(microseconds, ChronoUnit.MICROS);
        check(Math.abs(duration.toHours()) < Integer.MAX_VALUE);
        return new TypedText("interval", duration.toString());
    }

    private static String text(LocalDateTime value, String offset) {
        LocalDate date = value.toLocalDate();
        check(!date.isBefore(FIRST_DAY) && date.getYear() <= LAST_YEAR);
        return digits(date) + ' ' + value.toLocalTime().truncatedTo(ChronoUnit.MICROS) + offset + era(date);
    }

    /** The year 0 is 1 BC. */
    private static String digits(LocalDate date) {
        int year = date.getYear();
        return year >= 1 && year <= 9999
                ? date.toString()
                : String.format(
                        Locale.ROOT,
                        "%04d-%02d-%02d",
                        year > 0 ? year : 1 - year,
                        date.getMonthValue(),
                        date.getDayOfMonth());
    }

    private static String era(LocalDate date) {
        return date.getYear() > 0 ? "" : " BC";
    }

    private static void check(boolean holds) {
        if (!holds) {
            throw new DateTimeException("PostgreSQL has no such date or time");
        }
    }
}
