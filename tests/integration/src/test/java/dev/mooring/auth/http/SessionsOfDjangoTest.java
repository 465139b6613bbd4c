package dev.mooring.auth.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mooring.auth.User;
import dev.mooring.auth.Users;
import dev.mooring.auth.sessions.Session;
import dev.mooring.auth.sessions.SessionStore;
import dev.mooring.auth.sessions.SharedDatabase;
import dev.mooring.auth.sessions.SharedDatabase.Engine;
import dev.mooring.auth.signing.SecretKeys;
import dev.mooring.django.DjangoShell;
import dev.mooring.django.RealDjango;
import dev.mooring.error.ImproperlyConfiguredException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("The real Django and this library share one login: the same users, sessions and cookies")
class SessionsOfDjangoTest {

    private static final String PASSWORD = "correct horse";

    private RealDjango django;
    private SharedDatabase database;
    private DjangoShell shell;
    private JdkServer server;
    private SessionStore sessions;

    @BeforeEach
    void findDjango(TestInfo test) {
        django = RealDjango.require(test);
    }

    private void open(Engine engine) {
        database = SharedDatabase.create(engine);
        shell = database.shell(django);
        shell.run("""
                from django.contrib.auth.models import User
                from django.contrib.sessions.backends.db import SessionStore
                from django.test import Client

                def browser(sessionid=None, csrftoken=None):
                    client = Client(enforce_csrf_checks=True)
                    if sessionid:
                        client.cookies['sessionid'] = sessionid
                    if csrftoken:
                        client.cookies['csrftoken'] = csrftoken
                    return client

                def login(password):
                    client = browser()
                    token = client.get('/form').content.decode()
                    answer = client.post('/login', {'username': 'alice', 'password': password,
                                                    'csrfmiddlewaretoken': token})
                    return client.cookies['sessionid'].value if answer.status_code == 200 else answer.status_code

                def whoami(sessionid):
                    return browser(sessionid).get('/whoami').content.decode()

                User.objects.create_user('alice', 'alice@example.com', 'correct horse')
                """);
        server = new JdkServer(new Site(database.databases(), Users.of(database.databases())));
        sessions = SessionStore.of(database.databases(), SecretKeys.of(SharedDatabase.SECRET_KEY));
    }

