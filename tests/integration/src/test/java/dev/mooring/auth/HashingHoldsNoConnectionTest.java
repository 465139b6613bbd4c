package dev.mooring.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.Databases;
import dev.mooring.UnitOfWork;
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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
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

    @ParameterizedTest
    @EnumSource
    @DisplayName(
            "by 20 logins at once, with room for fewer hashes than that, the database's only connection is free for others")
    void theOnlyConnectionIsFree(Engine engine) throws Exception {
        int logins = 20;
        int hashing = 5;
        try (AuthDatabase database = AuthDatabase.create(engine, builder -> builder.maxConnections(1))) {
            Databases databases = database.databases();
            new MigrationExecutor(databases, "default", AuthMigrations.all()).migrate(MigrationListener.none());
            PasswordHasher cheap = DjangoHashers.pbkdf2Sha256(10);
            Users.of(databases, "default", PasswordHashers.of(cheap)).createUser("alice", null, "correct horse");
            CountDownLatch inside = new CountDownLatch(hashing);
            CountDownLatch goOn = new CountDownLatch(1);
            PasswordHasher waiting = new RecordingHasher(cheap, call -> {
                inside.countDown();
                await(goOn);
            });
            Authenticator authenticator = Authenticator.of(
                    Users.of(databases, "default", PasswordHashers.of(waiting).withMaxConcurrentHashes(hashing)));
            ExecutorService threads = Executors.newFixedThreadPool(logins);
            try {
                List<Future<Boolean>> results = new ArrayList<>();
                for (int i = 0; i < logins; i++) {
                    results.add(threads.submit(() -> isAuthenticated(databases, authenticator)));
                }
                assertThat(inside.await(1, TimeUnit.MINUTES))
                        .as("connections for %s logins", hashing)
                        .isTrue();

                assertThat(databases.query("SELECT username FROM auth_user")).hasSize(1);
                goOn.countDown();
                for (Future<Boolean> result : results) {
                    assertThat(result.get()).isTrue();
                }
            } finally {
                goOn.countDown();
                threads.shutdown();
            }
        }
    }

    private static boolean isAuthenticated(Databases databases, Authenticator authenticator) {
        try (UnitOfWork unit = databases.unitOfWork()) {
            return authenticator.authenticate(null, "alice", "correct horse").isPresent();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** {@return a hasher that records how many connections are leased whenever a hash is computed} */
    private PasswordHasher watching(Databases databases) {
        return new RecordingHasher(
                DjangoHashers.pbkdf2Sha256(10),
                call -> leased.add(databases.using("default").counts().leased()));
    }
}
