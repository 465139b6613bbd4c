package dev.mooring.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.Databases;
import dev.mooring.auth.AuthMigrations;
import dev.mooring.auth.Users;
import dev.mooring.spring.Engine;
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
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
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
        String login = Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
        URI uri =
                URI.create("http://localhost:" + application.getEnvironment().getProperty("local.server.port") + "/me");
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
    }

    @RestController
    static class Pages {

        @GetMapping("/me")
        String me(Principal principal) {
            return principal.getName();
        }
    }
}
