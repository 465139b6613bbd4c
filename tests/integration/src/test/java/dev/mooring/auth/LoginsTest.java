package dev.mooring.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.mooring.auth.hashers.DjangoHashers;
import dev.mooring.auth.hashers.PasswordHashers;
import dev.mooring.auth.sessions.Session;
import dev.mooring.auth.sessions.SessionStore;
import dev.mooring.auth.sessions.SharedDatabase;
import dev.mooring.auth.sessions.SharedDatabase.Engine;
import dev.mooring.auth.signing.SecretKeys;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("A session remembers who logged in, as Django's does")
class LoginsTest {

    private static final String MODEL_BACKEND = "django.contrib.auth.backends.ModelBackend";
    private static final SecretKeys KEYS = SecretKeys.of("test-secret-key");
    /** A hash and what Django makes of it with that key. */
    private static final String PASSWORD = "md5$seasalt$f5531bef9f3687d0ccf0f617f0e25573";

    private static final String HASH = "a17cb7bb9545b4844a8229dcad5f2a3802c6de494c72577eec103b8a221ad203";

    private final List<String> told = new ArrayList<>();
    private final AuthenticationListener listener = new AuthenticationListener() {
        @Override
        public void loggedIn(User user, @Nullable Object request) {
            told.add(user.username() + " in " + request);
        }

        @Override
        public void loggedOut(@Nullable User user, @Nullable Object request) {
            told.add((user == null ? "nobody" : user.username()) + " out " + request);
        }
    };

    private SharedDatabase database;
    private SessionStore store;
    private Users users;
    private Logins logins;
    private User alice;
    private User bob;

    private void open(Engine engine) {
        database = SharedDatabase.create(engine);
        store = SessionStore.of(database.databases(), KEYS);
        users = Users.of(database.databases());
        logins = logins(KEYS);
        users.createUser("alice", null, null);
        users.createUser("bob", null, null);
        setPassword("alice", PASSWORD);
        alice = users.findByUsername("alice").orElseThrow();
        bob = users.findByUsername("bob").orElseThrow();
    }

    private Logins logins(SecretKeys keys) {
        Authenticator authenticator = Authenticator.builder()
                .backend(new ModelBackend(users))
                .listener(listener)
                .build();
        return Logins.of(authenticator, users, keys);
    }

