package dev.mooring.auth;

import static java.nio.charset.StandardCharsets.UTF_8;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** AB-12 to AB-14 of Django's own tests and HS-33. */
class ModelBackendTest {

    private static final int ITERATIONS = 20;

    private AuthDatabase database;
    private Users users;
    private Authenticator authenticator;
    /** What the hasher was asked for. */
    private final List<String> hashes = new ArrayList<>();

    private final PasswordHasher hasher = new RecordingHasher(DjangoHashers.pbkdf2Sha256(ITERATIONS), hashes::add);

    @AfterEach
    void close() {
        database.close();
    }

    @ParameterizedTest
    @EnumSource
    void authenticatesWithOneSelectAndOneHash(Engine engine) {
        open(engine);
        User alice = users.createUser("alice", null, "correct horse");
        forget();

        assertThat(authenticator.authenticate(null, "alice", "correct horse")).contains(alice);
        assertThat(hashes).containsExactly("verify");
        assertThat(database.statements()).containsExactly("SELECT");
        assertThat(authenticator.authenticate(null, "alice", "correct horse").flatMap(User::backend))
                .contains("django.contrib.auth.backends.ModelBackend");
    }

    @ParameterizedTest
    @EnumSource
    void refusesEveryoneElseWithOneSelectAndOneHash(Engine engine) {
        open(engine);
        users.createUser("alice", null, "correct horse");
        users.createUser("unusable", null, null);
        users.createUser("inactive", null, "correct horse");
        users.createUser("inactive and outdated", null, "correct horse");
        users.createUser("malformed", null, "correct horse");
        users.createUser("md5", null, "correct horse");
        execute("UPDATE auth_user SET is_active = %s WHERE username LIKE %s", false, "inactive%");
        store(
                "inactive and outdated",
                DjangoHashers.pbkdf2Sha256(7).encode("correct horse".getBytes(UTF_8), "seasalt"));
        store("malformed", "pbkdf2_sha256$2147483648$seasalt$hash");
        store("md5", "md5$seasalt$b614725f4cc025a51ab6a354d12890ab");

        assertRefused("alice", "wrong");
        assertRefused("alice", "correct horse\0");
        assertRefused("alice", "x".repeat(10 << 20));
        assertRefused("nobody", "correct horse");
        assertRefused("' OR 1=1 --", "correct horse");
        assertRefused("%s", "correct horse");
        assertRefused("unusable", "correct horse");
        assertRefused("inactive", "correct horse");
        assertRefused("inactive", "wrong");
        assertRefused("inactive and outdated", "correct horse");
        assertRefused("inactive and outdated", "wrong");
        assertRefused("malformed", "correct horse");
        assertRefused("md5", "correct horse");
    }

    @ParameterizedTest
    @EnumSource
    void makesUpForAWeakerHashAfterAWrongPassword(Engine engine) {
        open(engine);
        users.createUser("alice", null, null);
        store("alice", DjangoHashers.pbkdf2Sha256(7).encode("correct horse".getBytes(UTF_8), "seasalt"));
        forget();

        assertThat(authenticator.authenticate(null, "alice", "wrong")).isEmpty();
        assertThat(hashes).containsExactly("verify", "harden");
        assertThat(database.statements()).containsExactly("SELECT");
    }

    @ParameterizedTest
    @EnumSource
    void replacesAWeakerHashAfterTheRightPassword(Engine engine) {
        open(engine);
        User alice = users.createSuperuser("alice", "a@b.c", "correct horse");
        String other = stored("alice");
        users.createUser("bob", null, null);
        store("alice", DjangoHashers.pbkdf2Sha256(7).encode("correct horse".getBytes(UTF_8), "seasalt"));
        store("bob", other);
        forget();

        assertThat(authenticator.authenticate(null, "alice", "correct horse")).contains(alice);
        assertThat(hashes).containsExactly("verify", "encode 13");
        assertThat(database.statements()).containsExactly("SELECT", "UPDATE");
        assertThat(stored("alice")).matches("pbkdf2_sha256\\$20\\$[a-zA-Z0-9]{22}\\$.{44}");
        assertThat(stored("bob")).isEqualTo(other);
        forget();

        assertThat(authenticator.authenticate(null, "alice", "correct horse").map(User::isSuperuser))
                .contains(true);
        assertThat(database.statements()).containsExactly("SELECT");
    }

    @ParameterizedTest
    @EnumSource
    void keepsAStrongerHash(Engine engine) {
        open(engine);
        User alice = users.createUser("alice", null, null);
        String stronger = DjangoHashers.pbkdf2Sha256(21).encode("correct horse".getBytes(UTF_8), "s".repeat(22));
        store("alice", stronger);
        forget();

        assertThat(authenticator.authenticate(null, "alice", "correct horse")).contains(alice);
        assertThat(stored("alice")).isEqualTo(stronger);
        assertThat(database.statements()).containsExactly("SELECT", "SELECT");
    }

    @ParameterizedTest
    @EnumSource
    void keepsAPasswordThatWasChangedMeanwhile(Engine engine) {
        open(engine);
        users.createUser("alice", null, null);
        store("alice", DjangoHashers.pbkdf2Sha256(7).encode("correct horse".getBytes(UTF_8), "seasalt"));
        var before = users.findByUsername("alice");
        String changed = hasher.encode("battery staple".getBytes(UTF_8), "s".repeat(22));
        store("alice", changed);

        assertThat(users.checkPassword(before, "correct horse")).isTrue();
        assertThat(stored("alice")).isEqualTo(changed);
    }

    @ParameterizedTest
    @EnumSource
    void asksNothingIfACredentialIsMissing(Engine engine) {
        open(engine);

        assertThat(authenticator.authenticate(null, "alice", null)).isEmpty();
        assertThat(authenticator.authenticate(null, null, "correct horse")).isEmpty();
        assertThat(authenticator.authenticate(null, null, null)).isEmpty();
        assertThat(hashes).isEmpty();
        assertThat(database.statements()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void spendsOneHashAndNoStatementOnANameThatNoRowCanHave(Engine engine) {
        open(engine);

        for (String name : new String[] {"a".repeat(1 << 20), "a\0", "\ud800", "a" + "\u0301".repeat(400_000)}) {
            hashes.clear();
            assertThat(authenticator.authenticate(null, name, "correct horse")).isEmpty();
            assertThat(hashes).hasSize(1);
        }
        assertThat(database.statements()).isEmpty();
    }

    private void open(Engine engine) {
        database = AuthDatabase.create(engine);
        new MigrationExecutor(database.databases(), "default", AuthMigrations.all()).migrate(MigrationListener.none());
        users = Users.of(database.databases(), "default", PasswordHashers.of(hasher));
        authenticator = Authenticator.of(users);
        forget();
    }

    private void assertRefused(String username, String password) {
        forget();
        assertThat(authenticator.authenticate(null, username, password))
                .as(username)
                .isEmpty();
        assertThat(hashes).as("hashes for %s", username).hasSize(1);
        assertThat(database.statements()).as("statements for %s", username).containsExactly("SELECT");
    }

    private void forget() {
        hashes.clear();
        database.statements();
    }

    private String stored(String username) {
        return users.findByUsername(username).orElseThrow().encodedPassword();
    }

    private void store(String username, String encoded) {
        execute("UPDATE auth_user SET password = %s WHERE username = %s", encoded, username);
    }

    private void execute(String sql, Object... parameters) {
        assertThat(database.databases().execute(sql, parameters)).isPositive();
    }
}
