package dev.mooring.auth;

import static java.util.Objects.requireNonNull;

import dev.mooring.Row;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A row of the table of users as it was when read, or nobody: Django's {@code User} and {@code AnonymousUser}.
 *
 * <p>The columns never change; permissions are remembered when they are first asked for, as in Django, so read the user again
 * to see changes. Thread-safe. Two are equal if they have the same id; all anonymous ones are equal.
 */
public final class User {

    private static final User ANONYMOUS = new User(null, "", "", Profile.UNKNOWN, null);

    private final @Nullable Object id;
    private final String username;
    private final String encodedPassword;
    private final Profile profile;
    private final @Nullable String backend;
    private final Map<String, Set<String>> permissionSets = new ConcurrentHashMap<>();

    /** What a table of users may lack. */
    record Profile(
            String firstName,
            String lastName,
            String email,
            boolean active,
            boolean staff,
            boolean superuser,
            @Nullable Instant lastLogin,
            @Nullable Instant dateJoined) {

        private static final Profile UNKNOWN = new Profile("", "", "", false, false, false, null, null);

        private static Profile of(UserModel model, Row row) {
            return new Profile(
                    text(model, row, "first_name"),
                    text(model, row, "last_name"),
                    text(model, row, "email"),
                    !model.has("is_active") || row.getBoolean(model.column("is_active")),
                    model.has("is_staff") && row.getBoolean(model.column("is_staff")),
                    model.has("is_superuser") && row.getBoolean(model.column("is_superuser")),
                    moment(model, row, "last_login"),
                    moment(model, row, "date_joined"));
        }

        private static String text(UserModel model, Row row, String field) {
            Object value = model.has(field) ? row.get(model.column(field)) : null;
            return value == null ? "" : value.toString();
        }

        private static @Nullable Instant moment(UserModel model, Row row, String field) {
            return model.has(field) ? row.getInstant(model.column(field)) : null;
        }
    }

    User(@Nullable Object id, String username, String encodedPassword, Profile profile, @Nullable String backend) {
        this.id = id;
        this.username = username;
        this.encodedPassword = encodedPassword;
        this.profile = profile;
        this.backend = backend;
    }

    /** {@return nobody: without an id, not active, without permissions of their own} */
    public static User anonymous() {
        return ANONYMOUS;
    }

    static User of(UserModel model, Row row) {
        return new User(
                model.key().read(requireNonNull(row.get(model.column("id")), "id")),
                Profile.text(model, row, "username"),
                Profile.text(model, row, "password"),
                Profile.of(model, row),
                null);
    }

    User withEncodedPassword(String encoded) {
        return new User(id, username, encoded, profile, backend);
    }

    User authenticatedBy(String backendName) {
        return new User(id, username, encodedPassword, profile, backendName);
    }

    /**
     * {@return the primary key: a {@link Long} in Django's own table, else what {@link UserModel.Key} says}
     *
     * @throws IllegalStateException if this is nobody
     */
    public Object id() {
        if (id == null) {
            throw new IllegalStateException("An anonymous user has no id; ask isAnonymous() first");
        }
        return id;
    }

    /** {@return the key as text, as Django's session holds it; empty for nobody} */
    public String idText() {
        return id == null ? "" : id.toString();
    }

    /** {@return whether this is nobody} */
    public boolean isAnonymous() {
        return id == null;
    }

    /** {@return whether this is somebody; Django's {@code is_authenticated}} */
    public boolean isAuthenticated() {
        return id != null;
    }

    /** {@return the name to log in with, unique, in NFKC if this library or Django's {@code create_user} stored it} */
    public String username() {
        return username;
    }

    /** {@return the first name; may be empty} */
    public String firstName() {
        return profile.firstName();
    }

    /** {@return the last name; may be empty} */
    public String lastName() {
        return profile.lastName();
    }

    /** {@return the e-mail address; may be empty, need not be unique} */
    public String email() {
        return profile.email();
    }

    /** {@return whether the user may log in} */
    public boolean isActive() {
        return profile.active();
    }

    /** {@return whether the user may enter Django's admin site} */
    public boolean isStaff() {
        return profile.staff();
    }

    /** {@return whether the user has every permission} */
    public boolean isSuperuser() {
        return profile.superuser();
    }

    /** {@return when the user last logged in; empty if never} */
    public Optional<Instant> lastLogin() {
        return Optional.ofNullable(profile.lastLogin());
    }

    /** {@return when the user was created; empty if the table does not say} */
    public Optional<Instant> dateJoined() {
        return Optional.ofNullable(profile.dateJoined());
    }

    /** {@return the {@linkplain AuthenticationBackend#name() name} of the backend that authenticated this user, if one did} */
    public Optional<String> backend() {
        return Optional.ofNullable(backend);
    }

    /** {@return the column {@code password}} Whoever needs it outside asks {@link Users#encodedPassword}. */
    String encodedPassword() {
        return encodedPassword;
    }

    /** {@return what {@code query} answered when it was first asked for that set of permissions} */
    Set<String> remembered(String set, Supplier<Set<String>> query) {
        Set<String> known = permissionSets.get(set);
        if (known == null) {
            known = Set.copyOf(query.get());
            permissionSets.put(set, known);
        }
        return known;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof User that && (id == null ? that.id == null : id.equals(that.id));
    }

    @Override
    public int hashCode() {
        return id == null ? 1 : id.hashCode();
    }

    /** {@return id and name, on one line whatever the name holds} */
    @Override
    public String toString() {
        return id == null
                ? "AnonymousUser"
                : "User[id=" + id + ", username=" + username.replaceAll("[\\p{C}\\p{Zl}\\p{Zp}]", "?") + "]";
    }
}
