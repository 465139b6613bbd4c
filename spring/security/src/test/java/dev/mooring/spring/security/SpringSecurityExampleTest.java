package dev.mooring.spring.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.mooring.auth.Authenticator;
import dev.mooring.auth.ContentType;
import dev.mooring.auth.Permission;
import dev.mooring.auth.Permissions;
import dev.mooring.auth.User;
import dev.mooring.auth.http.AuthFilter;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.apache.catalina.LifecycleException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextImpl;

@DisplayName("The example application logs Django's users in with Spring Security and Django's session")
class SpringSecurityExampleTest {

    private static final String PASSWORD = "correct horse";

    @TempDir
    static Path directory;

    private static Shop shop;
    private static User alice;

    private final Browser browser = shop.browser();

    @BeforeAll
    static void start() throws LifecycleException {
        Path file = directory.resolve("shop.db");
        Shop.makeTables(file);
        shop = new Shop(directory, file);
        alice = shop.users().createUser("alice", "alice@example.com", PASSWORD, Map.of("is_staff", true));
        Permissions permissions = Permissions.of(shop.databases());
        ContentType post = permissions.contentType("blog", "post");
        Permission publish = permissions.create(post, "publish_post", "Can publish post");
        shop.users().addPermissions(alice, publish);
        alice = shop.users().createUser("bob", null, PASSWORD);
    }

    @AfterAll
    static void stop() throws LifecycleException {
        shop.close();
    }

    @BeforeEach
    void forgetSessions() {
        shop.databases().execute("DELETE FROM django_session");
    }

    @Test
    @DisplayName("A login leads to the page that was asked for, and is kept in Django's session alone")
    void logsIn() {
        assertThat(browser.get("/staff").uri()).hasPath("/login");
        assertThat(browser.login("alice", "wrong").uri()).hasQuery("error");

        HttpResponse<String> answer = browser.login("alice", PASSWORD);

        assertThat(answer.body()).isEqualTo("staff alice@example.com");
        assertThat(browser.get("/").body()).isEqualTo("alice");
        assertThat(sessions()).isEqualTo(1);
        assertThat(shop.browser()
                        .with("sessionid", browser.cookie("sessionid").orElseThrow())
                        .get("/")
                        .body())
                .isEqualTo("alice");
    }

    @Test
    @DisplayName("A session that was known before the login is worth nothing after it")
    void aLoginChangesTheKey() {
        browser.login("alice", PASSWORD);
        String first = browser.cookie("sessionid").orElseThrow();
        browser.login("bob", PASSWORD);

        assertThat(browser.cookie("sessionid").orElseThrow()).isNotEqualTo(first);
        assertThat(shop.browser().with("sessionid", first).get("/").body()).isEqualTo("nobody");
        assertThat(browser.get("/").body()).isEqualTo("bob");
    }

    @Test
    @DisplayName("A logout deletes the session, and needs the token")
    void logsOut() {
        browser.login("alice", PASSWORD);
        String key = browser.cookie("sessionid").orElseThrow();
        assertThat(browser.post("/logout", Map.of()).statusCode()).isEqualTo(403);
        assertThat(browser.get("/").body()).isEqualTo("alice");

        String token = browser.formToken();
        assertThat(browser.post("/logout", Map.of("csrfmiddlewaretoken", token)).body())
                .isEqualTo("nobody");
        assertThat(sessions()).isZero();
        assertThat(shop.browser().with("sessionid", key).get("/").body()).isEqualTo("nobody");
    }

    @Test
    @DisplayName("A form needs a token of its cookie, under whatever mask")
    void checksTokens() {
        browser.login("alice", PASSWORD);
        String token = browser.formToken();
        assertThat(browser.formToken()).as("another mask").isNotEqualTo(token);
        assertThat(browser.post("/post", Map.of("csrfmiddlewaretoken", token)).body())
                .isEqualTo("published");

        assertThat(browser.post("/post", Map.of()).statusCode()).isEqualTo(403);
        String foreign = shop.browser().formToken();
        assertThat(browser.post("/post", Map.of("csrfmiddlewaretoken", foreign)).statusCode())
                .isEqualTo(403);
    }

