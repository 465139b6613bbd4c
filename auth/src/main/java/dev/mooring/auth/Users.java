package dev.mooring.auth;

import static java.util.Objects.requireNonNull;

import dev.mooring.Databases;
import dev.mooring.auth.codec.Unicode;
import dev.mooring.auth.hashers.PasswordCheck;
import dev.mooring.auth.hashers.PasswordHashers;
import dev.mooring.config.DatabaseSettings;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The users in one database: what Django calls {@code User.objects}, and the hashers their passwords are stored with.
 *
 * <pre>{@code
 * Users users = Users.of(databases);
 * users.createSuperuser("admin", "admin@example.com", "correct horse");
 * }</pre>
 *
 * <p>Thread-safe. No connection is held while a password is hashed, unless the caller's own {@code atomic} or lease scope
 * holds one.
 */
public final class Users {

    private static final int MAX_USERNAME = 150;
    private static final int MAX_EMAIL = 254;

    private final UserTable table;
    private final UserLinks links;
    private final PasswordHashers hashers;
    private final Clock clock;

    private Users(UserTable table, PasswordHashers hashers, Clock clock) {
        this.table = table;
        this.links = new UserLinks(table);
        this.hashers = hashers;
        this.clock = clock;
    }

    /** {@return the users in the default database, with the default hashers} */
    public static Users of(Databases databases) {
        return of(databases, DatabaseSettings.DEFAULT_ALIAS);
    }

    /** {@return the users in the database called {@code alias}, with the default hashers} */
    public static Users of(Databases databases, String alias) {
        return of(databases, alias, PasswordHashers.defaults());
    }

    /** {@return the users in Django's own table, in the database called {@code alias}} */
    public static Users of(Databases databases, String alias, PasswordHashers hashers) {
        return of(databases, alias, hashers, UserModel.django());
    }

    /**
     * {@return the users in a table of your own, in the database called {@code alias}}
     *
     * @throws dev.mooring.error.ConnectionDoesNotExistException if there is no such alias
     */
    public static Users of(Databases databases, String alias, PasswordHashers hashers, UserModel model) {
        return new Users(
                new UserTable(databases.using(alias), requireNonNull(model, "model")),
                requireNonNull(hashers, "hashers"),
                Clock.systemUTC());
    }

    /** {@return the same users, with another clock for {@code date_joined}} */
    public Users withClock(Clock other) {
        return new Users(table, hashers, requireNonNull(other, "other"));
    }

    /**
     * Stores a new active user: Django's {@code create_user}.
     *
     * @param username not empty, at most 150 characters before and after it is brought into NFKC; an e-mail address, of
     *     which the part behind the last {@code @} is lower-cased, if that is the name's column
     * @param email at most 254 characters, null for none; what follows the last {@code @} is lower-cased
     * @param password null for a user who cannot log in with a password
     * @throws IllegalArgumentException if one of the three cannot be stored
     * @throws dev.mooring.error.IntegrityException if the name is taken
     */
    public User createUser(String username, @Nullable String email, @Nullable String password) {
        return createUser(username, email, password, Map.of());
    }

    /**
     * As {@link #createUser(String, String, String)}, with values for further columns, which may be others than Django's: its
     * {@code extra_fields}.
     *
     * @param more by the name of the column; neither those of the other parameters, nor a superuser who is none
     */
    public User createUser(String username, @Nullable String email, @Nullable String password, Map<String, ?> more) {
        return create(username, email, password, false, more);
    }

    /** As {@link #createUser}, for a user who is staff and has every permission: Django's {@code create_superuser}. */
    public User createSuperuser(String username, @Nullable String email, @Nullable String password) {
        return createSuperuser(username, email, password, Map.of());
    }

    /** As {@link #createSuperuser(String, String, String)}, with values for further columns. */
    public User createSuperuser(
            String username, @Nullable String email, @Nullable String password, Map<String, ?> more) {
        return create(username, email, password, true, more);
    }

    /**
     * {@return the user of that name, brought into NFKC first}
     *
     * <p>Django looks for the name as it is given, and leaves NFKC to its forms.
     */
    public Optional<User> findByUsername(String username) {
        return Unicode.nfkc(username, maxUsername()).flatMap(table::findByName);
    }

    /** {@return the user with that primary key, of the type that {@link User#id()} has} */
    public Optional<User> findById(Object id) {
        return table.findById(requireNonNull(id, "id"));
    }

    /** {@return the user whose {@link User#idText()} that is; empty too if no key looks like that} */
    public Optional<User> findByIdText(String id) {
        return table.model().key().parse(id).flatMap(table::findById);
    }

    /** {@return the same user as the row is now; empty if it is gone} */
    public Optional<User> reload(User user) {
        return findById(user.id());
    }

    /**
     * Stores another password, without asking for the old one: Django's {@code set_password} and {@code save}. Sessions of
     * the user end.
     *
     * @param password null for none that matches
     * @return the user as the row is now
     * @throws IllegalArgumentException if the password cannot be hashed
     * @throws NoSuchElementException if the user is gone
     */
    public User setPassword(User user, @Nullable String password) {
        String encoded = encode(password, user.encodedPassword());
        return update(user.id(), Map.of("password", encoded));
    }

    /**
     * {@return whether that is the user's password}; an outdated hash is replaced, as at a login: Django's
     * {@code user.check_password}
     */
    public boolean checkPassword(User user, String password) {
        return checkPassword(Optional.of(user), password);
    }

