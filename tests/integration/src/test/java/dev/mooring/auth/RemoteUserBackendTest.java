package dev.mooring.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.auth.AuthDatabase.Engine;
import dev.mooring.auth.hashers.PasswordHashers;
import dev.mooring.migrations.MigrationExecutor;
import dev.mooring.migrations.MigrationListener;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("A user whom a proxy has verified")
class RemoteUserBackendTest {

    private AuthDatabase database;
    private Users users;

    private void open(Engine engine) {
        database = AuthDatabase.create(engine);
        new MigrationExecutor(database.databases(), "default", AuthMigrations.all()).migrate(MigrationListener.none());
        users = Users.of(database.databases());
    }

    @AfterEach
    void close() {
        if (database != null) {
            database.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("is created if unknown, with a password that nothing matches, and found from then on")
    void isCreated(Engine engine) {
        open(engine);
        RemoteUserBackend backend = new RemoteUserBackend(users);

        User created = ask(backend, "alice").orElseThrow();
        assertThat(created.backend()).contains("django.contrib.auth.backends.RemoteUserBackend");
        assertThat(PasswordHashers.isUsable(created.encodedPassword())).isFalse();
        assertThat(ask(backend, "alice")).contains(created);
        assertThat(ask(backend, "")).isEmpty();
        assertThat(ask(backend, "a".repeat(151))).isEmpty();
        assertThat(ask(backend, "a\0")).isEmpty();
        assertThat(ask(backend.withoutCreating(), "bob")).isEmpty();
        assertThat(ask(backend.withoutCreating(), "alice")).contains(created);
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("may be named otherwise, is configured, and has to be active")
    void isCleanedAndConfigured(Engine engine) {
        open(engine);
        RemoteUserBackend backend = new RemoteUserBackend(users)
                .cleaning(name -> name.split("@", -1)[0].toLowerCase(Locale.ROOT))
                .configuring((request, user, created) ->
                        created ? users.update(user, Map.of("email", user.username() + "@" + request)) : user);

        User alice = ask(backend, "Alice@CORP").orElseThrow();
        assertThat(alice.username()).isEqualTo("alice");
        assertThat(alice.email()).isEqualTo("alice@the request");

        users.update(alice, Map.of("is_active", false));
        assertThat(ask(backend, "alice@CORP")).isEmpty();
        assertThat(ask(backend.allowingAllUsers(), "alice@CORP").flatMap(User::backend))
                .contains("django.contrib.auth.backends.AllowAllUsersRemoteUserBackend");
        assertThat(backend.getUser(alice.idText())).isEmpty();
        assertThat(backend.allowingAllUsers().getUser(alice.idText())).contains(alice);
    }

    private static Optional<User> ask(AuthenticationBackend backend, String name) {
        return Authenticator.builder()
                .backend(backend)
                .build()
                .authenticate("the request", Credentials.of(Map.of("remote_user", name)));
    }
}