    @AfterEach
    void close() {
        if (server != null) {
            server.close();
        }
        if (database != null) {
            database.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aSessionBegunInDjangoIsLoggedInHere(Engine engine) {
        open(engine);
        String cookie = shell.run("print(login('correct horse'))");

        assertThat(here(cookie).get("/whoami")).isEqualTo("alice");
        assertThat(shell.run("print(login('wrong'))")).isEqualTo("403");

        Browser browser = here(cookie);
        assertThat(browser.get("/logout")).isEqualTo("bye");
        assertThat(there(cookie)).as("logged out here, so there too").isEmpty();
        assertThat(here(cookie).get("/whoami")).isEqualTo("-");
    }

    @ParameterizedTest
    @EnumSource
    void aSessionBegunHereIsLoggedInAtDjango(Engine engine) {
        open(engine);
        Browser browser = new Browser(server.uri());
        assertThat(browser.login("alice", "wrong")).isEqualTo("refused");
        assertThat(browser.login("alice", PASSWORD)).isEqualTo("welcome");
        String cookie = browser.cookies.get("sessionid");

        assertThat(there(cookie)).isEqualTo("alice");
        assertThat(shell.run("print(User.objects.get().last_login is not None)"))
                .isEqualTo("True");

        shell.run("browser('" + cookie + "').get('/logout')");
        assertThat(browser.get("/whoami")).as("logged out there, so here too").isEqualTo("-");
        assertThat(there(cookie)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    @Tag("full")
    @DisplayName("Logins by turns through Django and here: no hash changes, no session is lost")
    void alternatingLoginsDisturbNothing(Engine engine) {
        open(engine);
        String hash = hash();
        List<String> cookies = new ArrayList<>();
        int turns = Boolean.getBoolean("mooring.full") ? 10 : 2;
        for (int i = 0; i < turns; i++) {
            cookies.add(shell.run("print(login('correct horse'))"));
            Browser browser = new Browser(server.uri());
            assertThat(browser.login("alice", PASSWORD)).isEqualTo("welcome");
            cookies.add(browser.cookies.get("sessionid"));
            assertThat(hash()).isEqualTo(hash);
        }

        assertThat(cookies).hasSize(2 * turns).doesNotHaveDuplicates();
        for (String cookie : cookies) {
            assertThat(here(cookie).get("/whoami")).isEqualTo("alice");
            assertThat(there(cookie)).isEqualTo("alice");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aChangedPasswordEndsTheSessionsOfBothSides(Engine engine) {
        open(engine);
        String before = shell.run("print(login('correct horse'))");
        shell.run("user = User.objects.get(); user.set_password('battery staple'); user.save()");
        assertThat(here(before).get("/whoami")).isEqualTo("-");
        assertThat(there(before)).isEmpty();

        String again = shell.run("print(login('battery staple'))");
        Users users = Users.of(database.databases());
        User changed = users.setPassword(users.findByUsername("alice").orElseThrow(), PASSWORD);
        assertThat(changed.username()).isEqualTo("alice");
        assertThat(there(again)).isEmpty();
        assertThat(here(again).get("/whoami")).isEqualTo("-");
        assertThat(there(shell.run("print(login('correct horse'))"))).isEqualTo("alice");
    }

    @ParameterizedTest
    @EnumSource
    void wrongSessionsAreRefusedByBoth(Engine engine) {
        open(engine);
        String cookie = shell.run("print(login('correct horse'))");
        String upper = cookie.toUpperCase(java.util.Locale.ROOT);
        // MariaDB compares texts without case, for Django too.
        boolean same = engine == Engine.MARIADB;
        assertThat(here(upper).get("/whoami")).isEqualTo(same ? "alice" : "-");
        assertThat(there(upper)).isEqualTo(same ? "alice" : "");
        for (String wrong : List.of(cookie.substring(1), cookie + "a", "a".repeat(32))) {
            assertThat(here(wrong).get("/whoami")).isEqualTo("-");
            assertThat(there(wrong)).isEmpty();
        }
        Session forged = SessionStore.of(database.databases(), SecretKeys.of("another key"))
                .create();
        forged.put("_auth_user_id", "1");
        forged.save();
        assertThat(there(forged.key().orElseThrow())).isEmpty();
        assertThat(here(forged.key().orElseThrow()).get("/whoami")).isEqualTo("-");
        database.databases()
                .execute(
                        "UPDATE django_session SET expire_date = %s",
                        Instant.now().minusSeconds(1));
        assertThat(here(cookie).get("/whoami")).isEqualTo("-");
        assertThat(there(cookie)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void everyValueCrossesInBothDirections(Engine engine) {
        open(engine);
        String value =
                "{'n': [1, -2.5, 2**70, None, True, [], {}], 'é\\u2028😀\\x7f': '\\ud800' * 100, 'x' * 20000: ''}";
        String key = shell.run(
                "s = SessionStore(); s['value'] = " + value + "; s.set_expiry(300); s.save(); print(s.session_key)");

        Session session = sessions.open(key);
        assertThat(session.get("value"))
                .isEqualTo(Map.of(
                        "n",
                        Arrays.asList(
                                1L,
                                -2.5,
                                new java.math.BigInteger("1180591620717411303424"),
                                null,
                                true,
                                List.of(),
                                Map.of()),
                        "é\u2028😀\u007f",
                        "\ud800".repeat(100),
                        "x".repeat(20_000),
                        ""));
        assertThat(session.expiryAge()).isEqualTo(Duration.ofMinutes(5));
        session.put("here", session.get("value"));
        session.expireAfter(Duration.ofSeconds(400));
        session.save();

        assertThat(shell.run("s = SessionStore('" + key + "'); print(s['here'] == s['value'] == " + value
                        + ", s.get_expiry_age(), s.model.objects.get().expire_date <= s.get_expiry_date())"))
                .isEqualTo("True 400 True");
        session.cycleKey();
        assertThat(shell.run("print(SessionStore('" + key + "').get('here'), SessionStore('"
                        + session.key().orElseThrow() + "').get('here') == " + value + ")"))
                .isEqualTo("None True");
        shell.run("SessionStore.get_model_class().objects.update(expire_date='2020-01-01T00:00:00Z')");
        assertThat(sessions.clearExpired()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("Sessions as Django wrote them before 3.1 are read, and written anew")
    void oldFormatsAreRead(Engine engine) {
        open(engine);
        String key = shell.run("""
                from django.test import override_settings
                with override_settings(DEFAULT_HASHING_ALGORITHM='sha1'):
                    cookie = login('correct horse')
                print(cookie)
                """);
        String stored = stored(key);
        assertThat(stored).doesNotContain(":");

        Browser browser = here(key);
        assertThat(browser.get("/whoami")).isEqualTo("alice");
        assertThat(stored(key)).isEqualTo(stored);
        browser.get("/remember?name=a&value=b");
        assertThat(stored(browser.cookies.get("sessionid"))).contains(":");
        assertThat(there(browser.cookies.get("sessionid"))).isEqualTo("alice");

        shell.run("SessionStore.get_model_class().objects.update(session_data='x' + '" + stored.substring(1) + "')");
        assertThat(sessions.open(key).names()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void picklesAreRefusedByName(Engine engine) {
        open(engine);
        String key = shell.run("""
                with override_settings(SESSION_SERIALIZER='django.contrib.sessions.serializers.PickleSerializer'):
                    s = SessionStore()
                    s['a'] = 1
                    s.save()
                print(s.session_key)
                """.replace("with", "from django.test import override_settings\nwith"));

        assertThatExceptionOfType(ImproperlyConfiguredException.class)
                .isThrownBy(() -> sessions.open(key).get("a"))
                .withMessageContaining("PickleSerializer");
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("A CSRF cookie and token of one side are taken by the other")
    void csrfTokensAreShared(Engine engine) {
        open(engine);
        String[] made = shell.run("client = browser(); token = client.get('/form').content.decode()\n"
                        + "print(client.cookies['csrftoken'].value, token)")
                .split(" ", -1);
        Browser browser = new Browser(server.uri());
        browser.cookies.put("csrftoken", made[0]);
        assertThat(browser.post("/checked", Map.of("value", "x", "csrfmiddlewaretoken", made[1])))
                .isEqualTo("posted x");
        assertThat(browser.post("/checked", Map.of("csrfmiddlewaretoken", made[1].substring(32))))
                .contains("incorrect");

        Browser other = new Browser(server.uri());
        String token = other.get("/form");
        assertThat(shell.run("client = browser(csrftoken='" + other.cookies.get("csrftoken") + "')\n"
                        + "print(client.post('/recall?name=a', {'csrfmiddlewaretoken': '" + token + "'}).status_code,"
                        + " client.post('/recall?name=a', HTTP_X_CSRFTOKEN='" + token + "').status_code,"
                        + " client.post('/recall?name=a', HTTP_X_CSRFTOKEN='" + made[1] + "').status_code)"))
                .isEqualTo("200 200 403");
    }

    private Browser here(String cookie) {
        Browser browser = new Browser(server.uri());
        browser.cookies.put("sessionid", cookie);
        return browser;
    }

    /** {@return who Django says that is; nothing for nobody} */
    private String there(String cookie) {
        String name = shell.run("print(whoami('" + cookie + "'))");
        return name.equals("-") ? "" : name;
    }

    private String hash() {
        return database.databases()
                .query("SELECT password FROM auth_user WHERE username = %s", "alice")
                .get(0)
                .getString("password");
    }

    private String stored(String key) {
        return database.databases()
                .query("SELECT session_data FROM django_session WHERE session_key = %s", key)
                .get(0)
                .getString("session_data");
    }
}
