package dev.mooring.sqlite;

import dev.mooring.error.ErrorKind;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;

/** Dates and times as the text that Django writes: without a zone, in the zone of the connection. Immutable. */
final class SqliteDateTimes {

    private static final DateTimeFormatter TIME = new DateTimeFormatterBuilder()
            .appendPattern("HH:mm[:ss]")
            .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
            .toFormatter(java.util.Locale.ROOT);
    private static final DateTimeFormatter DATE_TIME = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .appendPattern("['T'][' ']")
            .append(TIME)
            .appendPattern("[XXX][X]")
            .toFormatter(java.util.Locale.ROOT);

    private final ZoneId zone;

    SqliteDateTimes(ZoneId zone) {
        this.zone = zone;
    }

    String text(Instant moment) {
        return text(LocalDateTime.ofInstant(moment, zone));
    }

    static String text(LocalDateTime value) {
        return text(value.toLocalDate()) + ' ' + text(value.toLocalTime());
    }

    static String text(LocalDate value) {
        if (value.getYear() < 0 || value.getYear() > 9999) {
            throw new DateTimeException("the year " + value.getYear() + " has not four digits");
        }
        return value.toString();
    }

    /** {@return hours to seconds, and microseconds if there are any} What is smaller is cut off. */
    static String text(LocalTime value) {
        int micros = value.getNano() / 1000;
        String seconds = "%02d:%02d:%02d".formatted(value.getHour(), value.getMinute(), value.getSecond());
        return micros == 0 ? seconds : seconds + ".%06d".formatted(micros);
    }

    Instant moment(String text, int column) {
        try {
            TemporalAccessor value = DATE_TIME.parseBest(text, OffsetDateTime::from, LocalDateTime::from);
            return value instanceof OffsetDateTime moment
                    ? moment.toInstant()
                    : ((LocalDateTime) value).atZone(zone).toInstant();
        } catch (DateTimeException e) {
            throw malformed(text, column, "a date and time", e);
        }
    }

    static LocalDate date(String text, int column) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException e) {
            throw malformed(text, column, "a date", e);
        }
    }

    static LocalTime time(String text, int column) {
        try {
            return LocalTime.parse(text, TIME);
        } catch (DateTimeException e) {
            throw malformed(text, column, "a time", e);
        }
    }

    private static RuntimeException malformed(String text, int column, String wanted, DateTimeException cause) {
        return ErrorKind.DATA.exception(
                "Column %d is declared as %s but holds a text of %d characters that is none; cast it to text to see it"
                        .formatted(column, wanted, text.length()),
                cause);
    }
}
