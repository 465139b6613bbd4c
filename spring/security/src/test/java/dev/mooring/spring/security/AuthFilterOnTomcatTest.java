package dev.mooring.spring.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.auth.http.AuthFilter;
import dev.mooring.auth.http.RequestAuth;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.apache.catalina.LifecycleException;
import org.apache.tomcat.util.descriptor.web.ErrorPage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("On a container of Servlet 6.1, the cookies are set and the session is saved")
class AuthFilterOnTomcatTest {

    @TempDir
    static Path directory;

    private static FilteredTomcat server;

    @BeforeAll
    static void start() throws LifecycleException {
        ErrorPage errorPage = new ErrorPage();
        errorPage.setLocation("/error-page");
        server = new FilteredTomcat(
                directory,
                errorPage,
                site -> site.addServlet("pages", new Pages()).addMapping("/*"));
    }

    @AfterAll
    static void stop() throws LifecycleException {
        server.close();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "redirect, 200, done",
        "redirect-status, 200, done",
        "redirect-keeping, 200, done",
        "redirect-all, 200, done",
        "forward, 200, forwarded",
        "error, 404, nobody",
        "length-header, 200, abc",
        "length-int-header, 200, abc",
        "check-error, 200, abc",
        "reset, 200, short",
        "trailers, 200, abc",
    })
    @DisplayName("however a servlet ends its answer")
    void setsCookies(String page, int status, String body) {
        Browser browser = server.browser();

        HttpResponse<String> answer = browser.get("/" + page);

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body()).contains(body);
        assertThat(browser.cookie("sessionid")).isPresent();
        assertThat(browser.cookie("csrftoken")).isPresent();
        assertThat(browser.get("/recall").body()).isEqualTo(page);
    }

    @ParameterizedTest
    @ValueSource(strings = {"missing", "throws", "throws-late"})
    @DisplayName(
            "on an error page, whose form has a token that the next request may use, but whose session stays as it was")
    void errorPages(String page) {
        Browser browser = server.browser();
        String form = browser.get("/" + page).body();

        assertThat(form).matches("nobody [a-zA-Z0-9]{64} .*");
        assertThat(browser.cookie("sessionid")).isEmpty();
        assertThat(browser.post("/done", Map.of("csrfmiddlewaretoken", form.split(" ", -1)[1]))
                        .body())
                .isEqualTo("done");
    }

    @Test
    @DisplayName("behind a proxy that forwards the browser's host in a header of its own, for its origin is the site's")
    void forwardedHost() {
        Browser browser = server.browser();
        Map<String, String> form =
                Map.of("csrfmiddlewaretoken", browser.get("/token").body());

        assertThat(posted(browser, form, "Origin", "https://www.example.net")).isEqualTo("done");
        assertThat(posted(browser, form, "Origin", "https://other.example.net")).contains("Origin checking failed");
        assertThat(posted(browser, form, "Referer", "https://www.example.net/form?a=b"))
                .isEqualTo("done");
        assertThat(posted(browser, form, "Referer", "https://other.example.net/form"))
                .contains("Referer checking failed");
    }

    private static String posted(Browser browser, Map<String, String> form, String header, String value) {
        return browser.post(
                        "/done",
                        form,
                        "X-Forwarded-Proto",
                        "https",
                        "X-Forwarded-Host",
                        "www.example.net",
                        header,
                        value)
                .body();
    }

    private static final class Pages extends HttpServlet {

        private static final long serialVersionUID = 1L;

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response)
                throws IOException, ServletException {
            RequestAuth auth = AuthFilter.of(request);
            String page = request.getRequestURI().substring(1);
            switch (page) {
                case "done" -> response.getWriter().print("done");
                case "missing" -> response.sendError(HttpServletResponse.SC_NOT_FOUND);
                case "throws" -> throw new ServletException(page);
                case "throws-late" -> {
                    change(auth, page);
                    throw new ServletException(page);
                }
                case "error-page" -> {
                    auth.session().put("page", page);
                    String who = request.getRemoteUser() == null ? "nobody" : request.getRemoteUser();
                    Object why = request.getAttribute(RequestDispatcher.ERROR_MESSAGE);
                    response.getWriter().print(who + " " + auth.csrfToken() + " " + why);
                }
                case "token" -> response.getWriter().print(auth.csrfToken());
                case "recall" -> response.getWriter().print(auth.session().get("page"));
                case "forwarded" -> {
                    change(auth, "forward");
                    response.getWriter().print("forwarded");
                }
                case "forward" -> request.getRequestDispatcher("/forwarded").forward(request, response);
                default -> {
                    change(auth, page);
                    answer(page, response);
                }
            }
        }

        private static void change(RequestAuth auth, String page) {
            auth.session().put("page", page);
            auth.csrfToken();
        }

        private static void answer(String page, HttpServletResponse response) throws IOException {
            switch (page) {
                case "redirect" -> response.sendRedirect("/done");
                case "redirect-status" -> response.sendRedirect("/done", HttpServletResponse.SC_SEE_OTHER);
                case "redirect-keeping" -> response.sendRedirect("/done", false);
                case "redirect-all" -> response.sendRedirect("/done", HttpServletResponse.SC_SEE_OTHER, false);
                case "error" -> response.sendError(HttpServletResponse.SC_NOT_FOUND);
                case "length-header" -> {
                    response.setHeader("content-length", "3");
                    response.getWriter().print("abc");
                    response.getWriter().flush();
                }
                case "length-int-header" -> {
                    response.addIntHeader("Content-Length", 3);
                    response.getOutputStream().print("abc");
                    response.getOutputStream().close();
                }
                case "check-error" -> {
                    response.getWriter().print("abc");
                    assertThat(response.getWriter().checkError()).isFalse();
                }
                case "reset" -> {
                    response.getWriter().print("x".repeat(response.getBufferSize() / 2));
                    response.reset();
                    response.getWriter().print("short");
                }
                case "trailers" -> {
                    response.setTrailerFields(() -> Map.of("x-end", "yes"));
                    response.getOutputStream().print("abc");
                }
                default -> throw new IllegalArgumentException(page);
            }
        }
    }
}
