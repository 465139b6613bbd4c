package dev.mooring.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.ConnectionCounts;
import dev.mooring.Databases;
import dev.mooring.spring.Engine;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.http.HttpStatus;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.context.WebApplicationContext;

@DisplayName("With atomic-requests")
@ParameterizedClass(name = "JPA {0}")
@ValueSource(booleans = {true, false})
class AtomicRequestsTest {

    private static final String JPA = "org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration,"
            + "org.springframework.boot.autoconfigure.orm.jpa.HibernateJpaAutoConfiguration,";
    private static final String PACKAGE = "org.springframework.boot.security.autoconfigure.";
    private static final String SECURITY = PACKAGE + "SecurityAutoConfiguration," + PACKAGE
            + "UserDetailsServiceAutoConfiguration," + PACKAGE + "web.servlet.SecurityFilterAutoConfiguration,"
            + PACKAGE
            + "web.servlet.ServletWebSecurityAutoConfiguration," + PACKAGE
            + "actuate.web.servlet.ManagementWebSecurityAutoConfiguration";
    private static final Map<Boolean, ConfigurableApplicationContext> RUNNING = new ConcurrentHashMap<>();

    private final ConfigurableApplicationContext application;
    private final Databases databases;

    AtomicRequestsTest(boolean jpa) {
        application = RUNNING.computeIfAbsent(jpa, AtomicRequestsTest::start);
        databases = application.getBean(Databases.class);
    }

