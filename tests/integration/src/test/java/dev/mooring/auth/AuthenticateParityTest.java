package dev.mooring.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mooring.auth.AuthDatabase.Engine;
import dev.mooring.auth.hashers.DjangoHashers;
import dev.mooring.auth.hashers.PasswordHashers;
import dev.mooring.auth.sessions.Session;
import dev.mooring.auth.sessions.SessionStore;
import dev.mooring.auth.signing.SecretKeys;
import dev.mooring.error.DatabaseException;
import dev.mooring.parity.Django;
import dev.mooring.parity.EveryEngine;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.assertj.core.api.Assertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.EnumSource;

/** Django's tests of logging in. */
@EveryEngine
@EnumSource(Engine.class)
class AuthenticateParityTest extends AuthParityContract {

    private static final SecretKeys KEYS = SecretKeys.of("test-secret-key");

    private final List<String> failures = new ArrayList<>();
    private final AuthenticationListener listener = new AuthenticationListener() {
        @Override
        public void loginFailed(Credentials credentials, @Nullable Object request) {
            failures.add(credentials.get("username") + " " + credentials.get("password"));
        }
    };

    private static final AuthenticationBackend REFUSING = (request, credentials) -> {
        throw new PermissionDeniedException("refused");
    };

    @Test
    @Django("AB-12")
    void takesOneHashForEverybody() {
        users().createUser("test", null, "test");
        database.statements();
        for (String name : List.of("test", "no_such_user")) {
            hashes.clear();
            assertThat(Authenticator.of(users()).authenticate(null, name, "wrong"))
                    .isEmpty();
            assertThat(hashes).hasSize(1);
            assertThat(database.statements()).containsExactly("SELECT");
        }
    }

    @Test
    @Django("AB-13")
    void costsNothingWithoutCredentials() {
        for (Credentials missing : List.of(
                Credentials.of("test", null),
                Credentials.of(null, "test"),
                Credentials.of(null, null),
                Credentials.of(Map.of("other", "x")))) {
            assertThat(Authenticator.of(users()).authenticate(null, missing)).isEmpty();
        }
        assertThat(hashes).isEmpty();
        assertThat(database.statements()).isEmpty();
    }

    @Test
    @Django("AB-14")
    void refusesInactiveUsers() {
        Users users = users();
        User user = users.createUser("test", null, "test");
        assertThat(Authenticator.of(users).authenticate(null, "test", "test")).contains(user);

        users.update(user, Map.of("is_active", false));

        assertThat(Authenticator.of(users).authenticate(null, "test", "test")).isEmpty();
    }

    @Test
    @Django("AB-15")
    void takesUsersOfATableWithoutTheFlag() {
        User user = uuidUsers().createUser("test", null, "test");

        assertThat(user.isActive()).isTrue();
        assertThat(Authenticator.of(uuidUsers()).authenticate(null, "test", "test"))
                .contains(user);
    }

    @Test
    @Django("AB-16")
    void takesTheNamesOwnColumnAsKeyword() {
        User user = emailUser("Test@Example.com");
        Authenticator byEmail = Authenticator.of(emailUsers());

        assertThat(user.username()).isEqualTo("Test@example.com").isEqualTo(user.email());
        assertThat(byEmail.authenticate(null, Credentials.of(Map.of("email", "Test@example.com", "password", "test"))))
                .contains(user);
        assertThat(byEmail.authenticate(null, "Test@example.com", "test")).contains(user);
        assertThat(byEmail.authenticate(null, "Test@example.com", "wrong")).isEmpty();
    }

    @Test
    @Django("AB-17")
    void keepsKeysThatAreNoNumbers() {
        Users users = uuidUsers();
        User user = users.createUser("uuid", null, "test");
        Session session = SessionStore.of(databases, KEYS).create();
        Logins logins = Logins.of(Authenticator.of(users), users, KEYS);

        logins.login(session, user, null);

        assertThat(user.id()).isInstanceOf(UUID.class);
        assertThat(session.get("_auth_user_id")).isEqualTo(user.id().toString());
        assertThat(logins.getUser(session)).contains(user);
        assertThat(users.reload(user).flatMap(User::lastLogin)).isPresent();
        for (String id : List.of(
                "", "1", "' OR 1=1", "\0", "1-1-1-1-1", UUID.randomUUID().toString())) {
            assertThat(users.findByIdText(id)).isEmpty();
        }
    }

    @Test
    @Django({"AB-29", "AB-36"})
    void endsWithARefusal() {
        users().createUser("test", null, "test");
        Authenticator authenticator = Authenticator.builder()
                .backend(REFUSING)
                .backend(new ModelBackend(users()))
                .listener(listener)
                .build();

        assertThat(authenticator.authenticate(null, "test", "test")).isEmpty();
        assertThat(failures).containsExactly("test ********************");
    }

    @Test
    @Django("AB-30")
    void doesNotReachARefusalBehindSuccess() {
        User user = users().createUser("test", null, "test");

        assertThat(authenticator(new ModelBackend(users()), REFUSING).authenticate(null, "test", "test"))
                .contains(user);
    }

