package dev.mooring.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.auth.AuthDatabase.Engine;
import dev.mooring.auth.hashers.DjangoHashers;
import dev.mooring.auth.hashers.PasswordHasher;
import dev.mooring.auth.hashers.PasswordHashers;
import dev.mooring.migrations.MigrationExecutor;
import dev.mooring.migrations.MigrationListener;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("Users without a djangoVersion, beside a Django that has its own")
class FollowingUsersTest {

    private AuthDatabase database;
    private Users ours;
    private Authenticator authenticator;

    private void open(Engine engine) {
        database = AuthDatabase.create(engine);
        new MigrationExecutor(database.databases(), "default", AuthMigrations.all()).migrate(MigrationListener.none());
        restart();
    }

    private void restart() {
        ours = Users.of(database.databases());
        authenticator = Authenticator.of(ours);
        database.statements();
    }

    @AfterEach
    void close() {
        if (database != null) {
            database.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("log in with one SELECT, known or not, from the first login on")
    void takeOneSelect(Engine engine) {
        open(engine);
        User alice = neighbour(DjangoHashers.pbkdf2Sha256(7)).createUser("alice", null, "correct horse");
        neighbour(DjangoHashers.pbkdf2Sha256(9)).createUser("bob", null, "correct horse");
        neighbour(DjangoHashers.pbkdf2Sha256(9)).createUser("unusable", null, null);

        for (String name : new String[] {"nobody", "alice", "bob", "unusable"}) {
            restart();
            boolean known = name.equals("alice") || name.equals("bob");
            for (int login = 0; login < 2; login++) {
                assertThat(authenticator
                                .authenticate(null, name, "correct horse")
                                .isPresent())
                        .isEqualTo(known);
                assertThat(database.statements()).containsExactly("SELECT");
            }
        }
        assertThat(authenticator.authenticate(null, "alice", "correct horse")).contains(alice);
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("never rewrite a hash of a known algorithm, in twenty logins by turns")
    void rewriteNothing(Engine engine) {
        open(engine);
        for (PasswordHasher theirs : new PasswordHasher[] {
            DjangoHashers.pbkdf2Sha256(7),
            DjangoHashers.pbkdf2Sha1(7),
            DjangoHashers.bcrypt(4),
            DjangoHashers.argon2(8, 1, 1)
        }) {
            Users neighbour = neighbour(theirs);
            String name = theirs.algorithm();
            neighbour.createUser(name, null, "correct horse");
            String stored = stored(name);
            for (int login = 0; login < 20; login++) {
                Users turn = login % 2 == 0 ? ours : neighbour;
                assertThat(Authenticator.of(turn).authenticate(null, name, "correct horse"))
                        .isPresent();
                assertThat(Authenticator.of(turn).authenticate(null, name, "wrong"))
                        .isEmpty();
            }
            assertThat(stored(name)).isEqualTo(stored);
        }
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("make new hashes like the user's old one, else like that of the newest user, else like Django 5.2")
    void followTheTable(Engine engine) {
        open(engine);
        ours.createUser("first", null, "correct horse");
        assertThat(stored("first")).startsWith("pbkdf2_sha256$1000000$");
        neighbour(DjangoHashers.pbkdf2Sha256(7)).createUser("seven", null, "correct horse");
        neighbour(DjangoHashers.pbkdf2Sha1(9)).createUser("nine", null, "correct horse");
        ours.createUser("unusable", null, null);

        ours.createUser("new", null, "correct horse");
        assertThat(stored("new")).startsWith("pbkdf2_sha1$9$");

        User seven = ours.findByUsername("seven").orElseThrow();
        User changed = ours.setPassword(seven, "battery staple");
        assertThat(stored("seven")).startsWith("pbkdf2_sha256$7$");
        assertThat(ours.checkPassword(changed, "battery staple")).isTrue();
        assertThat(ours.checkPassword(changed, "correct horse")).isFalse();

        ours.setPassword(ours.findByUsername("unusable").orElseThrow(), "battery staple");
        assertThat(stored("unusable")).startsWith("pbkdf2_sha1$9$");
        assertThat(PasswordHashers.isUsable(ours.setPassword(changed, null).encodedPassword()))
                .isFalse();
    }

    private Users neighbour(PasswordHasher hasher) {
        return Users.of(database.databases(), "default", PasswordHashers.of(hasher));
    }

    private String stored(String username) {
        return ours.findByUsername(username).orElseThrow().encodedPassword();
    }
}
