package dev.mooring.auth.sessions;

import static java.util.Objects.requireNonNull;

import dev.mooring.Databases;
import dev.mooring.auth.codec.RandomStrings;
import dev.mooring.auth.signing.SecretKeys;
import dev.mooring.error.ImproperlyConfiguredException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * The sessions in Django's table {@code django_session}, shared with a Django whose {@code SESSION_ENGINE} is
 * {@code django.contrib.sessions.backends.db} and whose {@code SESSION_SERIALIZER} is the JSON one.
 *
 * <pre>{@code
 * SessionStore sessions = SessionStore.of(databases, SecretKeys.of(secretKey));
 * Session session = sessions.open(cookies.get("sessionid"));
 * session.put("theme", "dark");
 * session.save();
 * }</pre>
 *
 * <p>Safe for use by several threads.
 */
public final class SessionStore {

    /** How long a session lasts unless told otherwise: Django's default of {@code SESSION_COOKIE_AGE}. */
    public static final Duration DEFAULT_AGE = Duration.ofDays(14);

    private static final int KEY_LENGTH = 32;

    private final SessionTable table;
    private final SessionCodec codec;
    private final SecureRandom random;
    private final InstantSource clock;
    private final ZoneId zone;
    private final Duration age;
    private final boolean expireAtBrowserClose;

    private SessionStore(Builder builder) {
        table = new SessionTable(builder.databases, builder.alias);
        codec = new SessionCodec(builder.keys, builder.clock, builder.readsOldFormats);
        random = builder.random;
        clock = builder.clock;
        zone = builder.zone;
        age = builder.age;
        expireAtBrowserClose = builder.expireAtBrowserClose;
    }

    /** {@return the sessions in the database that the routers name for them, else in the default one} */
    public static SessionStore of(Databases databases, SecretKeys keys) {
        return builder(databases, keys).build();
    }

    /** {@return a builder with Django's defaults} */
    public static Builder builder(Databases databases, SecretKeys keys) {
        return new Builder(databases, keys);
    }

    /** {@return a session that has no key until it is saved} */
    public Session create() {
        return open(null);
    }

    /**
     * {@return the session with that key, which is read when first asked for something}
     *
     * <p>If there is none, or it has expired, the session is empty and gets a key of its own when it is saved: a key that
     * somebody else chose is never taken over.
     *
     * @param key what the cookie holds; null or anything that is no key for a new session
     */
    public Session open(@Nullable String key) {
        return new Session(this, key);
    }

    /**
     * Deletes the sessions that have expired: Django's {@code clearsessions}. Run it once a day.
     *
     * @return how many there were
     */
    public int clearExpired() {
        return table.deleteExpired(clock.instant());
    }

    SessionTable table() {
        return table;
    }

    SessionCodec codec() {
        return codec;
    }

    InstantSource clock() {
        return clock;
    }

    ZoneId zone() {
        return zone;
    }

    Duration age() {
        return age;
    }

    boolean expireAtBrowserClose() {
        return expireAtBrowserClose;
    }

    String newKey() {
        return RandomStrings.next(random, KEY_LENGTH, RandomStrings.LOWER_CASE);
    }

    /** Collects settings. For one thread; every setter returns the builder. */
    public static final class Builder {

        private final Databases databases;
        private final SecretKeys keys;
        private @Nullable String alias;
        private Duration age = DEFAULT_AGE;
        private boolean expireAtBrowserClose;
        private boolean readsOldFormats = true;
        private InstantSource clock = Clock.systemUTC();
        private ZoneId zone = ZoneOffset.UTC;
        private SecureRandom random = new SecureRandom();

        private Builder(Databases databases, SecretKeys keys) {
            this.databases = requireNonNull(databases, "databases");
            this.keys = requireNonNull(keys, "keys");
        }

        /**
         * Keeps the sessions in the database called {@code alias}, whatever routers say.
         *
         * @throws dev.mooring.error.ConnectionDoesNotExistException if there is no such alias
         */
        public Builder alias(String alias) {
            this.alias = databases.using(alias).alias();
            return this;
        }

        /**
         * Django's {@code SESSION_COOKIE_AGE}: how long a session lasts since it was last saved. Two weeks unless set.
         *
         * @throws ImproperlyConfiguredException if it is shorter than a second or longer than ten years
         */
        public Builder age(Duration age) {
            if (age.toSeconds() < 1 || age.toDays() > 3653) {
                throw new ImproperlyConfiguredException(
                        "The age of sessions (SESSION_COOKIE_AGE) must be between a second and ten years, but is "
                                + age);
            }
            this.age = age;
            return this;
        }

        /** Django's {@code SESSION_EXPIRE_AT_BROWSER_CLOSE}: the cookie has no age of its own. False unless set. */
        public Builder expireAtBrowserClose(boolean expire) {
            this.expireAtBrowserClose = expire;
            return this;
        }

        /**
         * Whether sessions that Django signed with SHA-1, as it did before 3.1 and Django 3.2 still reads, are read. True
         * unless set. They are never written.
         */
        public Builder readsOldFormats(boolean reads) {
            this.readsOldFormats = reads;
            return this;
        }

        /** What tells the time. The system's clock unless set. */
        public Builder clock(InstantSource clock) {
            this.clock = requireNonNull(clock, "clock");
            return this;
        }

        /** Django's {@code TIME_ZONE}, for moments that were stored in a session without a zone. UTC unless set. */
        public Builder zone(ZoneId zone) {
            this.zone = requireNonNull(zone, "zone");
            return this;
        }

        /** What new keys are drawn from. */
        public Builder random(SecureRandom random) {
            this.random = requireNonNull(random, "random");
            return this;
        }

        /** {@return the store} */
        public SessionStore build() {
            return new SessionStore(this);
        }
    }
}
