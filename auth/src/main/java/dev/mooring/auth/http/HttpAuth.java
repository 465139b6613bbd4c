package dev.mooring.auth.http;

import static java.util.Objects.requireNonNull;

import dev.mooring.Databases;
import dev.mooring.auth.Authenticator;
import dev.mooring.auth.Logins;
import dev.mooring.auth.Users;
import dev.mooring.auth.sessions.SessionStore;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * The settings of a web application that shares sessions with Django, for {@link AuthFilter} or {@link AuthHandler}.
 *
 * <pre>{@code
 * HttpAuth auth = HttpAuth.builder(databases, sessions, logins)
 *         .sessionCookie(CookieSettings.session().withSecure(true))
 *         .csrfCookie(CookieSettings.csrf().withSecure(true))
 *         .build();
 * }</pre>
 *
 * <p>Immutable and safe for use by several threads.
 */
public final class HttpAuth {

    static final Duration CSRF_AGE = Duration.ofDays(364);

    private final Databases databases;
    private final SessionStore sessions;
    private final Logins logins;
    private final CookieSettings sessionCookie;
    private final CookieSettings csrfCookie;
    private final Duration csrfAge;
    private final boolean saveEveryRequest;
    private final CsrfTokens csrfTokens;
    private final CsrfCheck csrfCheck;
    private final InstantSource clock;

    private HttpAuth(Builder builder) {
        databases = builder.databases;
        sessions = builder.sessions;
        logins = builder.logins;
        sessionCookie = builder.sessionCookie;
        csrfCookie = builder.csrfCookie;
        csrfAge = builder.csrfAge;
        saveEveryRequest = builder.saveEveryRequest;
        csrfTokens = new CsrfTokens(builder.random);
        csrfCheck = new CsrfCheck(
                csrfTokens, builder.csrfHeader, new TrustedOrigins(builder.csrfTrustedOrigins), builder.csrfExempt);
        clock = builder.clock;
    }

    /** {@return a builder with Django's defaults} */
    public static Builder builder(Databases databases, SessionStore sessions, Logins logins) {
        return new Builder(databases, sessions, logins);
    }

    /** {@return a builder with these settings, and Django's defaults where they say nothing} */
    public static Builder builder(Databases databases, AuthSettings settings) {
        Users users = settings.users(databases);
        Logins logins = Logins.of(settings.authenticator(users), users, settings.secretKeys());
        Builder builder = new Builder(databases, settings.sessions(databases), logins);
        return builder.settings(settings);
    }

    /**
     * {@return one with these settings}
     *
     * @throws dev.mooring.error.ImproperlyConfiguredException if one of them is malformed
     */
    public static HttpAuth of(Databases databases, AuthSettings settings) {
        return builder(databases, settings).build();
    }

    Databases databases() {
        return databases;
    }

    /** {@return the sessions} */
    public SessionStore sessions() {
        return sessions;
    }

    /** {@return what logs in and out} */
    public Logins logins() {
        return logins;
    }

    /** {@return what checks passwords and permissions} */
    public Authenticator authenticator() {
        return logins.authenticator();
    }

    /** {@return the users} */
    public Users users() {
        return logins.users();
    }

    CookieSettings sessionCookie() {
        return sessionCookie;
    }

    CookieSettings csrfCookie() {
        return csrfCookie;
    }

    Duration csrfAge() {
        return csrfAge;
    }

    boolean saveEveryRequest() {
        return saveEveryRequest;
    }

    CsrfTokens csrfTokens() {
        return csrfTokens;
    }

    CsrfCheck csrfCheck() {
        return csrfCheck;
    }

    InstantSource clock() {
        return clock;
    }

    /** Collects settings. For one thread; every setter returns the builder. */
    public static final class Builder {

        private final Databases databases;
        private final SessionStore sessions;
        private final Logins logins;
        private CookieSettings sessionCookie = CookieSettings.session();
        private CookieSettings csrfCookie = CookieSettings.csrf();
        private Duration csrfAge = CSRF_AGE;
        private boolean saveEveryRequest;
        private String csrfHeader = "X-CSRFToken";
        private final Set<String> csrfTrustedOrigins = new TreeSet<>();
        private Predicate<String> csrfExempt = path -> false;
        private SecureRandom random = new SecureRandom();
        private InstantSource clock = Clock.systemUTC();

        private Builder(Databases databases, SessionStore sessions, Logins logins) {
            this.databases = requireNonNull(databases, "databases");
            this.sessions = requireNonNull(sessions, "sessions");
            this.logins = requireNonNull(logins, "logins");
        }

        /**
         * Sets the cookies and what CSRF is checked by as {@code settings} say; sessions and logins stay those of this builder.
         *
         * @throws dev.mooring.error.ImproperlyConfiguredException if one of them is malformed
         */
        public Builder settings(AuthSettings settings) {
            settings.applyTo(this);
            return this;
        }

        /** Django's {@code SESSION_COOKIE_NAME}, {@code _DOMAIN}, {@code _PATH}, {@code _SECURE} and their like. */
        public Builder sessionCookie(CookieSettings cookie) {
            this.sessionCookie = requireNonNull(cookie, "cookie");
            return this;
        }

        /** Django's {@code CSRF_COOKIE_NAME} and its like. */
        public Builder csrfCookie(CookieSettings cookie) {
            this.csrfCookie = requireNonNull(cookie, "cookie");
            return this;
        }

        /** Django's {@code CSRF_COOKIE_AGE}: 364 days unless set. */
        public Builder csrfAge(Duration age) {
            this.csrfAge = requireNonNull(age, "age");
            return this;
        }

        /** Django's {@code SESSION_SAVE_EVERY_REQUEST}: whether a session that was not changed is saved too. */
        public Builder saveEveryRequest(boolean save) {
            this.saveEveryRequest = save;
            return this;
        }

        /** The header that scripts send the token in: {@code X-CSRFToken} unless set. */
        public Builder csrfHeader(String name) {
            this.csrfHeader = requireNonNull(name, "name");
            return this;
        }

        /**
         * Django's {@code CSRF_TRUSTED_ORIGINS}: other sites that may post here, such as {@code https://shop.example.com}, or
         * {@code https://*.example.com} for {@code example.com} and its subdomains. Name the site itself if a proxy ends its
         * HTTPS and the server sees HTTP.
         *
         * @throws dev.mooring.error.ImproperlyConfiguredException if an origin has no scheme, or more than scheme, host and port
         */
        public Builder csrfTrustedOrigins(String... origins) {
            for (String origin : origins) {
                csrfTrustedOrigins.add(TrustedOrigins.checked(origin));
            }
            return this;
        }

        /**
         * The paths whose requests are not checked, Django's {@code csrf_exempt}: those that know their users by another means
         * than the session's cookie. None unless set. A path is decoded, and in a servlet container it begins behind the
         * context path, as in {@code getServletPath}.
         */
        public Builder csrfExempt(Predicate<String> path) {
            this.csrfExempt = requireNonNull(path, "path");
            return this;
        }

        /** What CSRF secrets are drawn from. */
        public Builder random(SecureRandom random) {
            this.random = requireNonNull(random, "random");
            return this;
        }

        /** What tells the time. The system's clock unless set. */
        public Builder clock(InstantSource clock) {
            this.clock = requireNonNull(clock, "clock");
            return this;
        }

        /** {@return the settings} */
        public HttpAuth build() {
            return new HttpAuth(this);
        }
    }
}