    /**
     * {@return the user's stored hash} It is a secret: for frameworks that check passwords by themselves with
     * {@link PasswordHashers}. Everybody else calls {@link #checkPassword}.
     */
    public String encodedPassword(User user) {
        return user.encodedPassword();
    }

    /**
     * Changes columns of a user.
     *
     * @param values by Django's name of the field: {@code is_active}, {@code is_staff}, {@code is_superuser},
     *     {@code first_name}, {@code last_name}, {@code email}, {@code last_login} or {@code date_joined}
     * @return the user as the row is now
     * @throws IllegalArgumentException if there is another field among them, one that the table lacks, or a value of another type
     * @throws NoSuchElementException if the user is gone
     */
    public User update(User user, Map<String, ?> values) {
        UserFields.requireChangeable(table.model(), values);
        return update(user.id(), values);
    }

    /** Stores that the user logged in now: Django's {@code update_last_login}; nothing if there is no such column. */
    public void updateLastLogin(User user) {
        if (table.model().has("last_login")) {
            table.update(user.id(), Map.of("last_login", now()));
        }
    }

    /** Adds the user to groups; those they are in already are left alone. */
    public void addToGroups(User user, Group... groups) {
        links.groups().add(user.id(), Group.ids(groups));
    }

    /** Takes the user out of groups. */
    public void removeFromGroups(User user, Group... groups) {
        links.groups().remove(user.id(), Group.ids(groups));
    }

    /** {@return the groups the user is in, by name} */
    public List<Group> groupsOf(User user) {
        return links.groupsOf(user);
    }

    /** Gives the user permissions of their own; those they have already are left alone. */
    public void addPermissions(User user, Permission... permissions) {
        links.permissions().add(user.id(), Permission.ids(permissions));
    }

    /** Takes permissions from the user that they have of their own. */
    public void removePermissions(User user, Permission... permissions) {
        links.permissions().remove(user.id(), Permission.ids(permissions));
    }

    UserTable table() {
        return table;
    }

    UserLinks links() {
        return links;
    }

    /** {@return the user of that name, for a login: one statement and one row, whether or not there is such a user} */
    Optional<User> findForLogin(String username) {
        return Unicode.nfkc(username, maxUsername()).flatMap(name -> table.findForLogin(name, hashers));
    }

    /** {@return what a password check finds for a user who may not exist; an outdated hash is replaced} */
    boolean checkPassword(Optional<User> candidate, String password) {
        return verified(candidate, password).isPresent();
    }

    /**
     * {@return the candidate, if that is their password, as the row is then: a session remembers the new hash, not the
     * outdated one}
     */
    Optional<User> verified(Optional<User> candidate, String password) {
        PasswordCheck check =
                hashers.check(password, candidate.map(User::encodedPassword).orElse(null));
        return switch (check) {
            case WRONG -> Optional.empty();
            case CORRECT -> candidate;
            case CORRECT_BUT_OUTDATED -> candidate.map(user -> rehashed(user, hashers.encode(password)));
        };
    }

    private User rehashed(User user, String encoded) {
        return table.replacePassword(user, encoded) ? user.withEncodedPassword(encoded) : user;
    }

    private String encode(@Nullable String password, @Nullable String previous) {
        if (password == null || !hashers.isFollowing()) {
            return hashers.encode(password);
        }
        return hashers.encode(password, previous, table.newestPassword());
    }

    private User update(Object id, Map<String, ?> values) {
        if (!values.isEmpty() && table.update(id, new LinkedHashMap<>(values)) == 0) {
            throw new NoSuchElementException("There is no user with id " + id);
        }
        return table.findById(id).orElseThrow();
    }

    private User create(
            String username,
            @Nullable String email,
            @Nullable String password,
            boolean superuser,
            Map<String, ?> more) {
        UserModel model = table.model();
        UserFields.requireFurther(model, more, superuser);
        String name = checkedUsername(username, maxUsername());
        if (model.isKeyedByEmail()) {
            name = checkedEmail(name);
        }
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("password", "");
        values.put("is_superuser", superuser);
        values.put("username", name);
        values.put("first_name", "");
        values.put("last_name", "");
        values.put("email", checkedEmail(email == null ? "" : email));
        values.put("is_staff", superuser);
        values.put("is_active", true);
        values.put("date_joined", now());
        if (model.key() == UserModel.Key.UUID) {
            values.put("id", UUID.randomUUID());
        }
        Map<String, @Nullable Object> row = table.byColumn(values);
        row.put(model.column("username"), name);
        row.putAll(more);
        if (password != null) {
            PasswordHashers.requireHashable(password);
        }
        row.put(model.column("password"), encode(password, null));
        return table.insert(name, row);
    }

    private int maxUsername() {
        return table.model().isKeyedByEmail() ? MAX_EMAIL : MAX_USERNAME;
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private static String checkedUsername(String username, int max) {
        if (username.isEmpty()) {
            throw new IllegalArgumentException("username must not be empty");
        }
        return Unicode.nfkc(username, max)
                .orElseThrow(() -> new IllegalArgumentException("username must have at most " + max
                        + " characters, before and after NFKC, without NUL and lone surrogates, but has "
                        + username.length()));
    }

    private static String checkedEmail(String email) {
        if (!Unicode.fits(email, MAX_EMAIL)) {
            throw new IllegalArgumentException("email must have at most " + MAX_EMAIL
                    + " characters, without NUL and lone surrogates, but has " + email.length());
        }
        String trimmed = email.strip();
        int at = trimmed.lastIndexOf('@');
        return at < 0 ? email : trimmed.substring(0, at) + trimmed.substring(at).toLowerCase(Locale.ROOT);
    }
}
