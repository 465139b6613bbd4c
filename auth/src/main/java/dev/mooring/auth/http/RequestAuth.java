package dev.mooring.auth.http;

import dev.mooring.auth.User;
import dev.mooring.auth.sessions.Session;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The session, the user and the CSRF token of one request: Django's {@code request.session}, {@code request.user} and
 * {@code get_token(request)}.
 *
 * <p>The database is asked when first needed. The session is saved, and cookies are set, when the response leaves: if
 * something changed and the status is below 500. For one thread at a time.
 */
public final class RequestAuth {

    private static final Logger LOG = LoggerFactory.getLogger(RequestAuth.class);

    private final HttpAuth settings;
    private final HttpView request;
    private final Session session;
    private final boolean hadCookie;
    private @Nullable String csrfCookie;
    private boolean csrfCookieUsed;
    private boolean csrfCookieKnown;
    private boolean failed;
    private boolean saved;
    private boolean userKnown;
    private @Nullable User user;

    RequestAuth(HttpAuth settings, HttpView request) {
        this.settings = settings;
        this.request = request;
        String key = request.cookie(settings.sessionCookie().name());
        hadCookie = key != null;
        session = settings.sessions().open(key);
        String cookie = request.cookie(settings.csrfCookie().name());
        csrfCookie = cookie != null && settings.csrfTokens().isValid(cookie) ? cookie : null;
        csrfCookieKnown = csrfCookie != null;
    }

    /** {@return the session, new and empty if the request brought none} */
    public Session session() {
        return session;
    }

    /** {@return who is logged in} */
    public Optional<User> user() {
        if (!userKnown) {
            user = settings.logins().getUser(session).orElse(null);
            userKnown = true;
        }
        return Optional.ofNullable(user);
    }

    /**
     * Logs {@code loggingIn} in and replaces the CSRF secret; see {@link dev.mooring.auth.Logins#login}.
     *
     * @throws IllegalArgumentException if no backend authenticated the user and more than one is configured
     */
    public void login(User loggingIn) {
        user = settings.logins().login(session, loggingIn, this);
        afterLogin();
    }

    /** As {@link #login(User)}, under a backend of that name. */
    public void login(User loggingIn, String backend) {
        user = settings.logins().login(session, loggingIn, backend, this);
        afterLogin();
    }

    private void afterLogin() {
        userKnown = true;
        csrfCookie = settings.csrfTokens().newSecret();
        csrfCookieUsed = true;
        csrfCookieKnown = false;
    }

    /** Logs out whoever is logged in, and deletes the session. */
    public void logout() {
        settings.logins().logout(session, user().orElse(null), this);
        user = null;
    }

    /** Keeps the user logged in here after their password was changed; {@code changed} is the user as read since. */
    public void keepLoggedIn(User changed) {
        settings.logins().updateSessionAuthHash(session, changed);
    }

    /**
     * {@return a token for the field {@code csrfmiddlewaretoken} of a form or the header {@code X-CSRFToken}}
     *
     * <p>Sets the cookie, so ask before the response leaves.
     */
    public String csrfToken() {
        String cookie = csrfCookie;
        if (cookie == null) {
            cookie = settings.csrfTokens().newSecret();
            csrfCookie = cookie;
        }
        csrfCookieUsed = true;
        return settings.csrfTokens().newToken(cookie);
    }

    /** {@return why the request must not be answered; empty if it may} */
    Optional<String> csrfRefusal() {
        return settings.csrfCheck().refusal(request, csrfCookie);
    }

    /**
     * Saves what there is to save. May be called again if the headers of the first call were dropped.
     *
     * @return the values of the headers {@code Set-Cookie} to be sent
     * @throws dev.mooring.auth.sessions.SessionInterruptedException if the session was deleted meanwhile
     */
    List<String> finish(int status) {
        List<String> cookies = new ArrayList<>();
        failed = status >= 500;
        if (session.isEmpty()) {
            if (hadCookie) {
                cookies.add(settings.sessionCookie().delete());
            }
        } else if ((saved || session.isModified() || settings.saveEveryRequest()) && !failed) {
            Duration age = session.expiresAtBrowserClose() ? null : session.expiryAge();
            session.save();
            saved = true;
            session.key()
                    .ifPresent(key -> cookies.add(settings.sessionCookie()
                            .set(key, age, settings.clock().instant())));
        }
        if (csrfCookieUsed && csrfCookie != null) {
            cookies.add(csrfHeader(csrfCookie));
        }
        return cookies;
    }

    /**
     * {@return the header for a CSRF secret that the browser does not know yet, for a page that tells of an error: nothing else of
     * the request is saved then}
     */
    List<String> cookiesOfErrorPage() {
        String cookie = csrfCookie;
        return csrfCookieUsed && !csrfCookieKnown && cookie != null ? List.of(csrfHeader(cookie)) : List.of();
    }

    private String csrfHeader(String cookie) {
        csrfCookieKnown = true;
        return settings.csrfCookie()
                .set(cookie, settings.csrfAge(), settings.clock().instant());
    }

    /** Saves what was changed after the response left; what the browser would have to know of is lost, and told. */
    void finishLate(Optional<String> keySent) {
        if (csrfCookieUsed && !csrfCookieKnown) {
            LOG.warn(
                    "A CSRF token was made after the response to {} had left, so that the browser has no cookie for it; ask"
                            + " for tokens before the response is written, and map AuthFilter to all DispatcherTypes",
                    request.path());
        }
        if (failed || !session.isModified() || session.isEmpty()) {
            return;
        }
        if (session.key().isPresent() && session.key().equals(keySent)) {
            session.save();
        } else {
            LOG.warn(
                    "A session got a new key after its response had left, so that the browser cannot know it, and is not"
                            + " saved; log in, and begin sessions, before the response is written");
        }
    }

    /** {@return whether the answer depends on cookies} */
    boolean variesByCookie() {
        return session.isAccessed() || csrfCookieUsed;
    }

    /** {@return nothing that is a secret} */
    @Override
    public String toString() {
        return "RequestAuth[" + request.method() + "]";
    }
}