    @AfterEach
    void close() {
        if (database != null) {
            database.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void storesWhatDjangoStores(Engine engine) {
        open(engine);
        Session session = store.create();
        session.put("basket", 1);

        User loggedIn = logins.login(session, alice, "a request");
        session.save();

        assertThat(loggedIn).isEqualTo(alice);
        assertThat(loggedIn.backend()).contains(MODEL_BACKEND);
        Session read = reopened(session);
        assertThat(read.names())
                .containsExactlyInAnyOrder("basket", "_auth_user_id", "_auth_user_backend", "_auth_user_hash");
        assertThat(read.get("_auth_user_id")).isEqualTo(alice.idText());
        assertThat(read.get("_auth_user_backend")).isEqualTo(MODEL_BACKEND);
        assertThat(read.get("_auth_user_hash")).isEqualTo(HASH);
        assertThat(logins.getUser(read)).contains(alice);
        assertThat(logins.getUser(read).orElseThrow().lastLogin()).isPresent();
        assertThat(told).containsExactly("alice in a request");
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("Whoever knew the session's key before the login knows nothing afterwards")
    void cyclesTheKey(Engine engine) {
        open(engine);
        Session session = store.create();
        session.put("basket", 1);
        session.save();
        String before = session.key().orElseThrow();

        logins.login(session, alice, null);
        session.save();

        assertThat(session.key().orElseThrow()).isNotEqualTo(before);
        assertThat(store.open(before).names()).isEmpty();
        assertThat(session.get("basket")).isEqualTo(1L);
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("The same user keeps the session; another one, or one with another password, gets an empty one")
    void emptiesTheSessionOfAnotherUser(Engine engine) {
        open(engine);
        Session session = loggedIn(alice);
        String key = session.key().orElseThrow();
        session.put("basket", 1);

        logins.login(session, alice, null);
        assertThat(session.key()).contains(key);
        assertThat(session.get("basket")).isEqualTo(1L);

        logins.login(session, bob, null);
        session.save();
        assertThat(session.contains("basket")).isFalse();
        assertThat(session.key().orElseThrow()).isNotEqualTo(key);
        assertThat(logins.getUser(session)).contains(bob);
        assertThat(store.open(key).names()).isEmpty();

        session.put("basket", 2);
        setPassword("bob", PASSWORD);
        logins.login(session, users.findByUsername("bob").orElseThrow(), null);
        assertThat(session.contains("basket")).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void logsOut(Engine engine) {
        open(engine);
        Session session = loggedIn(alice);
        String key = session.key().orElseThrow();
        told.clear();

        logins.logout(session, "a request");
        assertThat(session.isEmpty()).isTrue();
        assertThat(logins.getUser(session)).isEmpty();
        assertThat(logins.getUser(store.open(key)))
                .as("replay of the old cookie")
                .isEmpty();
        logins.logout(session, null);

        assertThat(told).containsExactly("alice out a request", "nobody out null");
    }

    @ParameterizedTest
    @EnumSource
    void endsWhenThePasswordIsChanged(Engine engine) {
        open(engine);
        Session here = loggedIn(alice);
        Session elsewhere = loggedIn(alice);
        String key = here.key().orElseThrow();
        setPassword("alice", "pbkdf2_sha256$1$salt$hash");

        logins.updateSessionAuthHash(here, users.findByUsername("alice").orElseThrow());
        here.save();

        assertThat(here.key().orElseThrow()).isNotEqualTo(key);
        assertThat(logins.getUser(reopened(here))).contains(alice);
        Session ended = reopened(elsewhere);
        assertThat(logins.getUser(ended)).isEmpty();
        assertThat(ended.isEmpty()).isTrue();
        assertThat(store.open(elsewhere.key().orElseThrow()).names()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("A login that replaces an outdated hash remembers the new one, and is not ended by its own doing")
    void survivesARehash(Engine engine) {
        open(engine);
        Users weak = Users.of(database.databases(), "default", PasswordHashers.of(DjangoHashers.pbkdf2Sha256(7)));
        Users strong = Users.of(database.databases(), "default", PasswordHashers.of(DjangoHashers.pbkdf2Sha256(20)));
        weak.createUser("carol", null, "correct horse");
        Session session = store.create();

        logins.login(
                session,
                Authenticator.of(strong)
                        .authenticate(null, "carol", "correct horse")
                        .orElseThrow(),
                null);

        assertThat(logins.getUser(session).map(User::username)).contains("carol");
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("Changing another user's password does not make this session theirs")
    void changesNoHashForAnother(Engine engine) {
        open(engine);
        Session session = loggedIn(alice);

        logins.updateSessionAuthHash(session, bob);

        assertThat(logins.getUser(session)).contains(alice);
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("A replaced secret key does not log out: the session goes on under a new key")
    void survivesANewSecretKey(Engine engine) {
        open(engine);
        Session session = loggedIn(alice);
        SecretKeys rotated = SecretKeys.of("new", "test-secret-key");
        Session read = SessionStore.of(database.databases(), rotated)
                .open(session.key().orElseThrow());

        assertThat(logins(rotated).getUser(read)).contains(alice);
        read.save();

        assertThat(read.key()).isNotEqualTo(session.key());
        SecretKeys later = SecretKeys.of("new");
        Session without =
                SessionStore.of(database.databases(), later).open(read.key().orElseThrow());
        assertThat(logins(later).getUser(without)).contains(alice);
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("Nobody is logged in by a session that names an unknown backend, user or hash")
    void findsNobody(Engine engine) {
        open(engine);
        assertNobody(null, MODEL_BACKEND, HASH, true);
        assertNobody(alice.idText(), null, HASH, true);
        assertNobody(alice.idText(), "some.other.Backend", HASH, true);
        assertNobody("0", MODEL_BACKEND, HASH, true);
        assertNobody("999999999999999999", MODEL_BACKEND, HASH, true);
        assertNobody("9".repeat(100_000), MODEL_BACKEND, HASH, true);
        assertNobody("1 OR 1=1", MODEL_BACKEND, HASH, true);
        assertNobody("\0", MODEL_BACKEND, HASH, true);
        assertNobody("\ud800", MODEL_BACKEND, HASH, true);
        assertNobody(List.of(1), MODEL_BACKEND, HASH, true);
        assertNobody(alice.idText(), MODEL_BACKEND, null, false);
        assertNobody(alice.idText(), MODEL_BACKEND, "", false);
        assertNobody(alice.idText(), MODEL_BACKEND, HASH.replace('a', 'b'), false);
        assertNobody(bob.idText(), MODEL_BACKEND, HASH, false);
        database.databases().execute("UPDATE auth_user SET is_active = %s", false);
        assertNobody(alice.idText(), MODEL_BACKEND, HASH, true);
    }

    @ParameterizedTest
    @EnumSource
    void wantsToKnowTheBackendIfThereAreSeveral(Engine engine) {
        open(engine);
        AuthenticationBackend other = (request, credentials) -> java.util.Optional.empty();
        Authenticator two = Authenticator.builder()
                .backend(new ModelBackend(users))
                .backend(other)
                .build();
        Logins several = Logins.of(two, users, KEYS);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> several.login(store.create(), alice, null))
                .withMessageContaining("2 authentication backends");
        Session session = store.create();
        several.login(session, alice, MODEL_BACKEND, null);
        assertThat(several.getUser(session)).contains(alice);
    }

    private void assertNobody(@Nullable Object id, @Nullable Object backend, @Nullable Object hash, boolean kept) {
        Session session = store.create();
        session.put("_auth_user_id", id);
        session.put("_auth_user_backend", backend);
        session.put("_auth_user_hash", hash);
        session.save();
        Session read = reopened(session);

        assertThat(logins.getUser(read)).isEmpty();
        assertThat(read.key().isPresent()).as("the session is kept").isEqualTo(kept);
    }

    private Session loggedIn(User user) {
        Session session = store.create();
        logins.login(session, user, null);
        session.save();
        return session;
    }

    private Session reopened(Session session) {
        return store.open(session.key().orElseThrow());
    }

    private void setPassword(String username, String encoded) {
        database.databases().execute("UPDATE auth_user SET password = %s WHERE username = %s", encoded, username);
    }
}
