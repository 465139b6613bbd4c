package dev.mooring.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.config.Customizer.withDefaults;

import dev.mooring.Databases;
import dev.mooring.auth.AuthMigrations;
import dev.mooring.auth.Authenticator;
import dev.mooring.auth.Logins;
import dev.mooring.auth.Users;
import dev.mooring.auth.http.AuthFilter;
import dev.mooring.auth.http.AuthSettings;
import dev.mooring.auth.http.HttpAuth;
import dev.mooring.auth.signing.SecretKeys;
import dev.mooring.spring.Engine;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.Base64;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@DisplayName("An application with the secret key of a Django project")
class SecurityApplicationTest {

    private static final String PASSWORD = "correct horse battery";

    private static ConfigurableApplicationContext application;

    @BeforeAll
    static void start() {
        application = new SpringApplicationBuilder(Application.class)
                .properties(
                        "server.port=0",
                        "spring.main.banner-mode=off",
                        "spring.datasource.url=" + Engine.SQLITE.newDatabase(),
                        "spring.jpa.database-platform=" + Engine.SQLITE.dialect(),
                        "mooring.security.secret-key=only for tests",
                        "mooring.security.settings.session-cookie-secure=true",
                        "mooring.security.settings.session-cookie-age=1h",
                        "mooring.security.settings.django-version=3.2",
                        "logging.level.root=ERROR")
                .run();
        AuthMigrations.createMissingRows(application.getBean(Databases.class), "default");
        application.getBean(Users.class).createUser("alice", null, PASSWORD);
    }

    @AfterAll
    static void stop() {
        application.close();
    }

    @Test
    @DisplayName("lets its users in, and nobody else")
    void login() throws IOException, InterruptedException {
        assertThat(get("alice", PASSWORD).body()).isEqualTo("alice");
        assertThat(get("alice", "wrong").statusCode()).isEqualTo(401);
        assertThat(get("user", "").statusCode()).isEqualTo(401);
    }

    @Test
    @DisplayName("sets the cookies as Django's settings say, and on error pages too")
    void cookies() throws IOException, InterruptedException {
        assertThat(get("alice", PASSWORD, "/remember").headers().allValues("Set-Cookie"))
                .singleElement()
                .asString()
                .contains("sessionid=", "Max-Age=3600; HttpOnly; Path=/; SameSite=Lax; Secure");
        assertThat(get("alice", PASSWORD, "/missing").headers().allValues("Set-Cookie"))
                .singleElement()
                .asString()
                .contains("csrftoken=", "; Path=/; SameSite=Lax");
        assertThat(users().encodedPassword(users().findByUsername("alice").orElseThrow()))
                .startsWith("pbkdf2_sha256$260000$");
    }

    @Test
    @DisplayName("keeps a login by request.login() in Django's session too, and in none of the container's")
    void loginOfTheRequest() throws IOException, InterruptedException {
        assertThat(get("alice", "wrong", "/log-in").headers().allValues("Set-Cookie"))
                .hasSize(2)
                .allMatch(cookie -> cookie.startsWith("sessionid=") || cookie.startsWith("csrftoken="));
    }

    @ParameterizedTest
    @CsvSource({
        "session-cookie-secure, maybe, 'Setting ''SESSION_COOKIE_SECURE'' was ''maybe''; use True or False'",
        "session-cookie-saecure, true, There is no setting 'SESSION_COOKIE_SAECURE' for auth",
        "csrf-header-name, X, 'mooring.security.settings.csrf-header-name'' is not read: use mooring'",
        "secret-key, x, 'mooring.security.settings.secret-key'' is not read: use mooring.security.secret-key'",
    })
    @DisplayName("does not start with a setting that is wrong")
    void wrongSettings(String name, String value, String message) {
        new WebApplicationContextRunner()
                .withConfiguration(
                        AutoConfigurations.of(MooringAutoConfiguration.class, MooringSecurityAutoConfiguration.class))
                .withPropertyValues(
                        "spring.datasource.url=" + Engine.SQLITE.newDatabase(),
                        "mooring.security.secret-key=x",
                        "mooring.security.settings." + name + "=" + value)
                .run(context ->
                        assertThat(context.getStartupFailure()).rootCause().hasMessageContaining(message));
    }

    @Test
    @DisplayName("keeps the registration of a filter of its own, which may put transactions around requests")
    void ownRegistration() {
        new WebApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        MooringAutoConfiguration.class,
                        MooringSecurityAutoConfiguration.class,
                        MooringWebAutoConfiguration.class))
                .withUserConfiguration(OwnRegistration.class)
                .withPropertyValues(
                        "mooring.databases.default.url=" + Engine.SQLITE.newDatabase(),
                        "mooring.databases.default.atomic-requests=true",
                        "mooring.security.secret-key=x")
                .run(context -> assertThat(context.getBeansOfType(FilterRegistrationBean.class))
                        .containsOnlyKeys("own", "unitOfWorkFilter"));
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnRegistration {

        @Bean
        FilterRegistrationBean<AuthFilter> own(
                Databases databases, Users users, Authenticator authenticator, SecretKeys keys, AuthSettings settings) {
            Logins logins = Logins.of(authenticator, users, keys);
            return new FilterRegistrationBean<>(
                    new AuthFilter(HttpAuth.builder(databases, settings.sessions(databases), logins)
                            .build()));
        }
    }

    private static Users users() {
        return application.getBean(Users.class);
    }

    @Test
    @DisplayName("does not show the key where its properties are shown")
    void secretKey() {
        assertThat(application.getBean(SecurityProperties.class).toString()).doesNotContain("only for tests");
    }

    @Test
    @DisplayName("keeps SQL migrations in a native image")
    void hints() {
        RuntimeHints hints = new RuntimeHints();
        new MooringRuntimeHints().registerHints(hints, null);
        assertThat(RuntimeHintsPredicates.resource().forResource("migrations/shop/0001_initial.sql"))
                .accepts(hints);
    }

    private static HttpResponse<String> get(String user, String password) throws IOException, InterruptedException {
        return get(user, password, "/me");
    }

    private static HttpResponse<String> get(String user, String password, String path)
            throws IOException, InterruptedException {
        String login = Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
        URI uri =
                URI.create("http://localhost:" + application.getEnvironment().getProperty("local.server.port") + path);
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(uri)
                                .header("Authorization", "Basic " + login)
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(Pages.class)
    static class Application {

        @Bean
        MigrationSource auth() {
            return AuthMigrations::all;
        }

        @Bean
        @Order(0)
        SecurityFilterChain open(HttpSecurity http) {
            return http.securityMatcher("/log-in").build();
        }

        @Bean
        SecurityFilterChain security(HttpSecurity http) {
            return http.authorizeHttpRequests(requests -> requests.dispatcherTypeMatchers(DispatcherType.ERROR)
                            .permitAll()
                            .anyRequest()
                            .authenticated())
                    .httpBasic(withDefaults())
                    .build();
        }
    }

    @RestController
    static class Pages implements ErrorController {

        @GetMapping("/log-in")
        String logIn(HttpServletRequest request) throws ServletException {
            request.login("alice", PASSWORD);
            return request.getRemoteUser();
        }

        @GetMapping("/remember")
        String remember(HttpServletRequest request) {
            AuthFilter.of(request).session().put("a", "b");
            return "remembered";
        }

        @GetMapping("/error")
        String error(HttpServletRequest request) {
            return AuthFilter.of(request).csrfToken();
        }

        @GetMapping("/me")
        String me(Principal principal) {
            return principal.getName();
        }
    }
}
