package dev.mooring.spring.boot;

import dev.mooring.Database;
import dev.mooring.Databases;
import dev.mooring.spring.NonAtomicRequest;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.interceptor.TransactionAspectSupport;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.async.DeferredResult;
import org.springframework.web.context.support.AnnotationConfigWebApplicationContext;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.function.HandlerFunction;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

/** The application of {@link AtomicRequestsTest}: what its handlers do with two databases, and how they end. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({
    AtomicRequestsApplication.Pages.class,
    AtomicRequestsApplication.Notes.class,
    AtomicRequestsApplication.Prices.class,
    MoreHandlers.class
})
class AtomicRequestsApplication {

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
        context.register(SecondServlet.class);
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

    static void write(Databases databases, String text) {
        databases.execute("INSERT INTO note VALUES (%s)", text);
        databases.using("reports").execute("INSERT INTO note VALUES (%s)", text);
    }

    /** The COMMIT will fail, of the innermost transaction, which is the first. */
    static void breakConstraint(Databases databases) {
        Database innermost = databases.using(databases.aliases().iterator().next());
        innermost.execute("CREATE TABLE parent (id integer PRIMARY KEY)");
        innermost.execute("CREATE TABLE child (id integer REFERENCES parent DEFERRABLE INITIALLY DEFERRED)");
        innermost.execute("INSERT INTO child VALUES (1)");
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
                case "sets-rollback" -> {
                    databases.using("reports").transaction().setRollback(true);
                    yield ResponseEntity.badRequest().body("invalid");
                }
                default -> throw new ArithmeticException(page);
            };
        }

        private void write(String text) {
            AtomicRequestsApplication.write(databases, text);
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
