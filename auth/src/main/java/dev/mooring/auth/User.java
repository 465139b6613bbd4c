package dev.mooring.auth;

import static java.util.Objects.requireNonNull;

import dev.mooring.Row;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A row of Django's {@code auth_user} as it was when read; the password's hash shows nowhere.
 *
 * <p>Immutable. Two are equal if they have the same id, as in Django.
 */
public final class User {

    private final long id;
    private final String username;
    private final String firstName;
    private final String lastName;
    private final String email;
    private final boolean active;
    private final boolean staff;
    private final boolean superuser;
    private final @Nullable Instant lastLogin;
    private final Instant dateJoined;
    private final @Nullable String backend;
    private final String encodedPassword;

    User(
            long id,
            String username,
            String firstName,
            String lastName,
            String email,
            boolean active,
            boolean staff,
            boolean superuser,
            @Nullable Instant lastLogin,
            Instant dateJoined,
            @Nullable String backend,
            String encodedPassword) {
        this.id = id;
        this.username = username;
        this.firstName = firstName;
        this.lastName = lastName;
        this.email = email;
        this.active = active;
        this.staff = staff;
        this.superuser = superuser;
        this.lastLogin = lastLogin;
        this.dateJoined = dateJoined;
        this.backend = backend;
        this.encodedPassword = encodedPassword;
    }

    static User of(Row row) {
        return new User(
                row.getLong("id"),
                row.getString("username"),
                row.getString("first_name"),
                row.getString("last_name"),
                row.getString("email"),
                row.getBoolean("is_active"),
                row.getBoolean("is_staff"),
                row.getBoolean("is_superuser"),
                row.getInstant("last_login"),
                requireNonNull(row.getInstant("date_joined"), "date_joined"),
                null,
                row.getString("password"));
    }

    User authenticatedBy(String backendName) {
        return new User(
                id,
                username,
                firstName,
                lastName,
                email,
                active,
                staff,
                superuser,
                lastLogin,
                dateJoined,
                backendName,
                encodedPassword);
    }

    /** {@return the stored password, which must not leave this package} */
    String encodedPassword() {
        return encodedPassword;
    }

    /** {@return the primary key} */
    public long id() {
        return id;
    }

    /** {@return the key as text, as Django's session holds it} */
    public String idText() {
        return Long.toString(id);
    }

    /** {@return the name to log in with, unique, in NFKC if this library or Django's {@code create_user} stored it} */
    public String username() {
        return username;
    }

    /** {@return the first name; may be empty} */
    public String firstName() {
        return firstName;
    }

    /** {@return the last name; may be empty} */
    public String lastName() {
        return lastName;
    }

    /** {@return the e-mail address; may be empty, need not be unique} */
    public String email() {
        return email;
    }

    /** {@return whether the user may log in} */
    public boolean isActive() {
        return active;
    }

    /** {@return whether the user may enter Django's admin site} */
    public boolean isStaff() {
        return staff;
    }

    /** {@return whether the user has every permission} */
    public boolean isSuperuser() {
        return superuser;
    }

    /** {@return when the user last logged in; empty if never} */
    public Optional<Instant> lastLogin() {
        return Optional.ofNullable(lastLogin);
    }

    /** {@return when the user was created} */
    public Instant dateJoined() {
        return dateJoined;
    }

    /** {@return the {@linkplain AuthenticationBackend#name() name} of the backend that authenticated this user, if one did} */
    public Optional<String> backend() {
        return Optional.ofNullable(backend);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof User that && id == that.id;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(id);
    }

    /** {@return id and name, on one line whatever the name holds} */
    @Override
    public String toString() {
        return "User[id=" + id + ", username=" + username.replaceAll("[\\p{C}\\p{Zl}\\p{Zp}]", "?") + "]";
    }
}
