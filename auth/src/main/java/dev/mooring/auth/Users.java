package dev.mooring.auth;

import static java.util.Objects.requireNonNull;

import dev.mooring.Databases;
import dev.mooring.config.DatabaseSettings;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The users in one database: what Django calls {@code User.objects}, and the hashers their passwords are stored with.
 *
 * <pre>{@code
 * Users users = Users.of(databases);
 * users.createSuperuser("admin", "admin@example.com", "correct horse");
 * }</pre>
 *
 * <p>Safe for use by several threads.
 */
public final class Users {

    private static final int MAX_USERNAME = 150;
    private static final int MAX_EMAIL = 254;

    private final UserTable table;
    private final PasswordHashers hashers;

    private Users(UserTable table, PasswordHashers hashers) {
        this.table = table;
        this.hashers = hashers;
    }

    /** {@return the users in the default database, with the default hashers} */
    public static Users of(Databases databases) {
        return of(databases, DatabaseSettings.DEFAULT_ALIAS);
    }

    /** {@return the users in the database called {@code alias}, with the default hashers} */
    public static Users of(Databases databases, String alias) {
        return of(databases, alias, PasswordHashers.defaults());
    }

    /**
     * {@return the users in the database called {@code alias}}
     *
     * @throws dev.mooring.error.ConnectionDoesNotExistException if there is no such alias
     */
    public static Users of(Databases databases, String alias, PasswordHashers hashers) {
        return new Users(new UserTable(databases.using(alias)), requireNonNull(hashers, "hashers"));
    }

    /**
     * Stores a new active user: Django's {@code create_user}.
     *
     * @param username not empty, at most 150 characters before and after it is brought into NFKC
     * @param email at most 254 characters, null for none; what follows the last {@code @} is lower-cased
     * @param password null for a user who cannot log in with a password
     * @throws IllegalArgumentException if one of the three cannot be stored
     * @throws dev.mooring.error.IntegrityException if the name is taken
     */
    public User createUser(String username, @Nullable String email, @Nullable String password) {
        return create(username, email, password, false);
    }

    /** As {@link #createUser}, for a user who is staff and has every permission: Django's {@code create_superuser}. */
    public User createSuperuser(String username, @Nullable String email, @Nullable String password) {
        return create(username, email, password, true);
    }

    /**
     * {@return the user of that name, brought into NFKC first}
     *
     * <p>Django looks for the name as it is given, and leaves NFKC to its forms.
     */
    public Optional<User> findByUsername(String username) {
        return find(username).map(Account::user);
    }

    /**
     * {@return the user with that primary key}
     *
     * @param id the key as text, as a session holds it; nobody has one that is no number
     */
    public Optional<User> findByIdText(String id) {
        return PrimaryKeys.parse(id).flatMap(table::findById).map(Account::user);
    }

    /** Stores the present moment as the user's last login. */
    public void updateLastLogin(User user) {
        table.updateLastLogin(user, Instant.now().truncatedTo(ChronoUnit.MICROS));
    }

    Optional<Account> find(String username) {
        return Unicode.nfkc(username, MAX_USERNAME).flatMap(table::find);
    }

    /** {@return what a password check finds for an account that may not exist; an outdated hash is replaced} */
    boolean checkPassword(Optional<Account> candidate, String password) {
        PasswordCheck check =
                hashers.check(password, candidate.map(Account::encodedPassword).orElse(null));
        if (check == PasswordCheck.CORRECT_BUT_OUTDATED) {
            candidate.ifPresent(account -> table.replacePassword(account, hashers.encode(password)));
        }
        return check.isCorrect();
    }

    private User create(String username, @Nullable String email, @Nullable String password, boolean superuser) {
        return table.insert(
                checkedUsername(username),
                checkedEmail(email == null ? "" : email),
                hashers.encode(password),
                superuser);
    }

    private static String checkedUsername(String username) {
        if (username.isEmpty()) {
            throw new IllegalArgumentException("username must not be empty");
        }
        return Unicode.nfkc(username, MAX_USERNAME)
                .orElseThrow(() -> new IllegalArgumentException("username must have at most " + MAX_USERNAME
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
