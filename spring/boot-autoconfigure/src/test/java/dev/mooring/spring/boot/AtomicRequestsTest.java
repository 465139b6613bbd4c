package dev.mooring.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.ConnectionCounts;
import dev.mooring.Databases;
import dev.mooring.spring.Engine;
import dev.mooring.spring.NonAtomicRequest;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.stereotype.Service;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.interceptor.TransactionAspectSupport;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.WebApplicationContext;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.context.request.async.DeferredResult;
import org.springframework.web.context.support.AnnotationConfigWebApplicationContext;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.config.annotation.EnableWebMvc;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.function.HandlerFunction;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

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
        ConfigurableApplicationContext started = new SpringApplicationBuilder(Application.class)
                .properties(
                        "server.port=0",
                        "spring.main.banner-mode=off",
                        "spring.main.lazy-initialization=" + !jpa,
                        "mooring.databases.default.url=" + Engine.POSTGRES.newDatabase(),
                        "mooring.databases.default.atomic-requests=true",
                        "mooring.databases.reports.url=" + Engine.POSTGRES.newDatabase(),
                        "mooring.databases.reports.atomic-requests=true",
                        "spring.autoconfigure.exclude=" + (jpa ? "" : JPA) + SECURITY,
                        "spring.jpa.database-platform=" + Engine.POSTGRES.dialect(),
                        "logging.level.root=OFF")
                .run();
        Databases databases = started.getBean(Databases.class);
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
            "what a handler did stands if it answers, and is rolled back if it fails, on each database that has the setting")
    void requests(String page, int status, int rows, int reports) throws IOException, InterruptedException {
        assertThat(get(page).statusCode()).isEqualTo(status);
        assertThat(databases.query("SELECT text FROM note")).hasSize(rows);
        assertThat(databases.using("reports").query("SELECT text FROM note")).hasSize(reports);
        assertThat(databases.using("default").counts().leased()).isZero();
        assertThat(databases.using("reports").counts().leased()).isZero();
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

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import({Pages.class, Notes.class, Prices.class})
    static class Application {

        @Bean
        RouterFunction<ServerResponse> functions(Databases databases) {
            return RouterFunctions.route()
                    .GET("/function", request -> {
                        write(databases, "function");
                        return ServerResponse.ok().body("fine");
                    })
                    .GET("/function-that-throws", request -> {
                        write(databases, "function");
                        throw new ArithmeticException("function");
                    })
                    .GET("/function-that-fails-at-commit", request -> {
                        write(databases, "function");
                        breakConstraint(databases);
                        return ServerResponse.ok().body("not so");
                    })
                    .GET("/function-that-is-exempt", new ExemptFunction(databases))
                    .build();
        }

        @Bean
        ServletRegistrationBean<DispatcherServlet> second() {
            AnnotationConfigWebApplicationContext context = new AnnotationConfigWebApplicationContext();
            context.register(Second.class);
            ServletRegistrationBean<DispatcherServlet> servlet =
                    new ServletRegistrationBean<>(new DispatcherServlet(context), "/second/*");
            servlet.setName("second");
            return servlet;
        }

        /** The way out that {@code docs/spring.md} names. */
        @Bean
        RouterFunction<ServerResponse> functionWithOnError(Databases databases) {
            return RouterFunctions.route()
                    .GET("/function-with-on-error", request -> {
                        write(databases, "function");
                        throw new UnsupportedOperationException("function");
                    })
                    .onError(UnsupportedOperationException.class, (failure, request) -> {
                        TransactionAspectSupport.currentTransactionStatus().setRollbackOnly();
                        return ServerResponse.status(HttpStatus.CONFLICT).build();
                    })
                    .build();
        }
    }

    /** A servlet of Spring MVC with a configuration of its own, which has the application's as its parent. */
    @Configuration
    @EnableWebMvc
    @Import(SecondPages.class)
    static class Second implements WebMvcConfigurer {

        @Override
        public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
            resolvers.add(new HandlerMethodArgumentResolver() {
                @Override
                public boolean supportsParameter(MethodParameter parameter) {
                    return parameter.getParameterType() == Clock.class;
                }

                @Override
                public Object resolveArgument(
                        MethodParameter parameter,
                        @Nullable ModelAndViewContainer container,
                        NativeWebRequest request,
                        @Nullable WebDataBinderFactory binders) {
                    return Clock.systemUTC();
                }
            });
        }
    }

    @RestController
    static class SecondPages {

        private final Databases databases;

        SecondPages(Databases databases) {
            this.databases = databases;
        }

        @GetMapping("/{page}")
        String page(@PathVariable("page") String page, Clock clock) {
            write(databases, clock.getZone().getId());
            if (page.equals("throws")) {
                throw new ArithmeticException(page);
            }
            return "fine";
        }
    }

    @NonAtomicRequest
    static class ExemptFunction implements HandlerFunction<ServerResponse> {

        private final Databases databases;

        ExemptFunction(Databases databases) {
            this.databases = databases;
        }

        @Override
        public ServerResponse handle(ServerRequest request) {
            write(databases, "exempt");
            throw new ArithmeticException("exempt");
        }
    }

    private static void write(Databases databases, String text) {
        databases.execute("INSERT INTO note VALUES (%s)", text);
        databases.using("reports").execute("INSERT INTO note VALUES (%s)", text);
    }

    /** The COMMIT will fail. */
    private static void breakConstraint(Databases databases) {
        databases.execute("CREATE TABLE parent (id integer PRIMARY KEY)");
        databases.execute("CREATE TABLE child (id integer REFERENCES parent DEFERRABLE INITIALLY DEFERRED)");
        databases.execute("INSERT INTO child VALUES (1)");
    }

    @Service
    static class Notes {

        private final JdbcClient client;

        Notes(JdbcClient client) {
            this.client = client;
        }

        @Transactional
        public void write(String text) {
            int unused = client.sql("INSERT INTO note VALUES (?)").param(text).update();
        }

        @Transactional
        public void fail() {
            throw new IllegalArgumentException("in the service");
        }

        @Transactional("reports")
        public void failOnReports() {
            throw new IllegalArgumentException("in the service");
        }
    }

    @RestController
    static class Pages {

        private final Databases databases;
        private final Notes notes;
        private final ExecutorService executor = Executors.newSingleThreadExecutor(task -> {
            Thread thread = new Thread(task);
            thread.setDaemon(true);
            return thread;
        });

        Pages(Databases databases, Notes notes) {
            this.databases = databases;
            this.notes = notes;
        }

        @GetMapping("/{page}")
        ResponseEntity<String> page(@PathVariable("page") String page) {
            write(page);
            return switch (page) {
                case "answers" -> ResponseEntity.ok("fine");
                case "answers-404" ->
                    ResponseEntity.status(HttpStatus.NOT_FOUND).body("none");
                case "answers-503" ->
                    ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE).body("later");
                case "throws-mapped-to-409" -> throw new UnsupportedOperationException(page);
                case "throws-404" -> throw new ResponseStatusException(HttpStatus.NOT_FOUND);
                case "throws-error" -> throw new AssertionError(page);
                case "fails-at-commit" -> {
                    breakConstraint(databases);
                    yield ResponseEntity.ok("not so");
                }
                case "transactional" -> {
                    notes.write(page);
                    yield ResponseEntity.ok("joined");
                }
                case "swallows" -> {
                    try {
                        notes.fail();
                    } catch (IllegalArgumentException e) {
                        yield ResponseEntity.ok("not so");
                    }
                    throw new IllegalStateException("notes.fail() did not");
                }
                case "swallows-on-reports" -> {
                    try {
                        notes.failOnReports();
                    } catch (IllegalArgumentException e) {
                        yield ResponseEntity.ok("not so");
                    }
                    throw new IllegalStateException("notes.failOnReports() did not");
                }
                case "marks-for-rollback" -> {
                    TransactionAspectSupport.currentTransactionStatus().setRollbackOnly();
                    yield ResponseEntity.badRequest().body("invalid");
                }
                default -> throw new ArithmeticException(page);
            };
        }

        private void write(String text) {
            AtomicRequestsTest.write(databases, text);
        }

        @GetMapping("/view")
        ModelAndView view() {
            write("view");
            return new ModelAndView((model, request, response) ->
                    response.getWriter().print(databases.get().unfinished()));
        }

        @GetMapping("/writes-itself")
        void writesItself(HttpServletResponse response) throws IOException {
            write("itself");
            response.getWriter().print("done");
        }

        @GetMapping("/starts-async-itself")
        void startsAsyncItself(HttpServletRequest request) {
            write("async");
            AsyncContext async = request.startAsync();
            executor.execute(async::complete);
        }

        @NonAtomicRequest
        @GetMapping("/exempt")
        String exempt() {
            write("exempt");
            throw new ArithmeticException("exempt");
        }

        @NonAtomicRequest("reports")
        @GetMapping("/exempt-on-reports")
        String exemptOnReports() {
            write("exempt");
            throw new ArithmeticException("exempt");
        }

        @GetMapping("/callable")
        Callable<String> callable() {
            write("before");
            return () -> {
                databases.execute("INSERT INTO note VALUES ('callable')");
                return "done";
            };
        }

        @GetMapping("/callable-that-throws")
        Callable<String> callableThatThrows() {
            write("before");
            return () -> {
                write("callable");
                throw new ArithmeticException("callable");
            };
        }

        @GetMapping("/streaming")
        StreamingResponseBody streaming() {
            write("before");
            return (OutputStream body) -> databases.execute("INSERT INTO note VALUES ('streaming')");
        }

        @GetMapping("/deferred")
        DeferredResult<String> deferred() {
            write("before");
            DeferredResult<String> result = new DeferredResult<>();
            executor.execute(databases.inUnitOfWork(() -> {
                databases.execute("INSERT INTO note VALUES ('deferred')");
                result.setResult("done");
            }));
            return result;
        }

        @GetMapping("/deferred-error")
        DeferredResult<String> deferredError() {
            write("before");
            DeferredResult<String> result = new DeferredResult<>();
            executor.execute(databases.inUnitOfWork(() -> {
                databases.execute("INSERT INTO note VALUES ('deferred')");
                result.setErrorResult(new ArithmeticException("deferred"));
            }));
            return result;
        }

        @GetMapping("/emitter")
        SseEmitter emitter() {
            write("before");
            SseEmitter emitter = new SseEmitter();
            executor.execute(databases.inUnitOfWork(() -> {
                databases.execute("INSERT INTO note VALUES ('emitter')");
                emitter.complete();
            }));
            return emitter;
        }

        @GetMapping("/forwards")
        ModelAndView forwards() {
            write("before");
            return new ModelAndView("forward:/answers");
        }

        @ExceptionHandler(UnsupportedOperationException.class)
        ResponseEntity<String> conflict() {
            return ResponseEntity.status(HttpStatus.CONFLICT)
                    .body(databases.get().unfinished().toString());
        }
    }

    /** The controller that {@code docs/spring.md} shows. */
    @RestController
    static class Prices {

        @NonAtomicRequest
        @GetMapping("/prices")
        String prices() {
            return "no transaction";
        }
    }
}
