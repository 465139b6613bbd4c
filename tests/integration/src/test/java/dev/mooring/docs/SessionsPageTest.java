package dev.mooring.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.mooring.Databases;
import dev.mooring.auth.AuthMigrations;
import dev.mooring.auth.Authenticator;
import dev.mooring.auth.Logins;
import dev.mooring.auth.PasswordResetTokens;
import dev.mooring.auth.User;
import dev.mooring.auth.Users;
import dev.mooring.auth.hashers.DjangoHashers;
import dev.mooring.auth.hashers.PasswordHashers;
import dev.mooring.auth.http.AuthFilter;
import dev.mooring.auth.http.AuthHandler;
import dev.mooring.auth.http.AuthSettings;
import dev.mooring.auth.http.CookieSettings;
import dev.mooring.auth.http.HttpAuth;
import dev.mooring.auth.http.RequestAuth;
import dev.mooring.auth.sessions.Session;
import dev.mooring.auth.sessions.SessionStore;
import dev.mooring.auth.signing.SecretKeys;
import dev.mooring.auth.signing.SignedCookies;
import dev.mooring.auth.signing.SignedJson;
import dev.mooring.auth.signing.Signer;
import dev.mooring.auth.tokens.RestTokens;
import dev.mooring.auth.tokens.SimpleJwt;
import dev.mooring.auth.tokens.SimpleJwtTokens;
import dev.mooring.config.Secret;
import dev.mooring.migrations.MigrationExecutor;
import dev.mooring.migrations.MigrationListener;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The page docs/sessions.md")
class SessionsPageTest {

    private final String secretKey = "only for tests";

    @TempDir
    private Path directory;

    private Databases databases;
    private User alice;

    @BeforeEach
    void migrate() {
        databases = OnBothDatabases.SQLITE.open(directory);
        new MigrationExecutor(databases, "default", AuthMigrations.all()).migrate(MigrationListener.none());
        alice = Users.of(databases, "default", PasswordHashers.of(DjangoHashers.pbkdf2Sha256(1000)))
                .createUser("alice", null, "correct horse");
    }

    @AfterEach
    void close() {
        databases.close();
    }

    @Test
    @DisplayName("keeps sessions, and logs in and out")
    void sessions() {
        String cookie = null;

        SecretKeys keys = SecretKeys.of(secretKey);
        SessionStore sessions = SessionStore.of(databases, keys);

        Session session = sessions.open(cookie);
        session.put("theme", "dark");
        session.put("basket", List.of(Map.of("id", 7, "count", 2)));
        session.save();
        String key = session.key().orElseThrow();
        assertThat(sessions.open(key).get("theme")).isEqualTo("dark");

        Users users = Users.of(databases);
        Authenticator authenticator = Authenticator.of(users);
        Logins logins = Logins.of(authenticator, users, keys);

        Optional<User> found = authenticator.authenticate(null, "alice", "correct horse");
        found.ifPresent(user -> logins.login(session, user, null));
        session.save();

        Optional<User> current = logins.getUser(session);
        logins.logout(session, null);
        assertThat(current).contains(alice);
        assertThat(logins.getUser(session)).isEmpty();
    }

    @Test
    @DisplayName("takes Django's settings by their own names")
    void settings() {
        AuthSettings settings = AuthSettings.of(Map.of(
                "SECRET_KEY", secretKey,
                "SESSION_COOKIE_SECURE", "True",
                "SESSION_COOKIE_AGE", "14d",
                "CSRF_TRUSTED_ORIGINS", "https://shop.example.com"));
        HttpAuth auth = HttpAuth.builder(databases, settings)
                .csrfExempt(path -> path.startsWith("/api/"))
                .build();
        Optional<User> user = auth.authenticator().authenticate(null, "alice", "correct horse");

        assertThat(user).contains(alice);
        assertThat(auth.users().findByUsername("alice")).contains(alice);
    }

