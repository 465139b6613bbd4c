package dev.mooring.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.mooring.Databases;
import dev.mooring.auth.hashers.DjangoHashers;
import dev.mooring.auth.hashers.PasswordHashers;
import dev.mooring.config.DatabaseSettings;
import dev.mooring.error.IntegrityException;
import dev.mooring.kit.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Written as those who use the test kit would. */
abstract class UsersContract {

    private Databases databases;
    private Users users;

    /** {@return a database with Django's tables of users, beside the one of these settings} */
    static TestDatabase database(DatabaseSettings settings, CountedStatements statements) {
        return TestDatabase.of(settings)
                .migrations(AuthMigrations.all())
                .databases(builder -> builder.backend(statements))
                .build();
    }

    /** {@return what counts the statements of the database} */
    abstract CountedStatements statements();

    @BeforeEach
    void findUsers(Databases databases) {
        this.databases = databases;
        users = Users.of(databases, "default", PasswordHashers.of(DjangoHashers.pbkdf2Sha256(10)));
    }

    @Test
    void createAnActiveUserWithoutRights() {
        User user = users.createUser("alice", "Alice@Example.COM", "correct horse");

        assertThat((Long) user.id()).isPositive();
        assertThat(user.username()).isEqualTo("alice");
        assertThat(user.email()).isEqualTo("Alice@example.com");
        assertThat(user.firstName()).isEmpty();
        assertThat(user.lastName()).isEmpty();
        assertThat(user.isActive()).isTrue();
        assertThat(user.isStaff()).isFalse();
        assertThat(user.isSuperuser()).isFalse();
        assertThat(user.lastLogin()).isEmpty();
        assertThat(user.dateJoined().orElseThrow())
                .isBetween(Instant.now().minus(Duration.ofMinutes(5)), Instant.now());
        assertThat(user.backend()).isEmpty();
        assertThat(users.findByUsername("alice")).contains(user);
        assertThat(users.findByUsername("bob")).isEmpty();
    }

    @Test
    void createASuperuserWithBothFlags() {
        User user = users.createSuperuser("admin", null, "correct horse");

        assertThat(user.isStaff()).isTrue();
        assertThat(user.isSuperuser()).isTrue();
        assertThat(user.email()).isEmpty();
    }

    @Test
    void refuseANameThatIsTaken() {
        User user = users.createUser("alice", null, null);

        assertThatExceptionOfType(IntegrityException.class)
                .isThrownBy(() -> databases.atomic(() -> users.createSuperuser("alice", null, "correct horse")));
        assertThat(users.findByUsername("alice").map(User::isSuperuser)).contains(false);
        assertThat(users.createUser("bob", null, null)).isNotEqualTo(user);
    }

    @Test
    void bringNamesIntoNfkc() {
        User user = users.createUser("ﬀ\u212b", null, null);

        assertThat(user.username()).isEqualTo("ff\u00c5");
        assertThat(users.findByUsername("ﬀ\u212b")).contains(user);
        assertThat(users.findByUsername("ff\u00c5")).contains(user);
        assertThatExceptionOfType(IntegrityException.class)
                .isThrownBy(() -> databases.atomic(() -> users.createUser("ff\u212b", null, null)));
    }

    @Test
    void refuseWhatCannotBeStoredBeforeAnyStatement() {
        statements().seen.clear();

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
        assertThat(statements().seen).isEmpty();
    }
}
