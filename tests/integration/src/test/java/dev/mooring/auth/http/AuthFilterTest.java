package dev.mooring.auth.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("In a servlet container, a site shares Django's sessions")
class AuthFilterTest extends HttpContract {

    private JettyServer server;

    @Override
    URI start(Site site) {
        server = new JettyServer(site);
        return server.uri();
    }

    @Override
    void stop() {
        server.close();
    }

    @Override
    void awaitDone(int requests) {
        server.left.acquireUninterruptibly(requests);
    }

    @Test
    @DisplayName("However the response is committed, the cookie is in it and the session is saved")
    void setsTheCookieBeforeTheCommit() {
        for (String page : new String[] {"long", "counted", "redirected"}) {
            browser.cookies.clear();
            browser.get("/" + page);
            assertThat(browser.cookies).as(page).containsKey("sessionid");
            assertThat(browser.get("/recall?name=" + page)).isEqualTo("yes");
        }
        browser.cookies.clear();
        assertThat(browser.get("/flushed")).isEqualTo("begun");
        assertThat(browser.get("/recall?name=first")).isEqualTo("yes");
        assertThat(browser.get("/recall?name=second"))
                .as("changed after the commit")
                .isEqualTo("yes");
    }

    @Test
    @DisplayName("However the response is committed, status 400 says that the session is gone")
    void tellsOfALostSessionBeforeTheCommit() {
        for (String page : new String[] {"redirected", "flushed"}) {
            browser.get("/remember?name=a&value=b");
            assertThat(browser.get("/interrupted/" + page)).contains("deleted before the request completed");
            assertThat(browser.status).as(page).isEqualTo(400);
        }
        assertThat(rows()).isZero();
    }

    @Test
    @DisplayName("A detour through an exempt path does not get past the check of the token")
    void checksThePathThatTheContainerTakes() {
        for (String path : new String[] {"/exempt/../checked", "/exempt/%2e%2e/checked", "/exempt/.;a/../checked"}) {
            browser.postUnresolved(path, Map.of("value", "x"));
            assertThat(browser.status).as(path).isIn(400, 403);
        }
        assertThat(browser.post("/ex%65mpt;a=b", Map.of("value", "x"))).isEqualTo("posted x");
    }

    @Test
    void tellsTheContainerWhoItIs() {
        browser.login("alice", "correct horse");
        assertThat(browser.get("/principal")).isEqualTo("alice alice");
    }

    @Test
    @DisplayName("An asynchronous request holds nothing while it waits, and its session is saved when it ends")
    void savesAsynchronousRequests() {
        browser.login("alice", "correct horse");
        awaitDone(2);
        server.goOn.release(2);

        assertThat(browser.get("/async/dispatch")).isEqualTo("dispatched");
        assertThat(browser.get("/recall?name=async")).isEqualTo("dispatched");
        assertThat(browser.get("/async/complete")).isEqualTo("completed by true");
        assertThat(browser.get("/recall?name=async")).isEqualTo("completed");
        awaitDone(5);
        assertThat(database.databases().using("default").holders()).isEmpty();
    }

    @Test
    @DisplayName("An asynchronous request that ends at once gets its cookie too")
    void savesNewSessionsOfAsynchronousRequests() {
        server.goOn.release(20);
        for (int i = 0; i < 10; i++) {
            for (String page : new String[] {"dispatch", "complete"}) {
                browser.cookies.clear();
                browser.get("/async/" + page);
                assertThat(browser.get("/recall?name=async")).startsWith(page);
            }
        }
    }

    @Test
    @DisplayName("An asynchronous request that fails or comes to no end saves nothing and holds nothing")
    void survivesFailuresOfAsynchronousRequests() {
        for (String page : new String[] {"timeout", "throws"}) {
            browser.get("/async/" + page);
            assertThat(browser.status).as(page).isEqualTo(500);
            awaitDone(1);
        }

        assertThat(browser.cookies).isEmpty();
        assertThat(rows()).isZero();
        assertThat(database.databases().using("default").holders()).isEmpty();
    }

    @Test
    @DisplayName("A client that hangs up while it is answered leaves no connection behind")
    void survivesAborts() throws IOException {
        URI uri = server.uri();
        try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
            String request = "GET /endless HTTP/1.1\r\nHost: localhost\r\nCookie: sessionid=abcdefghijklmnop\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            assertThat(socket.getInputStream().read()).isEqualTo('H');
        }

        awaitDone(1);
        assertThat(database.databases().using("default").holders()).isEmpty();
    }
}
