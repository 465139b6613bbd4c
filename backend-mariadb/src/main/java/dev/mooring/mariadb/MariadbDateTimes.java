package dev.mooring.mariadb;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Dates and times as the text that the server reads and writes: without a zone, in the zone of the connection, as Django has them.
 * What is smaller than a microsecond is cut off; the server would round it in a column of fewer digits, for which see the guide.
 * Immutable.
 */
final class MariadbDateTimes {

    private static final Pattern DATE_TIME = Pattern.compile("(\\d{4})-(\\d\\d)-(\\d\\d)(?:[ T](.*))?");
    private static final Pattern TIME = Pattern.compile("(-?)(\\d{2,3}):(\\d\\d)(?::(\\d\\d)(?:\\.(\\d{1,6}))?)?");

    private final ZoneId zone;

    MariadbDateTimes(ZoneId zone) {
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

    /** The year 0 is that of dates that are none. */
    static String text(LocalDate value) {
        if (value.getYear() < 1 || value.getYear() > 9999) {
            throw new DateTimeException("the year " + value.getYear() + " is none from 1 to 9999");
        }
        return value.toString();
    }

    /** {@return hours to seconds, and microseconds if there are any} */
    static String text(LocalTime value) {
        int micros = value.getNano() / 1000;
        String seconds =
                String.format(Locale.ROOT, "%02d:%02d:%02d", value.getHour(), value.getMinute(), value.getSecond());
        return micros == 0 ? seconds : seconds + String.format(Locale.ROOT, ".%06d", micros);
    }

    ZoneId zone() {
        return zone;
    }

    LocalDateTime local(Instant moment) {
        return LocalDateTime.ofInstant(moment, zone);
    }

    /** {@return the moment of a text; of an hour that the zone has twice it is the first} */
    Instant moment(String text) {
        return moment(local(text));
    }

    Instant moment(LocalDateTime local) {
        if (zone.getRules().getValidOffsets(local).isEmpty()) {
            throw new DateTimeException("the zone of the connection leaves this hour out");
        }
        return local.atZone(zone).toInstant();
    }

    /** {@return the date and time in a text; of a date alone, its midnight} */
    static LocalDateTime local(String text) {
        Matcher parts = matched(DATE_TIME, text);
        LocalTime time = parts.group(4) == null ? LocalTime.MIDNIGHT : time(parts.group(4));
        return date(parts).atTime(time);
    }

    static LocalDate date(String text) {
        Matcher parts = matched(DATE_TIME, text);
        if (parts.group(4) != null) {
            throw new DateTimeException("a date with a time");
        }
        return date(parts);
    }

    static LocalTime time(String text) {
        Duration length = duration(text);
        if (length.isNegative() || length.toDays() > 0) {
            throw new DateTimeException("no time of a day");
        }
        return LocalTime.ofNanoOfDay(length.toNanos());
    }

    /** {@return the length of time that a column of the type {@code time} holds, which reaches from -838 to 838 hours} */
    static Duration duration(String text) {
        Matcher parts = matched(TIME, text);
        long seconds = number(parts, 2) * 3600L + number(parts, 3) * 60L + number(parts, 4);
        String fraction = parts.group(5) == null ? "" : parts.group(5);
        Duration length = Duration.ofSeconds(seconds)
                .plus(Integer.parseInt((fraction + "000000").substring(0, 6)), ChronoUnit.MICROS);
        return parts.group(1).isEmpty() ? length : length.negated();
    }

    private static LocalDate date(Matcher parts) {
        return LocalDate.of(number(parts, 1), number(parts, 2), number(parts, 3));
    }

    private static int number(Matcher parts, int group) {
        String digits = parts.group(group);
        return digits == null ? 0 : Integer.parseInt(digits);
    }

    private static Matcher matched(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.matches()) {
            throw new DateTimeException("no date and no time");
        }
        return matcher;
    }
}
