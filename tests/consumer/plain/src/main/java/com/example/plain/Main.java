package com.example.plain;

import dev.mooring.Databases;
import dev.mooring.auth.AuthMigrations;
import dev.mooring.auth.Authenticator;
import dev.mooring.auth.Users;
import dev.mooring.config.DatabaseSettings;
import dev.mooring.migrations.MigrationExecutor;
import dev.mooring.migrations.MigrationListener;

/** Makes Django's tables and a user on SQLite, logs the user in, and says in which module it found Mooring. */
public final class Main {

    private Main() {}

    public static void main(String[] args) {
        try (Databases databases = Databases.of(DatabaseSettings.fromUrl("sqlite:///plain.db"))) {
            new MigrationExecutor(databases, "default", AuthMigrations.all()).migrate(MigrationListener.none());
            Users users = Users.of(databases);
            databases.atomic(() -> {
                databases.onCommit(() -> System.out.println("committed"));
                users.createUser("alice", "alice@example.com", "correct horse");
            });
            Authenticator.of(users)
                    .authenticate(null, "alice", "correct horse")
                    .ifPresent(user -> System.out.println("logged in: " + user.username()));
            System.out.println("users: "
                    + databases
                            .query(Long.class, "SELECT count(*) FROM auth_user")
                            .one());
        }
        System.out.println("module: " + Databases.class.getModule().getName());
    }
}
