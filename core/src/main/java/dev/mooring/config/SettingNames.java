package dev.mooring.config;

import dev.mooring.error.ImproperlyConfiguredException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The settings by the names they have in a URL; anything else is an option of the backend. */
final class SettingNames {

    private static final String UNLIMITED = "unlimited";
    private static final String DURATIONS = "seconds, or a number with its unit such as 500ms, 30s, 10m, 2h or 1d";
    private static final Pattern DURATION = Pattern.compile("([0-9]{1,18})(ms|s|m|h|d)?", Pattern.CASE_INSENSITIVE);

    private static final Map<String, Setter> SETTERS = Map.ofEntries(
            Map.entry("read_only", yesNo(DatabaseSettingsBuilder::readOnly)),
            Map.entry("atomic_requests", yesNo(DatabaseSettingsBuilder::atomicRequests)),
            Map.entry("reset_session_after_use", yesNo(DatabaseSettingsBuilder::resetSessionAfterUse)),
            Map.entry("conn_max_age", SettingNames::connMaxAge),
            Map.entry("idle_timeout", SettingNames::idleTimeout),
            Map.entry("conn_health_checks", yesNo(DatabaseSettingsBuilder::connHealthChecks)),
            Map.entry("health_check_idle", seconds(DatabaseSettingsBuilder::healthCheckIdle)),
            Map.entry("max_connections", SettingNames::maxConnections),
            Map.entry("lease_scope", SettingNames::leaseScope),
            Map.entry("reclaim", yesNo(DatabaseSettingsBuilder::reclaim)),
            Map.entry("trace_leases", yesNo(DatabaseSettingsBuilder::traceLeases)),
            Map.entry("leak_warning_after", seconds(DatabaseSettingsBuilder::leakWarningAfter)),
            Map.entry("acquire_timeout", seconds(DatabaseSettingsBuilder::acquireTimeout)),
            Map.entry("connect_timeout", seconds(DatabaseSettingsBuilder::connectTimeout)),
            Map.entry("probe_timeout", seconds(DatabaseSettingsBuilder::probeTimeout)),
            Map.entry("commit_timeout", seconds(DatabaseSettingsBuilder::commitTimeout)),
            Map.entry("statement_timeout", seconds(DatabaseSettingsBuilder::statementTimeout)),
            Map.entry("slow_query_threshold", seconds(DatabaseSettingsBuilder::slowQueryThreshold)),
            Map.entry("queries_limit", SettingNames::queriesLimit),
            Map.entry("log_parameters", yesNo(DatabaseSettingsBuilder::logParameters)),
            Map.entry("values_in_errors", yesNo(DatabaseSettingsBuilder::valuesInErrors)),
            Map.entry("time_zone", SettingNames::timeZone));

    private SettingNames() {}

    /** {@return the names, in Django's spelling} */
    static Set<String> all() {
        return SETTERS.keySet();
    }

