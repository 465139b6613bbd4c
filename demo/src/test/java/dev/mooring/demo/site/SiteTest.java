package dev.mooring.demo.site;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Ticker;
import com.sun.net.httpserver.HttpServer;
import dev.mooring.Databases;
import dev.mooring.auth.AuthMigrations;
import dev.mooring.auth.Groups;
import dev.mooring.auth.Permissions;
import dev.mooring.auth.User;
import dev.mooring.auth.Users;
import dev.mooring.auth.hashers.DjangoHashers;
import dev.mooring.auth.hashers.PasswordHashers;
import dev.mooring.auth.signing.SecretKeys;
import dev.mooring.config.DatabaseSettings;
import dev.mooring.migrations.MigrationExecutor;
import dev.mooring.migrations.MigrationListener;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The site that runserver serves")
class SiteTest {

    private static final String NAME = "ann<script>";
    private static final Map<String, String> RIGHT = Map.of("username", NAME, "password", "correct horse");
    private static final Map<String, String> WRONG = Map.of("username", NAME, "password", "wrong");

    @TempDir
    private Path directory;

    private final AtomicLong now = new AtomicLong();
    private Databases databases;
    private HttpServer server;
    private Browser browser;
    private User ann;

    @BeforeEach
    void serve() throws IOException {
        databases = Databases.of(DatabaseSettings.fromUrl("sqlite:///" + directory.resolve("site.db")));
        new MigrationExecutor(databases, "default", AuthMigrations.all()).migrate(MigrationListener.none());
        AuthMigrations.createMissingRows(databases, "default");
        ann = Users.of(databases, "default", PasswordHashers.of(DjangoHashers.pbkdf2Sha256(1000)))
                .createUser(NAME, null, "correct horse");
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        Ticker ticker = new Ticker() {
            @Override
            public long read() {
                return now.get();
            }
        };
        new Site(databases, SecretKeys.of("only for tests"), ticker, new NoExperiment()).addTo(server, "pool");
        server.start();
        browser = new Browser(server.getAddress().getPort());
    }

    @AfterEach
    void stop() {
        server.stop(0);
        databases.close();
    }

    @Test
    @DisplayName("logs in, shows who that is, and logs out for good")
    void logsInAndOut() {
        assertThat(redirection(browser.get("/account"))).isEqualTo("/login");
        browser.get("/login");
        assertThat(redirection(browser.post("/login", RIGHT))).isEqualTo("/account");
        assertThat(redirection(browser.get("/login"))).isEqualTo("/account");

        HttpResponse<String> account = browser.get("/account");
        assertThat(account.statusCode()).isEqualTo(200);
        assertThat(account.body())
                .contains("ann&lt;script&gt;", "<p>None.</p>", "<td>user</td>")
                .doesNotContain("<script>", "never");

        assertThat(browser.post("/logout", Map.of()).body()).contains("You are logged out");
        assertThat(redirection(browser.get("/account"))).isEqualTo("/login");
        assertThat(databases.query("SELECT 1 FROM django_session")).isEmpty();
    }

    @Test
    @DisplayName("shows the permissions of the user and of their groups")
    void showsPermissions() {
        Permissions permissions = Permissions.of(databases);
        Groups groups = Groups.of(databases);
        var editors = groups.create("Editors & Co");
        groups.addPermissions(editors, permissions.find("auth.add_user").get(0));
        Users users = Users.of(databases);
        users.addToGroups(ann, editors);
        users.addPermissions(ann, permissions.find("sessions.view_session").get(0));
        browser.get("/login");
        browser.post("/login", RIGHT);

        assertThat(browser.get("/account").body())
                .contains(
                        "<td>Editors &amp; Co</td>",
                        "<li>Can add user <code>auth.add_user</code></li>",
                        "<li>Can view session <code>sessions.view_session</code></li>")
                .doesNotContain("delete");
    }

    @Test
    @DisplayName("says that name or password is wrong, and keeps the name in the form")
    void refusesAWrongPassword() {
        browser.get("/login");

        HttpResponse<String> refused = browser.post("/login", WRONG);

        assertThat(refused.statusCode()).isEqualTo(200);
        assertThat(refused.body())
                .contains("role=\"alert\"", "value=\"ann&lt;script&gt;\"")
                .doesNotContain("value=\"wrong\"");
        assertThat(browser.post("/login", Map.of("username", "nobody", "password", "x"))
                        .body())
                .contains("User name or password is wrong");
        assertThat(redirection(browser.get("/account"))).isEqualTo("/login");
    }

    @Test
    @DisplayName("answers 429 after five wrong passwords, to the right one too, until the time is over")
    void throttles() {
        browser.get("/login");
        for (int i = 0; i < LoginThrottle.MAX_FOR_NAME; i++) {
            assertThat(browser.post("/login", WRONG).statusCode()).isEqualTo(200);
        }
        now.addAndGet(Duration.ofSeconds(61).toNanos());

        HttpResponse<String> refused = browser.post("/login", RIGHT);

        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValue("Retry-After")).contains("239");
        assertThat(refused.body()).contains("Try again in 4 minutes.");
        now.addAndGet(Duration.ofSeconds(239).toNanos());
        assertThat(redirection(browser.post("/login", RIGHT))).isEqualTo("/account");
    }

    @Test
    @DisplayName("refuses forms without the token of its own pages")
    void checksTheCsrfToken() {
        browser.get("/login");
        browser.forgetToken();

        assertThat(browser.post("/login", RIGHT).statusCode()).isEqualTo(403);
        assertThat(browser.post("/logout", Map.of()).statusCode()).isEqualTo(403);
    }

    @Test
    @DisplayName("lets the browser load and run nothing but its own style")
    void isClosed() {
        HttpResponse<String> page = browser.get("/login");

        assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                .startsWith("default-src 'none'; style-src 'sha256-");
        assertThat(page.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(page.headers().firstValue("Set-Cookie").orElseThrow()).startsWith("csrftoken=");
        assertThat(page.body()).doesNotContain("<script", "http:", "https:", " style=");
    }

    @Test
    @DisplayName("knows its addresses and methods")
    void knowsItsAddresses() {
        browser.get("/login");

        assertThat(browser.get("/login/x").statusCode()).isEqualTo(404);
        assertThat(browser.get("/accounts").statusCode()).isEqualTo(404);
        assertThat(browser.get("/logout").statusCode()).isEqualTo(405);
        assertThat(browser.post("/account", Map.of()).headers().firstValue("Allow"))
                .contains("GET, HEAD");
        assertThat(browser.send("HEAD", "/login", "").statusCode()).isEqualTo(200);
    }

    @Test
    @DisplayName("tells an error of the database as a page")
    void tellsAnError() {
        browser.get("/login");
        databases.execute("ALTER TABLE auth_user RENAME TO elsewhere");

        HttpResponse<String> failed = browser.post("/login", RIGHT);

        assertThat(failed.statusCode()).isEqualTo(500);
        assertThat(failed.body()).contains("auth_user").doesNotContain("\tat ");
    }

    private static String redirection(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(303);
        return response.headers().firstValue("Location").orElseThrow();
    }
}
