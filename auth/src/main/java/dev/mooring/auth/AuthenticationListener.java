package dev.mooring.auth;

import org.jspecify.annotations.Nullable;

/**
 * Told what happens in an {@link Authenticator} and in the {@link Logins} that use it, in the calling thread: Django's signals.
 *
 * <p>Must be safe for use by several threads. What it throws reaches the caller of {@code authenticate},
 * {@code login} or {@code logout}, as with Django's
 * {@code send}.
 */
public interface AuthenticationListener {

    /**
     * Nobody was authenticated: Django's {@code user_login_failed}.
     *
     * @param credentials what was given, {@linkplain Credentials#cleansed() cleansed}
     * @param request what the caller gave as the request
     */
    default void loginFailed(Credentials credentials, @Nullable Object request) {}

    /** A user logged in: Django's {@code user_logged_in}. Told before the session is saved. */
    default void loggedIn(User user, @Nullable Object request) {}

    /**
     * Somebody is about to log out: Django's {@code user_logged_out}.
     *
     * @param user who; null if nobody was logged in
     */
    default void loggedOut(@Nullable User user, @Nullable Object request) {}
}
