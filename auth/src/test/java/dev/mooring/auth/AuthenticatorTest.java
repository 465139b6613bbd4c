package dev.mooring.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mooring.error.ImproperlyConfiguredException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** AB-26, AB-29, AB-30, AB-34, AB-35, AB-37 of Django's own tests. */
class AuthenticatorTest {

    private static final Credentials CREDENTIALS = Credentials.of("alice", "hunter2");

    private static final User.Profile PROFILE = new User.Profile("", "", "", true, false, false, null, null);

    private final List<String> events = new ArrayList<>();

    private final AuthenticationListener listener = new AuthenticationListener() {
        @Override
        public void loginFailed(Credentials credentials, Object request) {
            events.add("failed " + credentials.get("username") + " " + credentials.get("password") + " " + request);
        }
    };

    @Test
    void needsABackend() {
        assertThatExceptionOfType(ImproperlyConfiguredException.class)
                .isThrownBy(() -> Authenticator.builder().build())
                .withMessage(
                        "No authentication backend was added, so nobody could log in; add one, such as ModelBackend");
    }

    @Test
    void asksInOrderUntilOneKnowsTheUser() {
        Optional<User> user = authenticator(
                        backend("first", Optional::empty),
                        backend("second", () -> Optional.of(user(2))),
                        backend("third", () -> Optional.of(user(3))))
                .authenticate("request", CREDENTIALS);

        assertThat(user).contains(user(2));
        assertThat(user.flatMap(User::backend)).contains("second");
        assertThat(events).containsExactly("first", "second");
    }

    @Test
    void tellsTheListenersThatNobodyWasFoundAndHidesThePassword() {
        assertThat(authenticator(backend("only", Optional::empty)).authenticate("request", "alice", "hunter2"))
                .isEmpty();
        assertThat(events).containsExactly("only", "failed alice ******************** request");
    }

    @Test
    void asksNobodyAfterARefusal() {
        Optional<User> user = authenticator(refusing(), backend("second", () -> Optional.of(user(2))))
                .authenticate("request", CREDENTIALS);

        assertThat(user).isEmpty();
        assertThat(events).containsExactly("refusing", "failed alice ******************** request");
    }

    @Test
    void neverReachesARefusalBehindTheOneThatKnowsTheUser() {
        Optional<User> user = authenticator(backend("first", () -> Optional.of(user(1))), refusing())
                .authenticate(null, CREDENTIALS);

        assertThat(user).contains(user(1));
        assertThat(events).containsExactly("first");
    }

    @Test
    void skipsABackendThatTakesOtherCredentials() {
        AuthenticationBackend tokens = new AuthenticationBackend() {
            @Override
            public boolean supports(Credentials credentials) {
                return credentials.get("token") != null;
            }

            @Override
            public Optional<User> authenticate(Object request, Credentials credentials) {
                return Optional.of(user(7));
            }
        };
        Authenticator authenticator = authenticator(tokens, backend("second", () -> Optional.of(user(2))));

        assertThat(authenticator.authenticate(null, CREDENTIALS)).contains(user(2));
        assertThat(authenticator.authenticate(null, Credentials.of(Map.of("token", "t"))))
                .contains(user(7));
    }

    @Test
    void letsAnyOtherErrorThrough() {
        Authenticator authenticator = authenticator(backend("broken", () -> {
            throw new ClassCastException("a bug in the backend");
        }));

        assertThatExceptionOfType(ClassCastException.class)
                .isThrownBy(() -> authenticator.authenticate(null, CREDENTIALS))
                .withMessage("a bug in the backend");
        assertThat(events).containsExactly("broken");
    }

    @Test
    void findsUsersThatKeepTheirTextOnOneLine() {
        User user = new User(9L, "eve\n\u2028\u202e\0x", "secret hash", PROFILE, null);

        assertThat(user).hasToString("User[id=9, username=eve????x]");
    }

    private Authenticator authenticator(AuthenticationBackend... backends) {
        Authenticator.Builder builder = Authenticator.builder().listener(listener);
        for (AuthenticationBackend backend : backends) {
            builder.backend(backend);
        }
        return builder.build();
    }

    private AuthenticationBackend refusing() {
        return backend("refusing", () -> {
            throw new PermissionDeniedException("not you");
        });
    }

    private AuthenticationBackend backend(String name, Supplier<Optional<User>> answer) {
        return new AuthenticationBackend() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public Optional<User> authenticate(Object request, Credentials credentials) {
                events.add(name);
                return answer.get();
            }
        };
    }

    private static User user(long id) {
        return new User(id, "alice", "secret hash", PROFILE, null);
    }
}