    private static ConfigurableApplicationContext start(boolean jpa) {
        // With JPA its database is the last one, so that its transaction is around the other.
        List<String> aliases = jpa ? List.of("reports", "default") : List.of("default", "reports");
        Map<String, Object> atomic = new LinkedHashMap<>();
        for (String alias : aliases) {
            atomic.put("mooring.databases." + alias + ".url", Engine.POSTGRES.newDatabase());
            atomic.put("mooring.databases." + alias + ".atomic-requests", true);
        }
        ConfigurableApplicationContext started = new SpringApplicationBuilder(AtomicRequestsApplication.class)
                .initializers(context ->
                        context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("atomic", atomic)))
                .properties(
                        "server.port=0",
                        "spring.main.banner-mode=off",
                        "spring.main.lazy-initialization=" + !jpa,
                        "spring.autoconfigure.exclude=" + (jpa ? "" : JPA) + SECURITY,
                        "spring.jpa.database-platform=" + Engine.POSTGRES.dialect(),
                        "logging.level.root=OFF")
                .run();
        Databases databases = started.getBean(Databases.class);
        assertThat(databases.aliases()).containsExactlyElementsOf(aliases);
        databases.execute("CREATE TABLE note (text varchar(50))");
        databases.using("reports").execute("CREATE TABLE note (text varchar(50))");
        return started;
    }

    @AfterAll
    static void stop() {
        RUNNING.values().forEach(ConfigurableApplicationContext::close);
        RUNNING.clear();
    }

    @BeforeEach
    void empty() {
        databases.execute("DELETE FROM note");
        databases.using("reports").execute("DELETE FROM note");
    }

    @ParameterizedTest(name = "{0}: status {1}, {2} rows in the default database, {3} in the other")
    @CsvSource({
        "answers, 200, 1, 1",
        "answers-404, 404, 1, 1",
        "answers-503, 503, 1, 1",
        "throws-mapped-to-409, 409, 0, 0",
        "throws-404, 404, 0, 0",
        "throws-unmapped, 500, 0, 0",
        "throws-error, 500, 0, 0",
        "fails-at-commit, 500, 0, 0",
        "transactional, 200, 2, 1",
        "swallows, 500, 0, 0",
        "swallows-on-reports, 500, 0, 0",
        "marks-for-rollback, 400, 0, 0",
        "sets-rollback, 400, 0, 0",
        "redirects, 302, 1, 1",
        "redirects-and-answers, 302, 1, 1",
        "redirects-and-writes, 302, 1, 1",
        "redirects-and-streams, 302, 1, 1",
        "forwards-to-a-redirect, 302, 1, 1",
        "redirects-and-sends-an-error, 500, 0, 0",
        "redirects-and-throws, 409, 0, 0",
        "redirects-and-fails-at-commit, 409, 0, 0",
        "controller, 200, 1, 1",
        "controller-that-throws, 500, 0, 0",
        "request-handler, 200, 1, 1",
        "request-handler-that-throws, 500, 0, 0",
        "exempt, 500, 1, 1",
        "exempt-on-reports, 500, 0, 1",
        "callable, 200, 2, 1",
        "callable-that-throws, 500, 2, 2",
        "streaming, 200, 2, 1",
        "deferred, 200, 2, 1",
        "deferred-error, 500, 2, 1",
        "emitter, 200, 2, 1",
        "forwards, 200, 2, 2",
        "writes-itself, 200, 1, 1",
        "starts-async-itself, 200, 1, 1",
        "function, 200, 1, 1",
        "function-that-throws, 500, 0, 0",
        "function-that-fails-at-commit, 500, 0, 0",
        "function-that-is-exempt, 500, 1, 1",
        "function-with-on-error, 409, 0, 0",
        "second/answers, 200, 1, 1",
        "second/throws, 500, 0, 0",
    })
    @DisplayName(
            "what a handler did stands if it answers, and is rolled back if it fails, on each database that has the"
                    + " setting")
    void requests(String page, int status, int rows, int reports) throws IOException, InterruptedException {
        assertThat(get(page).statusCode()).isEqualTo(status);
        assertThat(databases.query("SELECT text FROM note")).hasSize(rows);
        assertThat(databases.using("reports").query("SELECT text FROM note")).hasSize(reports);
        LeasesAfterAnswer.awaitNone(databases.using("default"));
        LeasesAfterAnswer.awaitNone(databases.using("reports"));
    }

    @Test
    @DisplayName("a view is rendered, and an exception made an answer of, outside the transaction")
    void outside() throws IOException, InterruptedException {
        assertThat(get("view").body()).isEqualTo("[a unit of work]");
        assertThat(get("throws-mapped-to-409").body()).isEqualTo("[a unit of work]");
    }

    @Test
    @DisplayName("neither a file nor an endpoint of the actuator takes a connection")
    void noController() throws IOException, InterruptedException {
        long before = leases();

        assertThat(get("assets/missing.css").statusCode()).isEqualTo(404);
        assertThat(get("actuator/health").statusCode()).isEqualTo(200);

        assertThat(leases()).isEqualTo(before);
    }

    private long leases() {
        ConnectionCounts counts = databases.using("default").counts();
        return counts.opened() + counts.reused();
    }

    @Test
    @DisplayName(
            "a request of MockMvc that fails in the transaction of a test is rolled back alone, unless JPA manages it")
    void requestInTransaction() {
        MockMvcTester mvc = MockMvcTester.create(MockMvcBuilders.webAppContextSetup((WebApplicationContext) application)
                .build());
        PlatformTransactionManager manager = application.getBean(PlatformTransactionManager.class);

        new TransactionTemplate(manager).executeWithoutResult(status -> {
            databases.execute("INSERT INTO note VALUES ('of the test')");
            assertThat(mvc.get().uri("/throws-404")).hasStatus(HttpStatus.NOT_FOUND);
            assertThat(status.isRollbackOnly()).isEqualTo(manager instanceof JpaTransactionManager);
            if (!status.isRollbackOnly()) {
                assertThat(databases.query(String.class, "SELECT text FROM note"))
                        .containsExactly("of the test");
            }
            status.setRollbackOnly();
        });
    }

    private HttpResponse<String> get(String page) throws IOException, InterruptedException {
        URI uri = URI.create(
                "http://localhost:" + application.getEnvironment().getProperty("local.server.port") + "/" + page);
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }
}
