package dev.mooring.auth.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.auth.Users;
import dev.mooring.auth.hashers.PasswordHashers;
import dev.mooring.auth.sessions.SharedDatabase;
import dev.mooring.auth.sessions.SharedDatabase.Engine;
import dev.mooring.config.LeaseScope;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a site does on any server. */
abstract class HttpContract {

    private static final String FORM = "csrfmiddlewaretoken";

    SharedDatabase database;
    Browser browser;

    abstract URI start(Site site);

    abstract void stop();

    /** Waits until the server is done with {@code requests} requests, the last of which was answered. */
    abstract void awaitDone(int requests);

    @BeforeEach
    void open() {
        database = SharedDatabase.create(Engine.SQLITE, builder -> builder.leaseScope(LeaseScope.REQUEST));
        Users users = Users.of(database.databases(), "default", PasswordHashers.insecureForExperiments());
        users.createUser("alice", null, "correct horse");
        browser = new Browser(start(new Site(database.databases(), users)));
    }

    @AfterEach
    void close() {
        stop();
        database.close();
    }

    @Test
    void logsInAndOut() {
        assertThat(browser.get("/whoami")).isEqualTo("-");
        assertThat(browser.set).isEmpty();
        assertThat(browser.login("alice", "wrong")).isEqualTo("refused");
        assertThat(browser.status).isEqualTo(403);
        assertThat(browser.login("alice", "correct horse")).isEqualTo("welcome");
        assertThat(browser.get("/whoami")).isEqualTo("alice");
        String cookie = browser.cookies.get("sessionid");

        assertThat(browser.get("/logout")).isEqualTo("bye");
        assertThat(browser.cookies).doesNotContainKey("sessionid");
        assertThat(browser.get("/whoami")).isEqualTo("-");
        browser.cookies.put("sessionid", cookie);
        assertThat(browser.get("/whoami")).as("replay of the old cookie").isEqualTo("-");
        assertThat(rows()).isZero();
    }

    @Test
    @DisplayName("The cookie is HttpOnly and SameSite=Lax, and a browser that was given a key logs in under another")
    void setsTheSessionCookie() {
        browser.cookies.put("sessionid", "chosenbytheattackerchosenbytheat");
        browser.get("/remember?name=a&value=b");

        assertThat(browser.set)
                .singleElement()
                .asString()
                .matches("sessionid=[a-z0-9]{32}; expires=\\w{3}, \\d\\d \\w{3} \\d{4} \\d\\d:\\d\\d:\\d\\d GMT; "
                        + "Max-Age=1209\\d{3}; HttpOnly; Path=/; SameSite=Lax");
        String before = browser.cookies.get("sessionid");
        browser.login("alice", "correct horse");
        assertThat(browser.cookies.get("sessionid")).isNotEqualTo(before);
        assertThat(browser.get("/recall?name=a")).isEqualTo("b");
    }

    @Test
    @DisplayName("A request that changes something needs the token, in the form or in a header")
    void protectsAgainstCsrf() {
        assertThat(browser.post("/checked", Map.of())).contains("CSRF cookie not set.");
        assertThat(browser.status).isEqualTo(403);
        String token = browser.get("/form");
        assertThat(token).matches("[a-zA-Z0-9]{64}");
        assertThat(browser.set)
                .singleElement()
                .asString()
                .contains("csrftoken=")
                .doesNotContain("HttpOnly");

        assertThat(browser.post("/checked", Map.of("value", "x"))).contains("CSRF token missing.");
        assertThat(browser.post("/checked", Map.of(FORM, "x".repeat(64)))).contains("CSRF token incorrect.");
        assertThat(browser.post("/checked", Map.of(FORM, "\0%é"))).contains("CSRF token incorrect.");
        assertThat(browser.post("/checked", Map.of("value", "x y", FORM, token)))
                .isEqualTo("posted x y");
        assertThat(browser.get("/form")).isNotEqualTo(token);
        assertThat(browser.post("/checked", Map.of("value", "x y"), "X-CSRFToken", token))
                .isEqualTo("posted x y");
        assertThat(browser.post("/checked", Map.of(FORM, token), "Origin", "http://evil.example"))
                .contains("Origin checking failed");
        assertThat(browser.post("/exempt", Map.of("value", "é"))).isEqualTo("posted é");

        browser.login("alice", "correct horse");
        assertThat(browser.post("/checked", Map.of(FORM, token)))
                .as("a token from before the login")
                .contains("incorrect");
    }

    @ParameterizedTest
    @CsvSource({
        "https://shop.example.com, posted",
        "https://SHOP.example.com, posted",
        "https://example.org, posted",
        "https://a.b.example.org, posted",
        "http://shop.example.com, Origin checking failed",
        "https://shop.example.com:8443, Origin checking failed",
        "http://a.example.org, Origin checking failed",
        "https://badexample.org, Origin checking failed",
        "https://.example.org, Origin checking failed",
        "https://a.example.org.example.com, Origin checking failed",
        "https://example.com/.example.org, Origin checking failed",
        "null, Origin checking failed"
    })
    @DisplayName("A trusted origin may post here, and with a star in it all its subdomains, as in Django 4.0")
    void trustsOrigins(String origin, String answer) {
        String token = browser.get("/form");

        assertThat(browser.post("/checked", Map.of(FORM, token), "Origin", origin))
                .contains(answer);
    }

    @Test
    @DisplayName("A request that failed saves nothing, and one whose session is gone is told so")
    void savesNothingOfAFailure() {
        browser.get("/broken");
        assertThat(browser.status).isEqualTo(503);
        browser.get("/throws");
        assertThat(browser.cookies).isEmpty();
        assertThat(rows()).isZero();

        browser.get("/remember?name=a&value=b");
        assertThat(browser.get("/interrupted")).contains("deleted before the request completed");
        assertThat(browser.status).isEqualTo(400);
        assertThat(rows()).isZero();
    }

    @Test
    @DisplayName("No connection stays with a thread, whatever became of its request")
    void endsTheUnitOfWork() {
        browser.get("/whoami");
        browser.get("/throws");
        browser.get("/broken");
        browser.post("/checked", Map.of());
        browser.get("/interrupted");
        browser.get("/nothing");
        awaitDone(6);

        assertThat(database.databases().using("default").holders()).isEmpty();
    }

    @Test
    void takesAnyCookie() {
        for (String odd : new String[] {"", "\"", "\"\"", "=", "a=b", "%00", "x".repeat(6000), "' OR 1=1 --", "é"}) {
            browser.cookies.put("sessionid", odd);
            browser.cookies.put("csrftoken", odd);
            browser.get("/whoami");
            assertThat(browser.status).as(odd).isIn(200, 400, 431);
        }
    }

    final long rows() {
        return database.databases()
                .query("SELECT count(*) AS n FROM django_session")
                .get(0)
                .getLong("n");
    }
}