    @Test
    @DisplayName("works in a servlet container and on the JDK's server")
    void servers() throws Exception {
        SecretKeys keys = SecretKeys.of(secretKey);
        SessionStore sessions = SessionStore.of(databases, keys);
        Users users = Users.of(databases);
        Logins logins = Logins.of(Authenticator.of(users), users, keys);
        Server jetty = new Server();
        ServerConnector connector = new ServerConnector(jetty);
        connector.setHost("localhost");
        jetty.addConnector(connector);
        ServletContextHandler handler = new ServletContextHandler("/");
        handler.addServletContainerInitializer((classes, context) -> register(context, sessions, logins));
        handler.addServlet(new ServletHolder(new Names()), "/*");
        jetty.setHandler(handler);
        jetty.start();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        HttpAuth auth = HttpAuth.builder(databases, sessions, logins).build();

        server.createContext("/", new AuthHandler(auth, (exchange, me) -> {
            byte[] body = me.user().map(User::username).orElse("nobody").getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }));

        server.start();
        assertThat(get(connector.getLocalPort())).startsWith("nobody <input type=\"hidden\"");
        assertThat(get(server.getAddress().getPort())).isEqualTo("nobody");
        server.stop(0);
        jetty.stop();
    }

    private void register(ServletContext servletContext, SessionStore sessions, Logins logins) {
        HttpAuth auth = HttpAuth.builder(databases, sessions, logins)
                .sessionCookie(CookieSettings.session().withSecure(true))
                .csrfCookie(CookieSettings.csrf().withSecure(true))
                .build();

        FilterRegistration.Dynamic filter = servletContext.addFilter("auth", new AuthFilter(auth));
        filter.setAsyncSupported(true);
        filter.addMappingForUrlPatterns(EnumSet.allOf(DispatcherType.class), false, "/*");
    }

    private static final class Names extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            RequestAuth me = AuthFilter.of(request);
            String name = me.user().map(User::username).orElse("nobody");
            me.session().put("seen", true);

            String field = "<input type=\"hidden\" name=\"csrfmiddlewaretoken\" value=\"" + me.csrfToken() + "\">";

            response.getWriter().write(name + " " + field);
        }
    }

    private static String get(int port) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create("http://localhost:" + port)).build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
    }

    @Test
    @DisplayName("signs")
    void signing() {
        SecretKeys keys = SecretKeys.of(secretKey);
        User user = alice;

        Signer signer = Signer.of(keys, "newsletter");
        String link = signer.sign("alice@example.com");
        String address = signer.unsign(link);

        SignedJson json = SignedJson.of(keys, SignedJson.DEFAULT_SALT);
        String token = json.dumps(Map.of("order", 17));
        Object value = json.loads(token, Duration.ofDays(1));

        SignedCookies cookies = SignedCookies.of(keys);
        String signed = cookies.sign("theme", "dark");
        String theme = cookies.unsign("theme", signed, Duration.ofDays(30));

        PasswordResetTokens resets = PasswordResetTokens.of(keys);
        String reset = resets.make(user);
        boolean valid = resets.check(user, reset);

        assertThat(address).isEqualTo("alice@example.com");
        assertThat(value).isEqualTo(Map.of("order", 17L));
        assertThat(theme).isEqualTo("dark");
        assertThat(valid).isTrue();
    }

    @Test
    @DisplayName("takes tokens of other packages")
    void tokens() {
        databases.execute(
                "CREATE TABLE authtoken_token (key varchar(40) PRIMARY KEY, created datetime, user_id integer)");
        databases.execute(
                "INSERT INTO authtoken_token VALUES (%s, %s, %s)",
                "9944b09199c62bcf9418ad846dd0e4bb", Instant.now(), alice.id());
        Users users = Users.of(databases);

        RestTokens rest = RestTokens.of(databases.using("default"), users);
        Optional<User> user = rest.authenticateHeader("Token 9944b09199c62bcf9418ad846dd0e4bb");

        SimpleJwtTokens jwt = SimpleJwtTokens.of(Secret.of(secretKey));
        Optional<SimpleJwt> access = jwt.verifyHeader(
                "Bearer eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJ0b2tlbl90eXBlIjoiYWNjZXNzIiwiZXhwIjo0MTAyNDQ0ODAwLCJqdGkiOiIwMTIzNDU2Nzg5YWJjZGVmIiwidXNlcl9pZCI6MX0.7q33MO0ZQ53fPwCn63vUL6vy7ngRMGMsiuFRe3FVKcA");
        Optional<User> owner =
                access.flatMap(SimpleJwt::userId).flatMap(users::findByIdText).filter(User::isActive);

        assertThat(user).contains(alice);
        assertThat(owner).contains(alice);
    }
}
