package dev.mooring.auth;

import dev.mooring.Database;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** The statements on {@code auth_user}, spelt as Django does. Thread-safe. */
final class UserTable {

    private static final String SELECT = "SELECT \"auth_user\".\"id\", \"auth_user\".\"password\", "
            + "\"auth_user\".\"last_login\", \"auth_user\".\"is_superuser\", \"auth_user\".\"username\", "
            + "\"auth_user\".\"first_name\", \"auth_user\".\"last_name\", \"auth_user\".\"email\", "
            + "\"auth_user\".\"is_staff\", \"auth_user\".\"is_active\", \"auth_user\".\"date_joined\" "
            + "FROM \"auth_user\" WHERE ";

    private static final String SELECT_BY_NAME = SELECT + "\"auth_user\".\"username\" = %s";
    private static final String SELECT_BY_ID = SELECT + "\"auth_user\".\"id\" = %s";

    private static final String INSERT = "INSERT INTO \"auth_user\" (\"password\", \"last_login\", \"is_superuser\", "
            + "\"username\", \"first_name\", \"last_name\", \"email\", \"is_staff\", \"is_active\", \"date_joined\") "
            + "VALUES (%s, NULL, %s, %s, %s, %s, %s, %s, %s, %s)";

    private static final String UPDATE_PASSWORD = "UPDATE \"auth_user\" SET \"password\" = %s "
            + "WHERE (\"auth_user\".\"id\" = %s AND \"auth_user\".\"password\" = %s)";

    private static final String UPDATE_LAST_LOGIN =
            "UPDATE \"auth_user\" SET \"last_login\" = %s WHERE \"auth_user\".\"id\" = %s";

    private final Database database;

    UserTable(Database database) {
        this.database = database;
    }

    Optional<Account> find(String username) {
        return database.query(SELECT_BY_NAME, username).stream().findFirst().map(Account::of);
    }

    Optional<Account> findById(long id) {
        return database.query(SELECT_BY_ID, id).stream().findFirst().map(Account::of);
    }

    /** The second statement reads what the database made of the first; not every database has RETURNING. */
    User insert(String username, String email, String encodedPassword, boolean superuser) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        return database.atomic(() -> {
            database.execute(INSERT, encodedPassword, superuser, username, "", "", email, superuser, true, now);
            return find(username).orElseThrow().user();
        });
    }

    /** Leaves alone a password that was changed since it was read: Django would put the old one back. */
    void replacePassword(Account account, String encodedPassword) {
        database.execute(UPDATE_PASSWORD, encodedPassword, account.user().id(), account.encodedPassword());
    }

    void updateLastLogin(User user, Instant moment) {
        database.execute(UPDATE_LAST_LOGIN, moment, user.id());
    }
}
