package dev.mooring.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.auth.AuthDatabase.Engine;
import dev.mooring.auth.hashers.DjangoHashers;
import dev.mooring.auth.hashers.PasswordHasher;
import dev.mooring.auth.hashers.PasswordHashers;
import dev.mooring.auth.hashers.RecordingHasher;
import dev.mooring.migrations.MigrationExecutor;
import dev.mooring.migrations.MigrationListener;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("A failed login takes the same work whoever is asked for, so that its time does not tell who exists")
class SameWorkForEveryNameTest {

    private static final String PASSWORD = "correct horse";
    private static final UserModel ACCOUNTS = UserModel.builder("accounts_user")
            .key(UserModel.Key.UUID)
            .usernameColumn("email")
            .without("first_name", "last_name", "is_staff", "last_login", "date_joined")
            .withoutPermissions()
            .build();

    private final List<String> hashes = new ArrayList<>();
    private final PasswordHasher hasher = new RecordingHasher(DjangoHashers.pbkdf2Sha256(10), hashes::add);

    @ParameterizedTest
    @EnumSource
    @DisplayName("one statement, one row and one hash, in Django's table and in one of your own")
    void withHashersThatWereChosen(Engine engine) {
        try (AuthDatabase database = migrated(engine)) {
            for (UserModel model : List.of(UserModel.django(), ACCOUNTS)) {
                Users users = Users.of(database.databases(), "default", PasswordHashers.of(hasher), model);
                fill(users);

                assertSameWork(database, () -> users, 1);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("one statement and one row with the default hashers, at the first login and at later ones")
    void withHashersThatFollow(Engine engine) {
        try (AuthDatabase database = migrated(engine)) {
            for (UserModel model : List.of(UserModel.django(), ACCOUNTS)) {
                fill(Users.of(database.databases(), "default", PasswordHashers.of(hasher), model));
                Supplier<Users> first =
                        () -> Users.of(database.databases(), "default", PasswordHashers.defaults(), model);
                Users later = first.get();
                assertThat(Authenticator.of(later).authenticate(null, "nobody", PASSWORD))
                        .isEmpty();

                assertSameWork(database, first, 0);
                assertSameWork(database, () -> later, 0);
            }
        }
    }

    /**
     * The names lie before, between and behind those in the table, in whatever order an index has them.
     *
     * @param recordedHashes 0 for the default hashers, which do not record
     */
    private void assertSameWork(AuthDatabase database, Supplier<Users> users, int recordedHashes) {
        for (String name : List.of("known", "inactive", "unusable", "0", "l", "zzz", "x".repeat(150))) {
            for (String password : List.of("wrong", name.equals("known") ? "also wrong" : PASSWORD)) {
                Authenticator authenticator = Authenticator.of(users.get());
                forget(database);

                assertThat(authenticator.authenticate(null, name, password))
                        .as(name)
                        .isEmpty();
                assertThat(database.statements()).as("statements for %s", name).containsExactly("SELECT");
                assertThat(database.rows()).as("rows for %s", name).isEqualTo(1);
                assertThat(hashes).as("hashes for %s", name).hasSize(recordedHashes);
            }
        }
    }

    private static void fill(Users users) {
        users.createUser("known", null, PASSWORD);
        User inactive = users.createUser("inactive", null, PASSWORD);
        users.createUser("unusable", null, null);
        users.update(inactive, Map.of("is_active", false));
    }

    private void forget(AuthDatabase database) {
        hashes.clear();
        database.statements();
        database.rows();
    }

    private static AuthDatabase migrated(Engine engine) {
        AuthDatabase database = AuthDatabase.create(engine);
        new MigrationExecutor(database.databases(), "default", AuthMigrations.all()).migrate(MigrationListener.none());
        database.databases()
                .execute("CREATE TABLE accounts_user (id " + (engine == Engine.SQLITE ? "char(32)" : "uuid")
                        + " PRIMARY KEY, password varchar(128), email varchar(254) UNIQUE, is_active boolean)");
        return database;
    }
}
