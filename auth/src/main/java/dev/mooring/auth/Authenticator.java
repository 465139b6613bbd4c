package dev.mooring.auth;

import static java.util.Objects.requireNonNull;

import dev.mooring.Databases;
import dev.mooring.config.DatabaseSettings;
import dev.mooring.error.ImproperlyConfiguredException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Django's {@code authenticate()} and {@code has_perm()}: asks one backend after the other who somebody is and what they may
 * do.
 *
 * <pre>{@code
 * Authenticator authenticator = Authenticator.of(databases);
 * Optional<User> user = authenticator.authenticate(request, "alice", "correct horse");
 * }</pre>
 *
 * <p>Thread-safe.
 */
public final class Authenticator {

    private final List<AuthenticationBackend> backends;
    private final List<AuthenticationListener> listeners;

    private Authenticator(Builder builder) {
        backends = List.copyOf(builder.backends);
        listeners = List.copyOf(builder.listeners);
    }

    /** {@return one that asks the default database} */
    public static Authenticator of(Databases databases) {
        return of(databases, DatabaseSettings.DEFAULT_ALIAS);
    }

    /** {@return one that asks the database called {@code alias}, through {@link ModelBackend} with the default hashers} */
    public static Authenticator of(Databases databases, String alias) {
        return of(Users.of(databases, alias));
    }

    /** {@return one that asks {@code users}, with their hashers, through {@link ModelBackend}} */
    public static Authenticator of(Users users) {
        return builder().backend(new ModelBackend(users)).build();
    }

