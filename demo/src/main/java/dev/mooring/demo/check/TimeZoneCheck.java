package dev.mooring.demo.check;

import dev.mooring.Database;
import dev.mooring.Row;
import dev.mooring.auth.sessions.SessionStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * Whether the times in a SQLite file, or on MariaDB, are of the zone that is set: Django writes them in UTC with {@code USE_TZ = True}, and in
 * its {@code TIME_ZONE} without. A session tells: the second at which it was signed is in its data, in UTC, and the time at
 * which it ends in the table, usually two weeks later.
 */
final class TimeZoneCheck {

    private static final String SUBJECT = "time zone";
    private static final String WAY_OUT =
            "Set USE_TZ = True in Django, or the setting time_zone here to Django's TIME_ZONE";
    private static final String DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final Duration LARGEST_OFFSET = Duration.ofHours(14);
    private static final long QUARTER = Duration.ofMinutes(15).toSeconds();
    private static final long TOLERANCE = 5;

    private final Database database;
    private final InstantSource clock;

    TimeZoneCheck(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    List<Finding> run() {
        if (database.backend().engine().equals("postgresql")) {
            return List.of();
        }
        String zone = database.settings().timeZone().orElse(ZoneId.of("UTC")).toString();
        Instant lastLogin = database.query("SELECT max(last_login) AS latest FROM auth_user")
                .get(0)
                .getInstant("latest");
        if (lastLogin != null && lastLogin.isAfter(clock.instant().plusSeconds(QUARTER / 2))) {
            return List.of(Finding.fail(
                    SUBJECT, "Read in " + zone + ", the newest login, " + lastLogin + ", is still to come", WAY_OUT));
        }
        return List.of(newestSession()
                .map(offset -> ofOffset(offset, zone))
                .orElseGet(() -> Finding.ok(SUBJECT, "Nothing speaks against " + zone)));
    }

    private static Finding ofOffset(Duration offset, String zone) {
        return offset.abs().toSeconds() <= TOLERANCE
                ? Finding.ok(SUBJECT, "The newest session ends when it should, in " + zone)
                : Finding.fail(
                        SUBJECT,
                        "Read in " + zone + ", the newest session ends "
                                + offset.abs().plusSeconds(30).toMinutes() + " minutes too "
                                + (offset.isNegative() ? "early" : "late"),
                        WAY_OUT);
    }

    /** {@return by how much the end is off, if that can be the difference of a zone} */
    private Optional<Duration> newestSession() {
        return database
                .query("SELECT session_data, expire_date FROM django_session WHERE session_data LIKE '%:%'"
                        + " ORDER BY expire_date DESC LIMIT 1")
                .stream()
                .findFirst()
                .map(TimeZoneCheck::offset)
                .filter(offset -> offset.abs().compareTo(LARGEST_OFFSET) <= 0)
                .filter(offset -> {
                    long rest = Math.floorMod(offset.toSeconds(), QUARTER);
                    return rest <= TOLERANCE || rest >= QUARTER - TOLERANCE;
                });
    }

    private static Duration offset(Row session) {
        Instant ends = session.get("expire_date", Instant.class);
        String[] parts = session.getString("session_data").split(":", -1);
        long signedAt =
                parts[1].chars().limit(8).mapToLong(DIGITS::indexOf).reduce(0, (sum, digit) -> 62 * sum + digit);
        return ends == null
                ? LARGEST_OFFSET.multipliedBy(2)
                : Duration.between(Instant.ofEpochSecond(signedAt).plus(SessionStore.DEFAULT_AGE), ends);
    }
}
