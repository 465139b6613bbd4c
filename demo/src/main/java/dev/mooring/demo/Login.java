package dev.mooring.demo;

import dev.mooring.Databases;
import dev.mooring.auth.Authenticator;
import dev.mooring.auth.Users;
import dev.mooring.config.DatabaseSettings;
import dev.mooring.demo.site.DemoSite;
import dev.mooring.migrations.MigrationListener;
import java.math.BigInteger;
import java.security.SecureRandom;

/**
 * The account that the requests of the experiment log in with.
 *
 * <p>In a temporary database it is the ticket's own, {@code admin}. In a database that stays it has a random name and
 * password and no rights, and is deleted at the end.
 */
final class Login implements AutoCloseable {

    private final Target target;
    private final Hasher hasher;
    private final String username;
    private final String password;

    private Login(Target target, Hasher hasher, String username, String password) {
        this.target = target;
        this.hasher = hasher;
        this.username = username;
        this.password = password;
    }

    /** Creates the tables that are missing, and the account: the first connection to the database. */
    static Login prepare(Target target, Hasher hasher) {
        Login login = target.isTemporary()
                ? new Login(target, hasher, DemoSite.USERNAME, DemoSite.PASSWORD)
                : new Login(target, hasher, "scenario-" + random(), random());
        try (Databases databases = Databases.of(target.settings())) {
            Migrations.migrate(databases, MigrationListener.none());
            login.users(databases).createUser(login.username, null, login.password);
        }
        return login;
    }

    private static String random() {
        return new BigInteger(80, new SecureRandom()).toString(Character.MAX_RADIX);
    }

    private Users users(Databases databases) {
        return Users.of(databases, DatabaseSettings.DEFAULT_ALIAS, hasher.hashers());
    }

    Authenticator authenticator(Databases databases) {
        return Authenticator.of(users(databases));
    }

    boolean authenticate(Authenticator authenticator) {
        return authenticator.authenticate(null, username, password).isPresent();
    }

    @Override
    public void close() {
        if (!target.isTemporary()) {
            try (Databases databases = Databases.of(target.settings())) {
                databases.execute("DELETE FROM auth_user WHERE username = %s", username);
            }
        }
    }
}
