package dev.mooring.spring.boot;

import dev.mooring.Databases;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.HttpRequestHandler;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.handler.SimpleUrlHandlerMapping;
import org.springframework.web.servlet.mvc.Controller;

/** Handlers of {@link AtomicRequestsApplication} that redirect, and those that are no methods. */
@Configuration(proxyBeanMethods = false)
@Import(MoreHandlers.Redirects.class)
class MoreHandlers {

    @Bean
    SimpleUrlHandlerMapping byInterface(Databases databases) {
        return new SimpleUrlHandlerMapping(
                Map.of(
                        "/controller", new ByInterface(databases, false),
                        "/controller-that-throws", new ByInterface(databases, true),
                        "/request-handler", new Plain(databases, false),
                        "/request-handler-that-throws", new Plain(databases, true)),
                -1);
    }

    private record ByInterface(Databases databases, boolean isToFail) implements Controller {

        @Override
        public ModelAndView handleRequest(HttpServletRequest request, HttpServletResponse response) {
            AtomicRequestsApplication.write(databases, "controller");
            if (isToFail) {
                throw new ArithmeticException("controller");
            }
            return new ModelAndView((model, http, answer) -> answer.getWriter().print("fine"));
        }
    }

    private record Plain(Databases databases, boolean isToFail) implements HttpRequestHandler {

        @Override
        public void handleRequest(HttpServletRequest request, HttpServletResponse response) throws IOException {
            AtomicRequestsApplication.write(databases, "request handler");
            if (isToFail) {
                throw new ArithmeticException("request handler");
            }
            response.getWriter().print("fine");
        }
    }

    @RestController
    static class Redirects {

        private static final String MORE_THAN_A_BUFFER = "x".repeat(100_000);

        private final Databases databases;

        Redirects(Databases databases) {
            this.databases = databases;
        }

        @GetMapping("/redirects")
        void redirects(HttpServletResponse response) throws IOException {
            AtomicRequestsApplication.write(databases, "redirect");
            response.sendRedirect("/elsewhere");
        }

        @GetMapping("/redirects-and-answers")
        String redirectsAndAnswers(HttpServletResponse response) throws IOException {
            redirects(response);
            response.flushBuffer();
            return response.isCommitted() ? "never seen" : "not committed";
        }

        @GetMapping("/redirects-and-writes")
        void redirectsAndWrites(HttpServletResponse response) throws IOException {
            redirects(response);
            response.getWriter().print(MORE_THAN_A_BUFFER);
            response.getWriter().flush();
        }

        @GetMapping("/redirects-and-streams")
        void redirectsAndStreams(HttpServletResponse response) throws IOException {
            redirects(response);
            try (OutputStream body = response.getOutputStream()) {
                body.write(MORE_THAN_A_BUFFER.getBytes(StandardCharsets.US_ASCII));
            }
        }

        @GetMapping("/forwards-to-a-redirect")
        void forwardsToRedirect(HttpServletRequest request, HttpServletResponse response)
                throws IOException, ServletException {
            request.getRequestDispatcher("/redirects").forward(request, response);
        }

        @GetMapping("/redirects-and-sends-an-error")
        void redirectsAndSendsError(HttpServletResponse response) throws IOException {
            redirects(response);
            response.sendError(HttpStatus.NOT_FOUND.value());
        }

        @GetMapping("/redirects-and-throws")
        void redirectsAndThrows(HttpServletResponse response) throws IOException {
            redirects(response);
            throw new ArithmeticException("redirect");
        }

        @GetMapping("/redirects-and-fails-at-commit")
        void redirectsAndFails(HttpServletResponse response) throws IOException {
            redirects(response);
            AtomicRequestsApplication.breakConstraint(databases);
        }

        @ExceptionHandler({ArithmeticException.class, DataIntegrityViolationException.class})
        ResponseEntity<String> conflict() {
            return ResponseEntity.status(HttpStatus.CONFLICT).body("conflict");
        }
    }
}
