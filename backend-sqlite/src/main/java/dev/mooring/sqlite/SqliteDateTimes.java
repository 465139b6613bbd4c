package dev.mooring.sqlite;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Dates and times as the text that Django writes: without a zone, in the zone of the connection. Immutable. */
final class SqliteDateTimes {

    private static final DateTimeFormatter TIME = strict(new DateTimeFormatterBuilder()
            .appendPattern("HH:mm[:ss]")
            .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true));
    private static final DateTimeFormatter DATE_TIME = strict(new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .optionalStart()
            .appendPattern("['T'][' ']")
            .append(TIME)
            .appendPattern("[XXX][X]"));

    /** A date and time, a date, or a time; each as it stands in the calendar. */
    private static final List<DateTimeFormatter> ANY = List.of(
            DATE_TIME.withResolverStyle(ResolverStyle.STRICT),
            DateTimeFormatter.ISO_LOCAL_DATE,
            TIME.withResolverStyle(ResolverStyle.STRICT));

    private static final String USUAL = "0000-00-00 00:00:00";
    private static final String USUAL_MICROS = USUAL + ".000000";

    private final ZoneId zone;

    SqliteDateTimes(ZoneId zone) {
        this.zone = zone;
    }

    /**
     * {@return the local time of {@code moment}}
     *
     * @throws DateTimeException if it would be read as an hour earlier: the second of the two hours with the same name when
     *     clocks are set back
     */
    String text(Instant moment) {
        LocalDateTime local = LocalDateTime.ofInstant(moment, zone);
        if (!local.atZone(zone).toInstant().equals(moment)) {
            throw new DateTimeException("the zone of the connection has this hour twice");
        }
        return text(local);
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
        String seconds =
                String.format(Locale.ROOT, "%02d:%02d:%02d", value.getHour(), value.getMinute(), value.getSecond());
        return micros == 0 ? seconds : seconds + String.format(Locale.ROOT, ".%06d", micros);
    }

    ZoneId zone() {
        return zone;
    }

    /**
     * {@return an {@link OffsetDateTime}, a {@link LocalDateTime}, a {@link LocalDate} or a {@link LocalTime}}
     *
     * @throws DateTimeException if the text is none of them
     */
    static TemporalAccessor parseAny(String text) {
        DateTimeException failure = new DateTimeException("no date and no time");
        for (DateTimeFormatter format : ANY) {
            try {
                return format.parseBest(
                        text, OffsetDateTime::from, LocalDateTime::from, LocalDate::from, LocalTime::from);
            } catch (DateTimeException e) {
                failure.addSuppressed(e);
            }
        }
        throw failure;
    }

    /** {@return the moment; of a date, its midnight} Of an hour that the zone has twice it is the first. */
    Instant moment(String text) {
        TemporalAccessor value = parse(text);
        return value instanceof OffsetDateTime moment ? moment.toInstant() : moment(local(value));
    }

    /** {@return the local time, in the zone of the connection if the text has one of its own} */
    LocalDateTime local(String text) {
        TemporalAccessor value = parse(text);
        return value instanceof OffsetDateTime moment ? local(moment.toInstant()) : local(value);
    }

    LocalDateTime local(Instant moment) {
        return LocalDateTime.ofInstant(moment, zone);
    }

    static LocalDate date(String text) {
        return LocalDate.parse(text);
    }

    static LocalTime time(String text) {
        return LocalTime.parse(text, TIME);
    }

    private static TemporalAccessor parse(String text) {
        LocalDateTime usual = parseUsual(text);
        return usual != null ? usual : parseAsFormatted(text);
    }

    private static TemporalAccessor parseAsFormatted(String text) {
        return DATE_TIME.parseBest(text, OffsetDateTime::from, LocalDateTime::from, LocalDate::from);
    }

    /**
     * {@return the date and time in a text of the form that Django writes, with microseconds or none; null for another form}
     * The formatter reads it too, in many times as long.
     */
    private static @Nullable LocalDateTime parseUsual(String text) {
        boolean hasMicros = text.length() == USUAL_MICROS.length();
        if (!hasMicros && text.length() != USUAL.length()) {
            return null;
        }
        for (int i = 0; i < text.length(); i++) {
            char expected = USUAL_MICROS.charAt(i);
            char found = text.charAt(i);
            if (expected == '0' ? found < '0' || found > '9' : found != expected) {
                return null;
            }
        }
        return LocalDateTime.of(
                number(text, 0, 4),
                number(text, 5, 7),
                number(text, 8, 10),
                number(text, 11, 13),
                number(text, 14, 16),
                number(text, 17, 19),
                hasMicros ? number(text, 20, 26) * 1000 : 0);
    }

    private static int number(String text, int from, int to) {
        return Integer.parseInt(text, from, to, 10);
    }

    private static LocalDateTime local(TemporalAccessor value) {
        return value instanceof LocalDate date ? date.atStartOfDay() : (LocalDateTime) value;
    }

    private Instant moment(LocalDateTime local) {
        if (zone.getRules().getValidOffsets(local).isEmpty()) {
            throw new DateTimeException("the zone of the connection leaves this hour out");
        }
        return local.atZone(zone).toInstant();
    }

    /** Without what is called smart: the 30th of February would be the 29th. */
    private static DateTimeFormatter strict(DateTimeFormatterBuilder builder) {
        return builder.toFormatter(Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);
    }
}