    /** Sets what {@code key} names in either spelling, {@code max_connections} or {@code maxConnections}. */
    static void set(DatabaseSettingsBuilder settings, String key, String value) {
        Setter setter = SETTERS.get(key.replaceAll("([a-z])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT));
        if (setter == null) {
            settings.option(key, value);
        } else {
            setter.set(settings, key, value);
        }
    }

    static int number(String alias, String setting, String value, int least, int most) {
        return number(alias, setting, value, least, most, "use %d to %d".formatted(least, most));
    }

    private static int number(String alias, String setting, String value, int least, int most, String wayOut) {
        try {
            int number = Integer.parseInt(value);
            if (number >= least && number <= most) {
                return number;
            }
            throw wrong(alias, setting, value, wayOut, null);
        } catch (NumberFormatException e) {
            throw wrong(alias, setting, value, wayOut, e);
        }
    }

    private static void connMaxAge(DatabaseSettingsBuilder settings, String key, String value) {
        if (value.equalsIgnoreCase(UNLIMITED) || value.equalsIgnoreCase("none")) {
            settings.connMaxAgeUnlimited();
        } else {
            settings.connMaxAge(
                    duration(settings.alias, key, value, "; 0 closes with each unit of work; or use unlimited"));
        }
    }

    private static void idleTimeout(DatabaseSettingsBuilder settings, String key, String value) {
        if (value.equalsIgnoreCase(UNLIMITED)) {
            settings.idleTimeoutUnlimited();
        } else {
            settings.idleTimeout(duration(settings.alias, key, value, "; or use unlimited"));
        }
    }

    private static void maxConnections(DatabaseSettingsBuilder settings, String key, String value) {
        if (value.equalsIgnoreCase(UNLIMITED)) {
            settings.maxConnectionsUnlimited();
        } else {
            settings.maxConnections(number(settings.alias, key, value, 1, 10_000, "use 1 to 10000, or unlimited"));
        }
    }

    private static void queriesLimit(DatabaseSettingsBuilder settings, String key, String value) {
        settings.queriesLimit(number(settings.alias, key, value, 0, DatabaseSettingsBuilder.MOST_QUERIES));
    }

    private static void leaseScope(DatabaseSettingsBuilder settings, String key, String value) {
        try {
            settings.leaseScope(LeaseScope.valueOf(value.toUpperCase(Locale.ROOT)));
        } catch (IllegalArgumentException e) {
            throw wrong(settings.alias, key, value, "use operation, request or thread", e);
        }
    }

    private static void timeZone(DatabaseSettingsBuilder settings, String key, String value) {
        try {
            settings.timeZone(ZoneId.of(value));
        } catch (DateTimeException e) {
            throw wrong(settings.alias, key, value, "use a name such as UTC or Europe/Athens", e);
        }
    }

    private static Setter seconds(BiConsumer<DatabaseSettingsBuilder, Duration> setter) {
        return (settings, key, value) -> setter.accept(settings, duration(settings.alias, key, value, ""));
    }

    private static Setter yesNo(BiConsumer<DatabaseSettingsBuilder, Boolean> setter) {
        return (settings, key, value) -> {
            switch (value.toLowerCase(Locale.ROOT)) {
                case "true", "1", "yes", "on" -> setter.accept(settings, true);
                case "false", "0", "no", "off" -> setter.accept(settings, false);
                default -> throw wrong(settings.alias, key, value, "use true or false", null);
            }
        };
    }

    /** {@return the duration that {@code value} is} It may also have the form of ISO 8601, such as PT30S. */
    private static Duration duration(String alias, String setting, String value, String more) {
        try {
            Matcher number = DURATION.matcher(value);
            if (number.matches()) {
                return Duration.of(Long.parseLong(number.group(1)), unit(number.group(2)));
            }
            Duration iso = Duration.parse(value);
            if (!iso.isNegative()) {
                return iso;
            }
            throw wrong(alias, setting, value, "use " + DURATIONS + more, null);
        } catch (DateTimeParseException | ArithmeticException e) {
            throw wrong(alias, setting, value, "use " + DURATIONS + more, e);
        }
    }

    private static ChronoUnit unit(@Nullable String letters) {
        return switch (letters == null ? "s" : letters.toLowerCase(Locale.ROOT)) {
            case "ms" -> ChronoUnit.MILLIS;
            case "m" -> ChronoUnit.MINUTES;
            case "h" -> ChronoUnit.HOURS;
            case "d" -> ChronoUnit.DAYS;
            default -> ChronoUnit.SECONDS;
        };
    }

    private static ImproperlyConfiguredException wrong(
            String alias, String setting, String seen, String wayOut, @Nullable Throwable cause) {
        return new ImproperlyConfiguredException(
                "Setting '%s' of database '%s' was '%s'; %s"
                        .formatted(setting, alias, DatabaseSettingsBuilder.printable(seen), wayOut),
                cause);
    }

    @FunctionalInterface
    private interface Setter {
        void set(DatabaseSettingsBuilder settings, String key, String value);
    }
}
