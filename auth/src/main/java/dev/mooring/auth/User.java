package dev.mooring.auth;

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

    private static final User ANONYMOUS = new User(null, "", "", Map.of(), null, null);

    private final @Nullable Object id;
    private final String username;
    private final String encodedPassword;
    /** By Django's names; what is not there is not in the table, or null. */
    private final Map<String, Object> fields;

    private final @Nullable UserModel model;
    private final @Nullable String backend;
    private final Map<String, Set<String>> permissionSets = new ConcurrentHashMap<>();

    User(
            @Nullable Object id,
            String username,
            String encodedPassword,
            Map<String, Object> fields,
            @Nullable UserModel model,
            @Nullable String backend) {
        this.id = id;
        this.username = username;
        this.encodedPassword = encodedPassword;
        this.fields = fields;
        this.model = model;
        this.backend = backend;
    }

    /** {@return nobody: without an id, not active, without permissions of their own} */
    public static User anonymous() {
        return ANONYMOUS;
    }

    static User of(UserModel model, Row row) {
        Map<String, Object> fields = new java.util.HashMap<>();
        for (String field : UserModel.FIELDS) {
            Object value = model.has(field) ? value(model, row, field) : null;
            if (value != null) {
                fields.put(field, value);
            }
        }
        Object id = java.util.Objects.requireNonNull(fields.get("id"), "id");
        return new User(
                id,
                (String) fields.getOrDefault("username", ""),
                (String) fields.getOrDefault("password", ""),
                fields,
                model,
                null);
    }

    private static @Nullable Object value(UserModel model, Row row, String field) {
        String column = model.column(field);
        Object value = row.get(column);
        if (value == null) {
            return null;
        }
        return switch (field) {
            case "id" -> model.key().read(value);
            case "last_login", "date_joined" -> row.getInstant(column);
            case "is_superuser", "is_staff", "is_active" -> row.getBoolean(column);
            default -> row.getString(column);
        };
    }

    User withEncodedPassword(String encoded) {
        return new User(id, username, encoded, fields, model, backend);
    }

    User authenticatedBy(String backendName) {
        return new User(id, username, encodedPassword, fields, model, backendName);
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
        return text("first_name");
    }

    /** {@return the last name; may be empty} */
    public String lastName() {
        return text("last_name");
    }

    /** {@return the e-mail address; may be empty, need not be unique} */
    public String email() {
        return text("email");
    }

    private String text(String field) {
        return (String) fields.getOrDefault(field, "");
    }

    /** {@return whether the user may log in} */
    public boolean isActive() {
        return flag("is_active", id != null && (model == null || !model.has("is_active")));
    }

    /** {@return whether the user may enter Django's admin site} */
    public boolean isStaff() {
        return flag("is_staff", false);
    }

    /** {@return whether the user has every permission} */
    public boolean isSuperuser() {
        return flag("is_superuser", false);
    }

    private boolean flag(String field, boolean absent) {
        return (Boolean) fields.getOrDefault(field, absent);
    }

    /** {@return when the user last logged in; empty if never} */
    public Optional<Instant> lastLogin() {
        return Optional.ofNullable((Instant) fields.get("last_login"));
    }

    /** {@return when the user was created; empty if the table does not say} */
    public Optional<Instant> dateJoined() {
        return Optional.ofNullable((Instant) fields.get("date_joined"));
    }

    /** {@return the {@linkplain AuthenticationBackend#name() name} of the backend that authenticated this user, if one did} */
    public Optional<String> backend() {
        return Optional.ofNullable(backend);
    }

    /** {@return the column {@code password}, which leaves this module never} */
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
