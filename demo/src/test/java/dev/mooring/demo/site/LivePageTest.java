package dev.mooring.demo.site;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Ticker;
import com.sun.net.httpserver.HttpServer;
import dev.mooring.Databases;
import dev.mooring.auth.signing.SecretKeys;
import dev.mooring.config.DatabaseSettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
@DisplayName("The live page")
class LivePageTest {

    private static final Map<String, String> FIELDS =
            Map.of("handling", "naive", "threads", "pool", "scope", "thread", "requests", "5", "concurrency", "2");

    @TempDir
    private Path directory;

    private final NoExperiment experiment = new NoExperiment();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private Databases databases;
    private Site site;
    private HttpServer server;
    private Browser browser;

    @BeforeEach
    void serve() throws IOException {
        databases = Databases.of(DatabaseSettings.fromUrl("sqlite:///" + directory.resolve("site.db")));
        site = new Site(databases, SecretKeys.of("only for tests"), Ticker.systemTicker(), experiment);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        site.addTo(server, "pool");
        server.start();
        browser = new Browser(server.getAddress().getPort());
    }

    @AfterEach
    void stop() {
        site.close();
        server.stop(0);
        threads.shutdown();
        databases.close();
    }

    @Test
    @DisplayName("runs scripts of its own site only, and none inside the page")
    void isClosed() {
        HttpResponse<String> page = browser.get("/mooring");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                .startsWith("default-src 'none'; script-src 'self'; style-src 'self' 'sha256-");
        assertThat(page.body())
                .contains(
                        "<script type=\"module\" src=\"/mooring/assets/live.js\"></script>",
                        "value=\"virtual\" disabled")
                .doesNotContain("http:", "https:", " style=", "{{", "onclick");
    }

    @Test
    @DisplayName("has its styles and scripts in the jar")
    void servesItsAssets() {
        assertThat(browser.get("/mooring/assets/uplot.js").body()).contains("export { uPlot as default }");
        assertThat(browser.get("/mooring/assets/uplot.css").headers().firstValue("Content-Type"))
                .contains("text/css; charset=utf-8");
        assertThat(browser.get("/mooring/assets/live.js").headers().firstValue("Content-Type"))
                .contains("text/javascript; charset=utf-8");
        assertThat(browser.get("/mooring/assets/../Site.class").statusCode()).isEqualTo(404);
        assertThat(browser.get("/mooring/assets/").statusCode()).isEqualTo(404);
    }

    @Test
    @DisplayName("hands its buttons on, with the token of its form only")
    void handsTheButtonsOn() {
        assertThat(browser.post("/mooring/run", FIELDS).statusCode()).isEqualTo(403);
        browser.get("/mooring");

        assertThat(browser.post("/mooring/run", FIELDS).headers().firstValue("Location"))
                .contains("/mooring");
        assertThat(browser.post("/mooring/stop", FIELDS).statusCode()).isEqualTo(303);
        assertThat(browser.post("/mooring/close", FIELDS).statusCode()).isEqualTo(303);

        assertThat(browser.get("/mooring/run").statusCode()).isEqualTo(405);
        assertThat(browser.get("/mooring/other").statusCode()).isEqualTo(404);
        assertThat(experiment.asked).containsExactly("start naive pool thread 5 2", "stop", "close");
    }

    @Test
    @DisplayName("says in the page what was wrong with the form")
    void saysWhatWasWrong() {
        experiment.problem = "Requests: give a whole number from 1 to <20>.";
        browser.get("/mooring");

        HttpResponse<String> refused = browser.post("/mooring/run", FIELDS);

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("role=\"alert\">Requests: give a whole number from 1 to &lt;20&gt;.</p>");
    }

    @Test
    @DisplayName("gets its figures as server-sent events, each in one line, until the site is closed")
    void streamsTheState() throws IOException {
        URI events = URI.create("http://localhost:" + server.getAddress().getPort() + "/mooring/events");
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(events.toURL().openStream(), StandardCharsets.UTF_8))) {
            for (int i = 0; i < 2; i++) {
                assertThat(lines.readLine()).isEqualTo("data: {\"text\": \"two\\u000alines\"}");
                assertThat(lines.readLine()).isEmpty();
            }

            site.close();

            assertThat(lines.lines().reduce("", (before, line) -> line)).isEmpty();
        }
    }
}