    /** {@return a builder with no backend yet} */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * {@return the user that the first backend to know one finds, with that {@linkplain User#backend() backend's} name}
     *
     * <p>A backend that does not {@linkplain AuthenticationBackend#supports support} such credentials is skipped; one that
     * throws {@link PermissionDeniedException} is the last to be asked; anything else thrown reaches the caller. If nobody
     * is found, the listeners are told.
     *
     * @param request handed to the backends and the listeners as it is
     */
    public Optional<User> authenticate(@Nullable Object request, Credentials credentials) {
        Optional<User> user = ask(request, requireNonNull(credentials, "credentials"));
        if (user.isEmpty()) {
            Credentials cleansed = credentials.cleansed();
            listeners.forEach(listener -> listener.loginFailed(cleansed, request));
        }
        return user;
    }

    /** As {@link #authenticate(Object, Credentials)}, with a name and a password; one that is null is missing. */
    public Optional<User> authenticate(@Nullable Object request, @Nullable String username, @Nullable String password) {
        return authenticate(request, Credentials.of(username, password));
    }

    /**
     * {@return the user whom a backend authenticated before, if it still vouches for them}
     *
     * @param backend the backend's {@linkplain AuthenticationBackend#name() name}; one that is not configured knows nobody
     * @param id the user's primary key as text
     */
    public Optional<User> getUser(String backend, String id) {
        return backends.stream()
                .filter(candidate -> candidate.name().equals(backend))
                .findFirst()
                .flatMap(found -> found.getUser(id))
                .map(user -> user.authenticatedBy(backend));
    }

    /** {@return the names of the backends, in the order in which they are asked} */
    public List<String> backendNames() {
        return backends.stream().map(AuthenticationBackend::name).toList();
    }

    List<AuthenticationListener> listeners() {
        return listeners;
    }

    private Optional<User> ask(@Nullable Object request, Credentials credentials) {
        try {
            return backends.stream()
                    .filter(backend -> backend.supports(credentials))
                    .flatMap(
                            backend -> backend
                                    .authenticate(request, credentials)
                                    .map(user -> user.authenticatedBy(backend.name()))
                                    .stream())
                    .findFirst();
        } catch (PermissionDeniedException refused) {
            return Optional.empty();
        }
    }

    /** {@return the permissions that the backends say the user has of their own} Django's {@code get_user_permissions}. */
    public Set<String> userPermissions(User user, @Nullable Object object) {
        return union(backend -> backend.userPermissions(user, object));
    }

    /** {@return the permissions that the backends say the user's groups give} Django's {@code get_group_permissions}. */
    public Set<String> groupPermissions(User user, @Nullable Object object) {
        return union(backend -> backend.groupPermissions(user, object));
    }

    /** {@return all permissions that the backends say the user has} Django's {@code get_all_permissions}. */
    public Set<String> allPermissions(User user, @Nullable Object object) {
        return union(backend -> backend.allPermissions(user, object));
    }

    private Set<String> union(Function<AuthenticationBackend, Set<String>> permissions) {
        return backends.stream()
                .flatMap(backend -> permissions.apply(backend).stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** {@return whether the user has that permission, not for a particular object} */
    public boolean hasPermission(User user, String permission) {
        return hasPermission(user, permission, null);
    }

    /**
     * {@return whether the user has that permission: Django's {@code user.has_perm}}
     *
     * <p>An active superuser has every permission, and no backend is asked. Else the first backend to say yes decides; one
     * that throws {@link PermissionDeniedException} says no for all.
     *
     * @param permission {@code app_label.codename}
     * @param object what it is about; null for nothing in particular
     */
    public boolean hasPermission(User user, String permission, @Nullable Object object) {
        return isAllPowerful(user) || anyGrants(backend -> backend.hasPermission(user, permission, object));
    }

    /** {@return whether the user has each of these permissions: Django's {@code user.has_perms}} */
    public boolean hasPermissions(User user, Collection<String> permissions, @Nullable Object object) {
        return permissions.stream().allMatch(permission -> hasPermission(user, permission, object));
    }

    /** {@return whether the user has any permission in that app: Django's {@code user.has_module_perms}} */
    public boolean hasModulePermissions(User user, String appLabel) {
        return isAllPowerful(user) || anyGrants(backend -> backend.hasModulePermissions(user, appLabel));
    }

    private static boolean isAllPowerful(User user) {
        return user.isActive() && user.isSuperuser();
    }

    private boolean anyGrants(Predicate<AuthenticationBackend> asked) {
        try {
            return backends.stream().anyMatch(asked);
        } catch (PermissionDeniedException refused) {
            return false;
        }
    }

    /** {@return the active users who have that permission, superusers among them} */
    public List<User> usersWithPermission(String permission) {
        return usersWithPermission(permission, true, true);
    }

    /**
     * {@return the users who have that permission, asked of all backends: Django's {@code with_perm}}
     *
     * @param permission {@code app_label.codename}
     * @throws IllegalArgumentException if it is not of that form
     */
    public List<User> usersWithPermission(String permission, boolean activeOnly, boolean includeSuperusers) {
        return backends.stream()
                .flatMap(backend ->
                        backend.usersWithPermission(permission, activeOnly, includeSuperusers, null).stream())
                .distinct()
                .toList();
    }

    /** Collects backends and listeners. For one thread; every setter returns the builder. */
    public static final class Builder {

        private final List<AuthenticationBackend> backends = new ArrayList<>();
        private final List<AuthenticationListener> listeners = new ArrayList<>();

        private Builder() {}

        /** Adds a backend to be asked after those added before. */
        public Builder backend(AuthenticationBackend backend) {
            backends.add(requireNonNull(backend, "backend"));
            return this;
        }

        /** Adds a listener to be told after those added before. */
        public Builder listener(AuthenticationListener listener) {
            listeners.add(requireNonNull(listener, "listener"));
            return this;
        }

        /**
         * {@return the authenticator}
         *
         * @throws ImproperlyConfiguredException if there is no backend
         */
        public Authenticator build() {
            if (backends.isEmpty()) {
                throw new ImproperlyConfiguredException(
                        "No authentication backend was added, so nobody could log in; add one, such as ModelBackend");
            }
            return new Authenticator(this);
        }
    }
}