    @Test
    @DisplayName("Permissions and roles decide who may do what")
    void authorizes() {
        browser.login("bob", PASSWORD);
        assertThat(browser.get("/staff").statusCode()).isEqualTo(403);
        assertThat(browser.post("/post", Map.of("csrfmiddlewaretoken", browser.formToken()))
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    @DisplayName("A changed password ends the session, and so does becoming inactive")
    void endsSessions() {
        browser.login("alice", PASSWORD);
        User user = shop.users().findByUsername("alice").orElseThrow();
        shop.users().setPassword(user, PASSWORD);
        assertThat(browser.get("/").body()).isEqualTo("nobody");

        browser.login("alice", PASSWORD);
        shop.users().update(user, Map.of("is_active", false));
        try {
            assertThat(browser.get("/").body()).isEqualTo("nobody");
            assertThat(browser.login("alice", PASSWORD).uri()).hasQuery("error");
        } finally {
            shop.users().update(user, Map.of("is_active", true));
        }
    }

    @Test
    @DisplayName("A form is read in UTF-8 unless it says otherwise, as in Django")
    void readsFormsInUtf8() {
        shop.users().createUser("jürgen", null, "häßlich");

        browser.login("jürgen", "häßlich");

        assertThat(browser.get("/").body()).isEqualTo("jürgen");
    }

    @Test
    @DisplayName(
            "A login leads back to a page, and not to a script's request, an icon or a form that was asked for meanwhile")
    void leadsBackToPages() {
        browser.get("/staff");
        browser.get("/favicon.ico");
        browser.get("/data", "X-Requested-With", "XMLHttpRequest");
        browser.get("/data", "Accept", "application/json");
        browser.post("/post", Map.of("csrfmiddlewaretoken", browser.formToken()));

        assertThat(browser.login("alice", PASSWORD).uri()).hasPath("/staff");
        assertThat(browser.cookie("JSESSIONID")).isEmpty();
    }

    @Test
    @DisplayName("A context that is saved as it was loaded, or saved twice, changes nothing")
    void savesAContextOnce() throws ServletException, IOException {
        browser.login("alice", PASSWORD);
        Optional<Instant> aliceLoggedIn = lastLogin("alice");
        Authenticator authenticator = Authenticator.of(shop.users());
        DjangoSecurityContextRepository repository = new DjangoSecurityContextRepository(shop.users(), authenticator);
        MockHttpServletRequest request = new MockHttpServletRequest("GET", "/");
        request.setCookies(new Cookie("sessionid", browser.cookie("sessionid").orElseThrow()));

        shop.filter().doFilter(request, new MockHttpServletResponse(), (passed, response) -> {
            HttpServletRequest http = (HttpServletRequest) passed;
            HttpServletResponse answer = (HttpServletResponse) response;
            SecurityContext loaded = repository.loadDeferredContext(http).get();
            assertThat(loaded.getAuthentication().getName()).isEqualTo("alice");
            repository.saveContext(loaded, http, answer);
            assertThat(lastLogin("alice")).isEqualTo(aliceLoggedIn);

            SecurityContext login =
                    new SecurityContextImpl(new DjangoAuthenticationProvider(shop.users(), authenticator)
                            .authenticate(new UsernamePasswordAuthenticationToken("bob", PASSWORD)));
            repository.saveContext(login, http, answer);
            Optional<Instant> bobLoggedIn = lastLogin("bob");
            repository.saveContext(login, http, answer);
            assertThat(AuthFilter.of(passed).user().map(User::username)).contains("bob");
            assertThat(lastLogin("bob")).isEqualTo(bobLoggedIn);
        });
    }

    private static Optional<Instant> lastLogin(String name) {
        return shop.users().findByUsername(name).orElseThrow().lastLogin();
    }

    @Test
    @DisplayName("A request that did not pass the filter is refused with the way out")
    void needsTheFilter() {
        DjangoSecurityContextRepository repository =
                new DjangoSecurityContextRepository(shop.users(), Authenticator.of(shop.users()));
        assertThatIllegalStateException()
                .isThrownBy(() -> repository.containsContext(new MockHttpServletRequest()))
                .withMessageContaining("AuthFilter");
    }

    private static long sessions() {
        return shop.databases()
                .query("SELECT count(*) AS n FROM django_session")
                .get(0)
                .getLong("n");
    }
}
