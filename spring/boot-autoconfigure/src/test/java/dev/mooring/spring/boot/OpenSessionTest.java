package dev.mooring.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mooring.Databases;
import dev.mooring.spring.Engine;
import jakarta.persistence.EntityManager;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.transaction.InvalidIsolationLevelException;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.async.DeferredResult;
import org.springframework.web.servlet.ModelAndView;

@DisplayName("JPA's open session that gives its connection back after each use, as docs/spring.md says")
class OpenSessionTest {

    private static ConfigurableApplicationContext application;

    @BeforeAll
    static void start() {
        application = new SpringApplicationBuilder(Application.class)
                .properties(
                        "server.port=0",
                        "spring.main.banner-mode=off",
                        "spring.datasource.url=" + Engine.SQLITE.newDatabase(),
                        "spring.autoconfigure.exclude=" + WebApplicationTest.SECURITY,
                        "spring.jpa.database-platform=" + Engine.SQLITE.dialect(),
                        "spring.jpa.open-in-view=true",
                        "spring.jpa.properties.hibernate.connection.handling_mode="
                                + "DELAYED_ACQUISITION_AND_RELEASE_AFTER_TRANSACTION",
                        "logging.level.root=ERROR")
                .run();
    }

    @AfterAll
    static void stop() {
        application.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/callable", "/deferred"})
    @DisplayName("goes on with another one on the next thread of an asynchronous request")
    void asynchronousRequest(String path) throws IOException, InterruptedException {
        for (int i = 0; i < 30; i++) {
            assertThat(get(path)).isEqualTo("1 and 1");
        }
        LeasesAfterAnswer.awaitNone(application.getBean(Databases.class).using("default"));
    }

    @Test
    @DisplayName("has no isolation levels in its transactions")
    void isolation() {
        TransactionTemplate template = new TransactionTemplate(application.getBean(PlatformTransactionManager.class));
        template.setIsolationLevel(TransactionDefinition.ISOLATION_SERIALIZABLE);

        assertThatThrownBy(() -> template.execute(status -> null)).isInstanceOf(InvalidIsolationLevelException.class);
    }

    private static String get(String path) throws IOException, InterruptedException {
        URI uri =
                URI.create("http://localhost:" + application.getEnvironment().getProperty("local.server.port") + path);
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(Pages.class)
    static class Application {}

    @RestController
    static class Pages {

        private final EntityManager session;

        Pages(EntityManager session) {
            this.session = session;
        }

        @GetMapping("/callable")
        Callable<String> callable() {
            String first = one();
            return () -> first + " and " + one();
        }

        /** The result is there before the handler has returned; the container goes on after the thread has left the request. */
        @GetMapping("/deferred")
        DeferredResult<ModelAndView> deferred() {
            String first = one();
            DeferredResult<ModelAndView> result = new DeferredResult<>();
            result.setResult(new ModelAndView(
                    (model, request, response) -> response.getWriter().print(first + " and " + one())));
            return result;
        }

        private String one() {
            return session.createNativeQuery("SELECT 1").getSingleResult().toString();
        }
    }
}
