package dev.mooring.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.Databases;
import dev.mooring.auth.AuthDatabase.Engine;
import dev.mooring.auth.hashers.DjangoHashers;
import dev.mooring.auth.hashers.PasswordHasher;
import dev.mooring.auth.hashers.PasswordHashers;
import dev.mooring.auth.hashers.RecordingHasher;
import dev.mooring.migrations.MigrationExecutor;
import dev.mooring.migrations.MigrationListener;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("While a password is hashed")
class HashingHoldsNoConnectionTest {

    private final List<Integer> leased = new ArrayList<>();

    @ParameterizedTest
    @EnumSource
    @DisplayName(
            "no connection is held: at a login, a failed one, an upgrade, when a user is created or gets a password")
    void noneIsHeld(Engine engine) {
        try (AuthDatabase database = AuthDatabase.create(engine)) {
            Databases databases = database.databases();
            new MigrationExecutor(databases, "default", AuthMigrations.all()).migrate(MigrationListener.none());
            Users users = Users.of(databases, "default", PasswordHashers.of(watching(databases)));
            Authenticator authenticator = Authenticator.of(users);

            User alice = users.createUser("alice", null, "correct horse");
            users.setPassword(alice, "correct horse");
            assertThat(authenticator.authenticate(null, "alice", "correct horse"))
                    .contains(alice);
            assertThat(authenticator.authenticate(null, "alice", "wrong")).isEmpty();
            assertThat(authenticator.authenticate(null, "nobody", "wrong")).isEmpty();
            String weaker = DjangoHashers.pbkdf2Sha256(3).encode("correct horse".getBytes(StandardCharsets.UTF_8), "s");
            databases.execute("UPDATE auth_user SET password = %s", weaker);
            assertThat(authenticator.authenticate(null, "alice", "correct horse"))
                    .contains(alice);
            databases.unitOfWork().close();

            assertThat(leased).hasSize(7).containsOnly(0);

            leased.clear();
            databases.atomic(() -> authenticator.authenticate(null, "alice", "wrong"));
            assertThat(leased).as("inside atomic, which holds one").containsExactly(1);
            assertThat(users.update(alice, Map.of("is_active", false)).isActive())
                    .isFalse();
        }
    }

    /** {@return a hasher that records how many connections are leased whenever a hash is computed} */
    private PasswordHasher watching(Databases databases) {
        return new RecordingHasher(
                DjangoHashers.pbkdf2Sha256(10),
                call -> leased.add(databases.using("default").counts().leased()));
    }
}
