package dev.mooring.auth.sessions;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAccessor;
import org.jspecify.annotations.Nullable;

/**
 * The entry {@code _session_expiry} of a session: seconds since it was last saved, zero until the browser is closed, or a
 * moment as text (Django 4.1 and later). Anything else counts as none.
 */
final class SessionExpiry {

    static final String NAME = "_session_expiry";

    /** Python's dates end with the year 9999, and a cookie's age with ten years is long enough for everybody. */
    private static final Instant LAST = Instant.parse("9999-01-01T00:00:00Z");

    private static final long MOST_SECONDS = Duration.ofDays(365_000).toSeconds();
    private static final DateTimeFormatter ISO = DateTimeFormatter.ISO_DATE_TIME;
    private static final DateTimeFormatter PYTHON = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSxxx");

    private SessionExpiry() {}

    /** {@return a moment as Python's {@code isoformat} has it} */
    static String text(Instant moment) {
        return PYTHON.format(bounded(moment).truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC));
    }

    static boolean atBrowserClose(@Nullable Object entry, boolean byDefault) {
        return entry == null ? byDefault : entry instanceof Number seconds && seconds.doubleValue() == 0;
    }

    /** {@return when a session with that entry, saved {@code now}, expires} */
    static Instant date(@Nullable Object entry, Instant now, Duration age, ZoneId zone) {
        Instant date = moment(entry, zone);
        if (date == null) {
            date = now.plus(seconds(entry, age));
        }
        return bounded(date);
    }

    private static Instant bounded(Instant date) {
        return date.isAfter(LAST) ? LAST : date.isBefore(Instant.EPOCH) ? Instant.EPOCH : date;
    }

    private static Duration seconds(@Nullable Object entry, Duration age) {
        if (!(entry instanceof Number number) || number.doubleValue() == 0 || Double.isNaN(number.doubleValue())) {
            return age;
        }
        double bounded = Math.max((double) -MOST_SECONDS, Math.min((double) MOST_SECONDS, number.doubleValue()));
        return Duration.ofSeconds((long) bounded);
    }

    private static @Nullable Instant moment(@Nullable Object entry, ZoneId zone) {
        if (!(entry instanceof String text)) {
            return null;
        }
        try {
            TemporalAccessor parsed = ISO.parseBest(text.replace(' ', 'T'), OffsetDateTime::from, LocalDateTime::from);
            return parsed instanceof OffsetDateTime moment
                    ? moment.toInstant()
                    : LocalDateTime.from(parsed).atZone(zone).toInstant();
        } catch (DateTimeException e) {
            return null;
        }
    }
}