    @Test
    @Django("AB-33")
    void endsASessionWhoseBackendIsGone() {
        Users users = users();
        User user = users.createUser("test", null, "test");
        Session session = SessionStore.of(databases, KEYS).create();
        Logins.of(authenticator(new AllowAllUsersModelBackend(users)), users, KEYS)
                .login(session, user, null);

        assertThat(Logins.of(Authenticator.of(users), users, KEYS).getUser(session))
                .isEmpty();
        assertThat(session.get("_auth_user_id")).isNotNull();
    }

    @Test
    @Django("AB-34")
    void letsErrorsOfABackendThrough() {
        AuthenticationBackend broken = (request, credentials) -> {
            throw new ClassCastException("a bug");
        };

        assertThatExceptionOfType(ClassCastException.class)
                .isThrownBy(() -> authenticator(broken).authenticate(null, "test", "test"));
    }

    @Test
    @Django(value = "AB-35", differs = "There is no page of local variables; what could be logged shows names alone")
    void showsNoSecretInAnyText() {
        Credentials credentials = Credentials.of("test", "mysecretpassword");
        User user = users().createUser("test", null, "mysecretpassword");

        assertThat(credentials.toString()).doesNotContain("mysecretpassword");
        assertThat(user.toString()).doesNotContain("md5");
        Throwable taken = Assertions.catchThrowable(
                () -> databases.atomic(() -> users().createUser("test", null, "mysecretpassword")));
        for (Throwable error = taken; error != null; error = error.getCause()) {
            assertThat(String.valueOf(error.getMessage())).doesNotContain("mysecretpassword", "md5$");
        }
    }

    @Test
    @Django("AB-37")
    void skipsBackendsForOtherCredentials() {
        Users users = users();
        User user = users.createUser("test", null, "test");

        assertThat(authenticator(new RemoteUserBackend(users), new ModelBackend(users))
                        .authenticate(null, "test", "test")
                        .flatMap(User::backend))
                .contains("django.contrib.auth.backends.ModelBackend");
        assertThat(authenticator(new RemoteUserBackend(users), new ModelBackend(users))
                        .authenticate(null, Credentials.of(Map.of("remote_user", "test"))))
                .contains(user);
    }

    @Test
    @Django("AB-39")
    void showsAWrongTable() {
        Users wrong = Users.of(
                databases,
                "default",
                PasswordHashers.of(DjangoHashers.md5()),
                UserModel.builder("no_such_table").build());

        assertThatExceptionOfType(DatabaseException.class)
                .isThrownBy(() -> new ModelBackend(wrong).getUser("1"))
                .withMessageContaining("no_such_table");
    }

    @Test
    @Django({"AB-40", "AB-41", "AB-44"})
    void writesDownTheBackendsName() {
        Users users = users();
        User user = users.createUser("test", null, "test");
        AuthenticationBackend named = new AuthenticationBackend() {
            @Override
            public String name() {
                return "app.backends.Custom";
            }

            @Override
            public Optional<User> authenticate(@Nullable Object request, Credentials credentials) {
                return Optional.of(user);
            }
        };
        SessionStore store = SessionStore.of(databases, KEYS);
        Session session = store.create();
        Logins only = Logins.of(authenticator(named), users, KEYS);

        only.login(session, user, null);
        assertThat(session.get("_auth_user_backend")).isEqualTo("app.backends.Custom");

        Session explicit = store.create();
        Logins both = Logins.of(authenticator(named, new ModelBackend(users)), users, KEYS);
        both.login(explicit, user, "django.contrib.auth.backends.ModelBackend", null);
        assertThat(explicit.get("_auth_user_backend")).isEqualTo("django.contrib.auth.backends.ModelBackend");
    }

    @Test
    @Django("AB-42")
    void wantsToKnowWhichOfSeveralBackends() {
        Users users = users();
        User user = users.createUser("test", null, "test");
        Logins both =
                Logins.of(authenticator(new ModelBackend(users), new AllowAllUsersModelBackend(users)), users, KEYS);
        Session session = SessionStore.of(databases, KEYS).create();

        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> both.login(session, user, null))
                .withMessageContaining("2 authentication backends");
    }

    @Test
    @Django({"AB-45", "AB-46"})
    void letsEverybodyInIfTold() {
        Users users = users();
        User user = users.update(users.createUser("test", null, "test"), Map.of("is_active", false));
        Authenticator all = authenticator(new AllowAllUsersModelBackend(users));
        Session session = SessionStore.of(databases, KEYS).create();
        Logins logins = Logins.of(all, users, KEYS);

        User found = all.authenticate(null, "test", "test").orElseThrow();
        logins.login(session, found, null);

        assertThat(found).isEqualTo(user);
        assertThat(logins.getUser(session)).contains(user);
        assertThat(all.allPermissions(found, null)).isEmpty();
    }
}
