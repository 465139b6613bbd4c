package dev.mooring.auth;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One way to turn credentials into a user: an entry of Django's {@code AUTHENTICATION_BACKENDS}.
 *
 * <p>Must be safe for use by several threads: an {@link Authenticator} keeps its backends, where Django makes new ones for
 * every call.
 */
public interface AuthenticationBackend {

    /** {@return the name that {@link User#backend()} remembers; Django's dotted path where there is one} */
    default String name() {
        return getClass().getName();
    }

    /** {@return whether these are credentials of the kind this backend takes; it is skipped if not} */
    default boolean supports(Credentials credentials) {
        return true;
    }

    /**
     * {@return the user whose credentials these are; empty to let the next backend try}
     *
     * @param request what the caller of {@code authenticate} gave, of whatever web framework
     * @throws PermissionDeniedException to refuse without asking the backends after this one
     */
    Optional<User> authenticate(@Nullable Object request, Credentials credentials);

    /**
     * {@return the user whom this backend authenticated before, if they may still log in; nobody unless overridden}
     *
     * @param id the primary key as a session holds it, or any text
     */
    default Optional<User> getUser(String id) {
        return Optional.empty();
    }
}
