package dev.mooring.spring.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.Databases;
import java.nio.file.Path;
import org.apache.catalina.LifecycleException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.context.annotation.AnnotatedBeanDefinitionReader;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.support.GenericWebApplicationContext;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.config.annotation.EnableWebMvc;

@DisplayName(
        "With atomicRequests, a request that fails under Spring MVC is rolled back, although nothing reaches the filter")
class AtomicRequestsUnderMvcTest {

    @TempDir
    static Path directory;

    private static FilteredTomcat server;
    private static final GenericWebApplicationContext APPLICATION = new GenericWebApplicationContext();

    @BeforeAll
    static void start() throws LifecycleException {
        server = new FilteredTomcat(directory, site -> {
            APPLICATION.registerBean(Databases.class, () -> server().databases());
            new AnnotatedBeanDefinitionReader(APPLICATION).register(Application.class);
            site.addServlet("mvc", new DispatcherServlet(APPLICATION)).addMapping("/");
        });
        server.databases().execute("CREATE TABLE note (text varchar(50))");
    }

    private static FilteredTomcat server() {
        return server;
    }

    @AfterAll
    static void stop() throws LifecycleException {
        server.close();
    }

    @BeforeEach
    void empty() {
        server.databases().execute("DELETE FROM note");
    }

    @ParameterizedTest(name = "{0}: status {1}, {2} rows")
    @CsvSource({
        "answers, 200, 1",
        "answers-404, 404, 1",
        "answers-503, 503, 0",
        "throws-mapped-to-500, 500, 0",
        "throws-mapped-to-409, 409, 0",
        "throws-annotated-with-410, 410, 0",
        "throws-404, 404, 0",
        "throws-unmapped, 500, 0",
    })
    @DisplayName("whatever status the exception is mapped to, and an answer of 500 or above too")
    void rollsBack(String page, int status, int rows) {
        assertThat(server.browser().get("/" + page).statusCode()).isEqualTo(status);
        server.awaitDone();
        assertThat(server.databases().query("SELECT text FROM note")).hasSize(rows);
    }

    @Configuration
    @EnableWebMvc
    @Import(Pages.class)
    static class Application {}

    @RestController
    static class Pages {

        private final Databases databases;

        Pages(Databases databases) {
            this.databases = databases;
        }

        @GetMapping("/{page}")
        ResponseEntity<String> page(@PathVariable("page") String page) {
            databases.execute("INSERT INTO note VALUES (%s)", page);
            return switch (page) {
                case "answers" -> ResponseEntity.ok("fine");
                case "answers-404" ->
                    ResponseEntity.status(HttpStatus.NOT_FOUND).body("none");
                case "answers-503" ->
                    ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE).body("later");
                case "throws-mapped-to-500" -> throw new IllegalStateException(page);
                case "throws-mapped-to-409" -> throw new UnsupportedOperationException(page);
                case "throws-annotated-with-410" -> throw new GoneException();
                case "throws-404" -> throw new ResponseStatusException(HttpStatus.NOT_FOUND);
                default -> throw new ArithmeticException(page);
            };
        }

        @ExceptionHandler(IllegalStateException.class)
        ResponseEntity<String> broken() {
            return ResponseEntity.internalServerError().body("broken");
        }

        @ExceptionHandler(UnsupportedOperationException.class)
        ResponseEntity<String> conflict() {
            return ResponseEntity.status(HttpStatus.CONFLICT).body("conflict");
        }
    }

    @ResponseStatus(HttpStatus.GONE)
    static class GoneException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
