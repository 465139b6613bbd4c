package dev.mooring.postgres;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads intervals as the server writes them under {@code IntervalStyle postgres}, which the session has. The driver's own
 * reader takes other styles and infinity for other intervals.
 */
final class PostgresIntervals {

    private static final Pattern INTERVAL =
            Pattern.compile("(?:([+-]?\\d+) years?)? ?(?:([+-]?\\d+) mons?)? ?(?:([+-]?\\d+) days?)? ?"
                    + "(?:([+-]?)(\\d+):(\\d\\d):(\\d\\d)(?:\\.(\\d{1,6}))?)?");

    private PostgresIntervals() {}

    /** {@return the length: a month counts 30 days, a year 365, as in psycopg} */
    static Duration duration(String text) {
        Matcher parts = INTERVAL.matcher(text);
        if (text.isEmpty() || !parts.matches()) {
            throw new DateTimeException("not finite, or written in another IntervalStyle than postgres");
        }
        Duration days =
                Duration.ofDays(number(parts.group(1)) * 365 + number(parts.group(2)) * 30 + number(parts.group(3)));
        Duration time = Duration.ofHours(number(parts.group(5)))
                .plusMinutes(number(parts.group(6)))
                .plusSeconds(number(parts.group(7)))
                .plusNanos(nanos(parts.group(8)));
        return "-".equals(parts.group(4)) ? days.minus(time) : days.plus(time);
    }

    private static long number(@Nullable String digits) {
        return digits == null ? 0 : Long.parseLong(digits);
    }

    private static long nanos(@Nullable String fraction) {
        return fraction == null ? 0 : Long.parseLong((fraction + "00000000").substring(0, 9));
    }
}
