package dev.mooring.auth;

import org.jspecify.annotations.Nullable;

/**
 * Told what happens in an {@link Authenticator}, in the calling thread: Django's signals.
 *
 * <p>Must be safe for use by several threads. What it throws reaches the caller of {@code authenticate}, as with Django's
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
}
