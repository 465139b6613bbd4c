package dev.mooring.demo.check;

import dev.mooring.Databases;
import dev.mooring.Row;
import dev.mooring.auth.sessions.SessionStore;
import dev.mooring.auth.signing.BadSignatureException;
import dev.mooring.auth.signing.SecretKeys;
import dev.mooring.auth.signing.Signer;
import dev.mooring.error.ImproperlyConfiguredException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether sessions are where they are looked for, are signed with the key that was given, and can be read. */
final class SessionsCheck {

    private static final String KEY = "secret key";
    private static final String SALT = "django.contrib.sessions.SessionStore";
    private static final int MOST = 100;

    /** Those of Django before 3.1, which have no colon, say nothing about the key of today. */
    private static final String NEWEST = "SELECT session_key, session_data FROM django_session"
            + " WHERE expire_date > %s AND session_data LIKE '%%:%%' ORDER BY expire_date DESC LIMIT " + MOST;

    private final Databases databases;
    private final Optional<SecretKeys> keys;
    private final InstantSource clock;

    SessionsCheck(Databases databases, Optional<SecretKeys> keys, InstantSource clock) {
        this.databases = databases;
        this.keys = keys;
        this.clock = clock;
    }

    List<Finding> run() {
        List<Row> newest = databases.query(NEWEST, clock.instant());
        List<Finding> findings = new ArrayList<>();
        findings.add(engine(newest));
        if (keys.isEmpty()) {
            findings.add(Finding.warn(
                    KEY, "None was given, so it was not tried", "Give Django's SECRET_KEY in --secret-key-file"));
        } else if (newest.isEmpty()) {
            findings.add(Finding.warn(
                    KEY,
                    "There is no session to try it on",
                    "Log in to the Django site, and run this again before you log out"));
        } else {
            findings.addAll(signatures(newest, keys.get()));
        }
        return findings;
    }

    private Finding engine(List<Row> newest) {
        String subject = "session engine";
        Instant lastLogin = databases
                .query("SELECT max(last_login) AS latest FROM auth_user")
                .get(0)
                .getInstant("latest");
        Instant recently = clock.instant().minus(Duration.ofDays(1));
        if (newest.isEmpty() && lastLogin != null && lastLogin.isAfter(recently)) {
            return Finding.warn(
                    subject,
                    "Somebody logged in at " + lastLogin + ", but there is no session in django_session",
                    "Unless all have logged out, set SESSION_ENGINE to 'django.contrib.sessions.backends.db'");
        }
        return Finding.ok(
                subject,
                "Sessions in django_session that have not expired: " + newest.size()
                        + " (cached_db looks the same here, but does not share logouts: see the guide)");
    }

    private List<Finding> signatures(List<Row> newest, SecretKeys given) {
        Signer signer = Signer.acceptingSha1(given, SALT);
        List<Row> signed = newest.stream()
                .filter(row -> isSigned(signer, row.getString("session_data")))
                .toList();
        String seen = "Newest sessions that were signed with it: " + signed.size() + " of " + newest.size();
        if (signed.isEmpty()) {
            return List.of(Finding.fail(
                    KEY,
                    seen,
                    "Give SECRET_KEY as Django's settings have it, and former keys in further lines of the file"));
        }
        Finding key = signed.size() == newest.size()
                ? Finding.ok(KEY, seen)
                : Finding.warn(
                        KEY,
                        seen,
                        "If the key was changed, give the former one too (SECRET_KEY_FALLBACKS); else find out which"
                                + " other program writes sessions");
        return List.of(key, serializer(signed, given));
    }

    private Finding serializer(List<Row> signed, SecretKeys given) {
        String subject = "session serializer";
        SessionStore store = SessionStore.of(databases, given);
        long pickled = signed.stream()
                .filter(row -> isPickled(store, row.getString("session_key")))
                .count();
        return pickled == 0
                ? Finding.ok(subject, "JSON")
                : Finding.fail(
                        subject,
                        "Newest sessions that PickleSerializer wrote: " + pickled + " of " + signed.size(),
                        "Set SESSION_SERIALIZER to 'django.contrib.sessions.serializers.JSONSerializer', and delete"
                                + " the sessions from before");
    }

    private static boolean isSigned(Signer signer, String data) {
        try {
            return !signer.unsign(data).isEmpty();
        } catch (BadSignatureException e) {
            return false;
        }
    }

    private static boolean isPickled(SessionStore store, String key) {
        try {
            store.open(key).names();
            return false;
        } catch (ImproperlyConfiguredException e) {
            return true;
        }
    }
}
