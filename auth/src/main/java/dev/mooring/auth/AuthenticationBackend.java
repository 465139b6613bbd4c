package dev.mooring.auth;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One way to turn credentials into a user, and to say what a user may do: an entry of Django's
 * {@code AUTHENTICATION_BACKENDS}, with the methods of its {@code BaseBackend}. Only {@link #authenticate} has to be written.
 *
 * <p>Must be thread-safe: an {@link Authenticator} keeps its backends, where Django makes new ones for every call.
 * Each method may throw {@link PermissionDeniedException} where it is declared to.
 */
public interface AuthenticationBackend {

    /** {@return the name that {@link User#backend()} and sessions hold; Django's dotted path where there is one} */
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

    /** {@return the user of a session, by {@link User#idText()}; empty if gone or no longer allowed in} */
    default Optional<User> getUser(String id) {
        return Optional.empty();
    }

    /**
     * {@return the permissions that the user has of their own, as {@code app_label.codename}}
     *
     * @param object what they are about; null for none in particular
     */
    default Set<String> userPermissions(User user, @Nullable Object object) {
        return Set.of();
    }

    /** {@return the permissions that the user's groups give} Parameters as for {@link #userPermissions}. */
    default Set<String> groupPermissions(User user, @Nullable Object object) {
        return Set.of();
    }

    /** {@return both, unless overridden} Parameters as for {@link #userPermissions}. */
    default Set<String> allPermissions(User user, @Nullable Object object) {
        Set<String> all = new LinkedHashSet<>(userPermissions(user, object));
        all.addAll(groupPermissions(user, object));
        return all;
    }

    /**
     * {@return whether the user has that permission; unless overridden, whether {@link #allPermissions} holds it}
     *
     * @throws PermissionDeniedException to say no for the backends after this one too
     */
    default boolean hasPermission(User user, String permission, @Nullable Object object) {
        return allPermissions(user, object).contains(permission);
    }

    /**
     * {@return whether the user has any permission in that app; false unless overridden}
     *
     * @throws PermissionDeniedException to say no for the backends after this one too
     */
    default boolean hasModulePermissions(User user, String appLabel) {
        return false;
    }

    /** {@return the users who have that permission; none unless overridden} Django's {@code with_perm}. */
    default List<User> usersWithPermission(
            String permission, boolean activeOnly, boolean includeSuperusers, @Nullable Object object) {
        return List.of();
    }
}
