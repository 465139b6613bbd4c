package dev.mooring.demo.check;

import dev.mooring.Database;
import dev.mooring.auth.signing.SecretKeys;
import dev.mooring.demo.check.Finding.Level;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Compares Django's settings with what the service has where nothing is configured. */
final class SettingsCheck {

    private static final String SUBJECT = "Django's settings";
    private static final String SESSION_COOKIE = "Give the service the same in CookieSettings.session()";
    private static final String CSRF_COOKIE = "Give the service the same in CookieSettings.csrf()";

    /** A setting, the value as Python writes it, how bad another one is, and what to do about that. */
    private record Rule(String name, String expected, Level level, String wayOut) {}

    private static final List<Rule> RULES = List.of(
            new Rule(
                    "SESSION_ENGINE",
                    "'django.contrib.sessions.backends.db'",
                    Level.FAIL,
                    "Set it to that: with another one, sessions or at least logouts are not shared"),
            new Rule(
                    "SESSION_SERIALIZER",
                    "'django.contrib.sessions.serializers.JSONSerializer'",
                    Level.FAIL,
                    "Set it to that: the service reads JSON only"),
            new Rule(
                    "CSRF_USE_SESSIONS",
                    "False",
                    Level.FAIL,
                    "Set it to that: the service looks for the CSRF secret in its cookie"),
            new Rule("AUTH_USER_MODEL", "'auth.User'", Level.WARN, "Describe its table to the service by a UserModel"),
            new Rule(
                    "AUTHENTICATION_BACKENDS",
                    "['django.contrib.auth.backends.ModelBackend']",
                    Level.WARN,
                    "Give the service's Authenticator a backend of each of these names, for a session knows its user by"
                            + " that"),
            new Rule("SESSION_COOKIE_NAME", "'sessionid'", Level.WARN, SESSION_COOKIE),
            new Rule("SESSION_COOKIE_DOMAIN", "None", Level.WARN, SESSION_COOKIE),
            new Rule("SESSION_COOKIE_PATH", "'/'", Level.WARN, SESSION_COOKIE),
            new Rule("SESSION_COOKIE_SECURE", "False", Level.WARN, SESSION_COOKIE),
            new Rule("SESSION_COOKIE_HTTPONLY", "True", Level.WARN, SESSION_COOKIE),
            new Rule("SESSION_COOKIE_SAMESITE", "'Lax'", Level.WARN, SESSION_COOKIE),
            new Rule(
                    "SESSION_COOKIE_AGE", "1209600", Level.WARN, "Give the service the same in SessionStore.builder()"),
            new Rule(
                    "SESSION_EXPIRE_AT_BROWSER_CLOSE",
                    "False",
                    Level.WARN,
                    "Give the service the same in SessionStore.builder()"),
            new Rule("CSRF_COOKIE_NAME", "'csrftoken'", Level.WARN, CSRF_COOKIE),
            new Rule("CSRF_COOKIE_DOMAIN", "None", Level.WARN, CSRF_COOKIE),
            new Rule("CSRF_COOKIE_PATH", "'/'", Level.WARN, CSRF_COOKIE),
            new Rule("CSRF_COOKIE_SECURE", "False", Level.WARN, CSRF_COOKIE),
            new Rule("CSRF_COOKIE_HTTPONLY", "False", Level.WARN, CSRF_COOKIE),
            new Rule("CSRF_COOKIE_SAMESITE", "'Lax'", Level.WARN, CSRF_COOKIE),
            new Rule(
                    "CSRF_TRUSTED_ORIGINS",
                    "[]",
                    Level.WARN,
                    "Give the service the same in HttpAuth.Builder.csrfTrustedOrigins()"));

    private final Database database;
    private final DjangoSettings settings;
    private final Optional<SecretKeys> keys;

    SettingsCheck(Database database, DjangoSettings settings, Optional<SecretKeys> keys) {
        this.database = database;
        this.settings = settings;
        this.keys = keys;
    }

    List<Finding> run() {
        List<Finding> findings = new ArrayList<>();
        RULES.stream().map(this::apply).flatMap(Optional::stream).forEach(findings::add);
        secretKey().ifPresent(findings::add);
        timeZone().ifPresent(findings::add);
        return findings.isEmpty()
                ? List.of(Finding.ok(SUBJECT, "Those that must match are what the service has by itself"))
                : findings;
    }

    private Optional<Finding> apply(Rule rule) {
        return settings.printed(rule.name())
                .filter(printed -> !printed.equals(rule.expected()))
                .map(printed -> new Finding(
                        rule.level(),
                        SUBJECT,
                        rule.name() + " is " + printed + " and not " + rule.expected(),
                        rule.wayOut()));
    }

    private Optional<Finding> secretKey() {
        return settings.secretKeys()
                .filter(theirs -> keys.isPresent()
                        && !theirs.primary()
                                .reveal()
                                .equals(keys.get().primary().reveal()))
                .map(theirs -> Finding.fail(SUBJECT, "SECRET_KEY is another one than was given", "Give that one"));
    }

    /** SQLite and MariaDB have the times of Django's zone if USE_TZ is False; PostgreSQL has moments. */
    private Optional<Finding> timeZone() {
        Optional<String> useTz = settings.printed("USE_TZ");
        Optional<String> theirs = settings.texts("TIME_ZONE").stream().findFirst();
        if (useTz.isEmpty() || theirs.isEmpty() || database.backend().engine().equals("postgresql")) {
            return Optional.empty();
        }
        String stored = useTz.get().equals("True") ? "UTC" : theirs.get();
        ZoneId ours = database.settings().timeZone().orElse(ZoneId.of("UTC"));
        return isSame(stored, ours)
                ? Optional.empty()
                : Optional.of(Finding.fail(
                        SUBJECT,
                        "USE_TZ is " + useTz.get() + ", so the database has times of " + stored
                                + ", and time_zone here is " + ours,
                        "Set time_zone to " + stored));
    }

    private static boolean isSame(String stored, ZoneId ours) {
        try {
            return ZoneId.of(stored).getRules().equals(ours.getRules());
        } catch (DateTimeException e) { // a zone that only Django's operating system knows
            return false;
        }
    }
}
