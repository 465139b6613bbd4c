package dev.mooring.benchmarks.auth;

import dev.mooring.Databases;
import dev.mooring.auth.AuthMigrations;
import dev.mooring.auth.User;
import dev.mooring.auth.Users;
import dev.mooring.auth.hashers.PasswordHashers;
import dev.mooring.benchmarks.rival.Target;
import dev.mooring.config.DatabaseSettings;
import dev.mooring.migrations.MigrationExecutor;
import dev.mooring.migrations.MigrationListener;
import java.util.concurrent.ThreadLocalRandom;

/** Django's tables, and users in them who have logged in before. */
public final class Accounts {

    /** The password of all of them. */
    public static final String PASSWORD = "correct horse";

    private Accounts() {}

    /** {@return the users in {@code databases}} */
    public static Users users(Databases databases, PasswordHashers hashers) {
        return Users.of(databases, DatabaseSettings.DEFAULT_ALIAS, hashers);
    }

    /** {@return the same, after making the tables} */
    static Users migrate(Databases databases, PasswordHashers hashers) {
        new MigrationExecutor(databases, DatabaseSettings.DEFAULT_ALIAS, AuthMigrations.all())
                .migrate(MigrationListener.none());
        return users(databases, hashers);
    }

    /** Makes the tables and {@code count} users in place of those of an earlier turn, which had the same server. */
    public static void create(Target target, PasswordHashers hashers, int count) {
        try (Databases databases = target.databases(1)) {
            Users users = migrate(databases, hashers);
            databases.atomic(() -> {
                databases.execute("DELETE FROM auth_user");
                for (int i = 0; i < count; i++) {
                    User user = users.createUser(name(i), name(i) + "@example.com", PASSWORD);
                    users.updateLastLogin(user);
                }
            });
        }
    }

    /** {@return one of the first {@code count} names} */
    public static String anyName(int count) {
        return name(ThreadLocalRandom.current().nextInt(count));
    }

    private static String name(int number) {
        return "user-" + number;
    }
}
