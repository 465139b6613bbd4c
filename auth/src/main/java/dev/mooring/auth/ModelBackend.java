package dev.mooring.auth;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toSet;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Authenticates with the user name and the password in the table of users, and gives the permissions in Django's tables:
 * Django's backend of the same name.
 *
 * <p>One SELECT and one hash whether or not there is such a user, none of either if a credential is missing; no connection
 * is held while hashing. A name that no row can have costs the hash alone. An inactive user is treated as one who does not
 * exist, so the time tells nothing about one. The right password for an outdated hash stores a new one, if the
 * {@link dev.mooring.auth.hashers.PasswordHashers} replace hashes.
 *
 * <p>Permissions are those of active users, and of none for a particular object. What was read is remembered in the
 * {@link User}. Thread-safe.
 */
public sealed class ModelBackend implements AuthenticationBackend permits AllowAllUsersModelBackend, RemoteUserBackend {

    private static final String OWN = "user";
    private static final String OF_GROUPS = "group";
    private static final String ALL = "all";

    private final Users users;
    private final boolean admitsInactive;

    /** Makes one for {@code users}, whose hashers it uses. */
    public ModelBackend(Users users) {
        this(users, false);
    }

    ModelBackend(Users users, boolean admitsInactive) {
        this.users = requireNonNull(users, "users");
        this.admitsInactive = admitsInactive;
    }

    /** {@return Django's dotted path, which is what a session shared with Django has to hold} */
    @Override
    public String name() {
        return "django.contrib.auth.backends.ModelBackend";
    }

    /**
     * {@inheritDoc}
     *
     * <p>Takes the name from the credential {@code username}, else from that called as the column is, such as {@code email}.
     */
    @Override
    public Optional<User> authenticate(@Nullable Object request, Credentials credentials) {
        String given = credentials.get(Credentials.USERNAME);
        String username = given == null ? credentials.get(users.table().model().usernameField()) : given;
        String password = credentials.get(Credentials.PASSWORD);
        if (username == null || password == null) {
            return Optional.empty();
        }
        Optional<User> candidate = users.findForLogin(username).filter(this::isAdmitted);
        return users.verified(candidate, password);
    }

    @Override
    public Optional<User> getUser(String id) {
        return users.findByIdText(id).filter(this::isAdmitted);
    }

    final Users users() {
        return users;
    }

    final boolean isAdmitted(User user) {
        return admitsInactive || user.isActive();
    }

    @Override
    public Set<String> userPermissions(User user, @Nullable Object object) {
        return hasNone(user, object)
                ? Set.of()
                : user.remembered(
                        OWN,
                        () -> user.isSuperuser()
                                ? users.links().allLabels()
                                : users.links().ownLabels(user));
    }

    @Override
    public Set<String> groupPermissions(User user, @Nullable Object object) {
        return hasNone(user, object)
                ? Set.of()
                : user.remembered(
                        OF_GROUPS,
                        () -> user.isSuperuser()
                                ? users.links().allLabels()
                                : users.links().groupLabels(user));
    }

    @Override
    public Set<String> allPermissions(User user, @Nullable Object object) {
        return hasNone(user, object)
                ? Set.of()
                : user.remembered(ALL, () -> AuthenticationBackend.super.allPermissions(user, object));
    }

    @Override
    public boolean hasPermission(User user, String permission, @Nullable Object object) {
        return user.isActive() && allPermissions(user, object).contains(permission);
    }

    @Override
    public boolean hasModulePermissions(User user, String appLabel) {
        return user.isActive()
                && allPermissions(user, null).stream()
                        .map(permission -> permission.substring(0, permission.indexOf('.')))
                        .collect(toSet())
                        .contains(appLabel);
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException if {@code permission} is not of the form {@code app_label.codename}
     */
    @Override
    public List<User> usersWithPermission(
            String permission, boolean activeOnly, boolean includeSuperusers, @Nullable Object object) {
        PermissionLabel label = PermissionLabel.of(permission);
        return object == null ? users.links().usersWith(label, activeOnly, includeSuperusers) : List.of();
    }

    private static boolean hasNone(User user, @Nullable Object object) {
        return !user.isActive() || user.isAnonymous() || object != null;
    }
}
