package dev.mooring.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.mooring.auth.AuthDatabase.Engine;
import dev.mooring.error.IntegrityException;
import dev.mooring.migrations.MigrationExecutor;
import dev.mooring.migrations.MigrationListener;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class UsersTest {

    private AuthDatabase database;

    @AfterEach
    void close() {
        database.close();
    }

    @ParameterizedTest
    @EnumSource
    void createAnActiveUserWithoutRights(Engine engine) {
        Users users = users(engine);

        User user = users.createUser("alice", "Alice@Example.COM", "correct horse");

        assertThat(user.id()).isPositive();
        assertThat(user.username()).isEqualTo("alice");
        assertThat(user.email()).isEqualTo("Alice@example.com");
        assertThat(user.firstName()).isEmpty();
        assertThat(user.lastName()).isEmpty();
        assertThat(user.isActive()).isTrue();
        assertThat(user.isStaff()).isFalse();
        assertThat(user.isSuperuser()).isFalse();
        assertThat(user.lastLogin()).isEmpty();
        assertThat(user.dateJoined()).isBetween(Instant.now().minus(Duration.ofMinutes(5)), Instant.now());
        assertThat(user.backend()).isEmpty();
        assertThat(users.findByUsername("alice")).contains(user);
        assertThat(users.findByUsername("bob")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void createASuperuserWithBothFlags(Engine engine) {
        User user = users(engine).createSuperuser("admin", null, "correct horse");

        assertThat(user.isStaff()).isTrue();
        assertThat(user.isSuperuser()).isTrue();
        assertThat(user.email()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void refuseANameThatIsTaken(Engine engine) {
        Users users = users(engine);
        User user = users.createUser("alice", null, null);

        assertThatExceptionOfType(IntegrityException.class)
                .isThrownBy(() -> users.createSuperuser("alice", null, "correct horse"));
        assertThat(users.findByUsername("alice").map(User::isSuperuser)).contains(false);
        assertThat(users.createUser("bob", null, null)).isNotEqualTo(user);
    }

    @ParameterizedTest
    @EnumSource
    void bringNamesIntoNfkc(Engine engine) {
        Users users = users(engine);
        User user = users.createUser("ﬀ\u212b", null, null);

        assertThat(user.username()).isEqualTo("ff\u00c5");
        assertThat(users.findByUsername("ﬀ\u212b")).contains(user);
        assertThat(users.findByUsername("ff\u00c5")).contains(user);
        assertThatExceptionOfType(IntegrityException.class).isThrownBy(() -> users.createUser("ff\u212b", null, null));
    }

    @ParameterizedTest
    @EnumSource
    void refuseWhatCannotBeStoredBeforeAnyStatement(Engine engine) {
        Users users = users(engine);
        database.statements();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> users.createUser("", null, null))
                .withMessage("username must not be empty");
        for (String name :
                new String[] {"a".repeat(151), "a" + "\u0301".repeat(400_000), "a\0", "\ud800", "ﷺ".repeat(9)}) {
            assertThatIllegalArgumentException().isThrownBy(() -> users.createUser(name, null, null));
            assertThat(users.findByUsername(name)).isEmpty();
        }
        assertThatIllegalArgumentException().isThrownBy(() -> users.createUser("a", "x".repeat(255), null));
        assertThatIllegalArgumentException().isThrownBy(() -> users.createUser("a", "x\0@y", null));
        assertThatIllegalArgumentException().isThrownBy(() -> users.createUser("a", null, "p\0"));
        assertThat(database.statements()).isEmpty();
    }

    private Users users(Engine engine) {
        database = AuthDatabase.create(engine);
        new MigrationExecutor(database.databases(), "default", AuthMigrations.all()).migrate(MigrationListener.none());
        return Users.of(database.databases(), "default", PasswordHashers.of(new Pbkdf2Sha256Hasher(10)));
    }
}
