package dev.mooring.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.AtomicBlock;
import dev.mooring.Databases;
import dev.mooring.spring.AtomicTransactionManager;
import dev.mooring.spring.Engine;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.WebApplicationContext;

@DisplayName("A web application of Spring Boot's")
class WebApplicationTest {

    private static final String PACKAGE = "org.springframework.boot.security.autoconfigure.";
    static final String SECURITY = Stream.of(
                    "SecurityAutoConfiguration",
                    "UserDetailsServiceAutoConfiguration",
                    "web.servlet.SecurityFilterAutoConfiguration",
                    "web.servlet.ServletWebSecurityAutoConfiguration",
                    "actuate.web.servlet.ManagementWebSecurityAutoConfiguration")
            .map(PACKAGE::concat)
            .collect(Collectors.joining(","));

    /** Few, so that one has more than one request. */
    private static final int THREADS = 2;

    private static ConfigurableApplicationContext application;

    @BeforeAll
    static void start() {
        application = new SpringApplicationBuilder(Application.class)
                .properties(
                        "server.port=0",
                        "server.tomcat.threads.max=" + THREADS,
                        "server.tomcat.threads.min-spare=" + THREADS,
                        "spring.main.banner-mode=off",
                        "spring.datasource.url=" + Engine.SQLITE.newDatabase(),
                        "spring.autoconfigure.exclude=" + SECURITY,
                        "spring.jpa.database-platform=" + Engine.SQLITE.dialect(),
                        "management.endpoints.web.exposure.include=health,mooring,metrics",
                        "management.endpoint.health.show-details=always",
                        "mooring.migrations.apps.shop=classpath:migrations/shop",
                        "logging.level.root=ERROR")
                .run();
    }

    @AfterAll
    static void stop() {
        application.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/forget", "/forget-transaction", "/forget-transaction-of-jpa"})
    @DisplayName("has a unit of work around each request, which rolls back what was forgotten")
    void unitOfWork(String path) throws IOException, InterruptedException {
        for (int i = 0; i <= THREADS; i++) {
            assertThat(get(path)).isEqualTo("[a unit of work]");
        }
        assertThat(get("/count")).isEqualTo("0");
        LeasesAfterAnswer.awaitNone(application.getBean(Databases.class).using("default"));
    }

    @Test
    @DisplayName("serves a request of MockMvc in the transaction of a test, which goes on afterwards")
    void requestInTransaction() throws IOException, InterruptedException {
        MockMvc mvc = MockMvcBuilders.webAppContextSetup((WebApplicationContext) application)
                .addFilters(application
                        .getBean("unitOfWorkFilter", FilterRegistrationBean.class)
                        .getFilter())
                .build();
        JdbcClient client = application.getBean(JdbcClient.class);
        PlatformTransactionManager manager = application.getBean(PlatformTransactionManager.class);
        assertThat(manager).isInstanceOf(JpaTransactionManager.class);

        new TransactionTemplate(manager).executeWithoutResult(status -> {
            client.sql("INSERT INTO item VALUES (2, 'uncommitted')").update();
            assertThat(MockMvcTester.create(mvc).get().uri("/count")).hasBodyTextEqualTo("1");
            assertThat(client.sql("SELECT count(*) FROM item")
                            .query(Integer.class)
                            .single())
                    .isEqualTo(1);
            status.setRollbackOnly();
        });

        assertThat(get("/count")).isEqualTo("0");
    }

    @Test
    @DisplayName(
            "serves requests that go on on other threads of the container, where JPA's open session closes its connection")
    void asynchronousRequests() throws IOException, InterruptedException {
        for (int i = 0; i < 30; i++) {
            assertThat(get("/later")).isEqualTo("0");
        }
        LeasesAfterAnswer.awaitNone(application.getBean(Databases.class).using("default"));
    }

    @Test
    @DisplayName("tells its health, its connections and its metrics")
    void actuator() throws IOException, InterruptedException {
        assertThat(get("/count")).isEqualTo("0");
        LeasesAfterAnswer.awaitNone(application.getBean(Databases.class).using("default"));
        assertThat(get("/actuator/health")).contains("\"db\":", "\"active\":0", "\"status\":\"UP\"");
        assertThat(get("/actuator/mooring")).contains("\"engine\":\"sqlite3\"", "\"opened\":", "\"holders\":[]");
        assertThat(get("/actuator/metrics/jdbc.connections.max")).contains("\"value\":10.0");
        assertThat(get("/actuator/metrics/mooring.connections.max")).contains("\"value\":10.0");
        assertThat(get("/actuator/metrics/jdbc.connections.idle")).contains("\"value\":");
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

        private final Databases databases;

        private final PlatformTransactionManager manager;

        Pages(Databases databases, PlatformTransactionManager manager) {
            this.databases = databases;
            this.manager = manager;
        }

        @GetMapping("/later")
        Callable<String> later() {
            String count = new TransactionTemplate(manager).execute(status -> count());
            return () -> count;
        }

        @GetMapping("/forget")
        String forget() {
            String open = databases.get().unfinished().toString();
            AtomicBlock unused = databases.get().beginAtomic();
            databases.execute("INSERT INTO item VALUES (1, 'forgotten')");
            return open;
        }

        @GetMapping("/forget-transaction")
        String forgetTransaction() {
            String open = databases.get().unfinished().toString();
            TransactionStatus unused = new AtomicTransactionManager(databases).getTransaction(null);
            databases.execute("INSERT INTO item VALUES (1, 'forgotten')");
            return open;
        }

        @GetMapping("/forget-transaction-of-jpa")
        String forgetTransactionOfJpa() {
            String open = databases.get().unfinished().toString();
            TransactionStatus unused = manager.getTransaction(null);
            databases.execute("INSERT INTO item VALUES (1, 'forgotten')");
            return open;
        }

        @GetMapping("/count")
        String count() {
            return databases
                    .query(Integer.class, "SELECT count(*) FROM item")
                    .one()
                    .toString();
        }
    }
}
