package dev.mooring.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import com.google.common.base.Ticker;
import com.sun.net.httpserver.HttpServer;
import dev.mooring.Databases;
import dev.mooring.auth.signing.SecretKeys;
import dev.mooring.config.DatabaseSettings;
import dev.mooring.demo.site.Site;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.support.ui.WebDriverWait;

/**
 * The live page in a real browser, through its buttons, on PostgreSQL. The browser is Debian's; the properties
 * {@code webdriver.chrome.driver} and {@code webdriver.chrome.binary} name another. Screenshots are in {@code target/live-page}.
 */
@Timeout(400)
@DisplayName("The live page in a browser")
class LivePageBrowserTest {

    private static final Path DRIVER = Path.of(System.getProperty("webdriver.chrome.driver", "/usr/bin/chromedriver"));
    private static final Path BROWSER = Path.of(System.getProperty("webdriver.chrome.binary", "/usr/bin/chromium"));
    /** Down to the plot and the figures of the runs. */
    private static final int README_HEIGHT = 1700;

    private static final Path SCREENSHOTS = Path.of("target", "live-page");
    private static final Pattern PORT = Pattern.compile("-p (\\d+)");
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int DESKTOP = 1200;
    private static final int PHONE = 390;

    @TempDir
    private Path directory;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final LiveExperiment experiment = new LiveExperiment(Engine.POSTGRESQL);
    private Databases databases;
    private Site site;
    private HttpServer server;
    private ChromeDriver browser;

    @BeforeEach
    void open(TestInfo test) throws IOException {
        if (!Files.isExecutable(DRIVER) || !Files.isExecutable(BROWSER)) {
            String message = "NOT RUN: " + getClass().getName() + ", " + test.getDisplayName() + ": there is no "
                    + DRIVER + " or " + BROWSER + " (Debian's chromium and chromium-driver)";
            System.err.println(message);
            abort(message);
        }
        databases = Databases.of(DatabaseSettings.fromUrl("sqlite:///" + directory.resolve("site.db")));
        site = new Site(databases, SecretKeys.of("only for tests"), Ticker.systemTicker(), experiment);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        site.addTo(server, "pool");
        server.start();
        browser = new ChromeDriver(
                new ChromeDriverService.Builder()
                        .usingDriverExecutable(DRIVER.toFile())
                        .usingAnyFreePort()
                        .build(),
                new ChromeOptions()
                        .setBinary(BROWSER.toFile())
                        .addArguments(
                                "--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--hide-scrollbars"));
    }

    @AfterEach
    void close() {
        threads.shutdown();
        if (browser != null) {
            browser.quit();
        }
        if (site != null) {
            site.close();
            server.stop(0);
            databases.close();
        }
        experiment.close();
    }

    @Test
    @DisplayName("shows the leak until PostgreSQL refuses, and then that Mooring's defaults have none")
    void showsTheLeakAndItsEnd() throws IOException {
        browser.get("http://localhost:" + server.getAddress().getPort() + "/login");
        browser.findElement(By.linkText("Live")).click();

        String leak = send("naive");
        assertThat(leak)
                .startsWith("The leak: ")
                .contains("The server has no room for more.", "failed; the server said “FATAL: ");
        assertThat(figure("leaked")).isEqualTo(figure("open")).isGreaterThan(Style.CAP);
        assertSameAsTheServersCount();
        screenshot("leak", DESKTOP);

        String none = send("mooring");
        assertThat(none).startsWith("No leak: 200 requests shared ").endsWith("No request failed.");
        assertThat(figure("open")).isBetween(1, Style.CAP);
        assertThat(figure("leaked")).isZero();
        assertSameAsTheServersCount();
        assertThat(browser.findElements(By.cssSelector("#runs tbody tr"))).hasSize(2);
        screenshot("mooring", DESKTOP);
        screenshot("phone", PHONE);
        screenshot("readme", DESKTOP, README_HEIGHT);

        press("close");
        until(() -> figure("open") == 0 && figure("server") == 0);
        assertSameAsTheServersCount();
        assertThat(text("problem")).isEmpty();
    }

    /** {@return what the page says when everything is answered} */
    private String send(String handling) {
        browser.findElement(By.cssSelector("[name=handling][value=" + handling + "]"))
                .click();
        WebElement requests = element("requests");
        requests.clear();
        requests.sendKeys("200");
        String before = text("sentence");
        press("run");
        until(() -> element("run").isEnabled()
                && !text("sentence").equals(before)
                && !text("sentence").endsWith("…")
                && figure("open") == figure("server"));
        return text("sentence");
    }

    private void press(String button) {
        until(() -> element(button).isEnabled());
        element(button).click();
    }

    private void assertSameAsTheServersCount() {
        int rows = browser.findElements(By.cssSelector("#connections tbody tr:not(:has(.empty))"))
                .size();
        assertThat(rows).isEqualTo(figure("open"));
        Matcher port = PORT.matcher(text("command"));
        assertThat(port.find()).isTrue();
        try (Databases counting =
                Databases.of(DatabaseSettings.fromUrl("postgres://postgres@localhost:" + port.group(1) + "/mooring"))) {
            assertThat(counting.query(
                                    Integer.class,
                                    "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'mooring-live'")
                            .one())
                    .isEqualTo(figure("open"))
                    .isEqualTo(figure("server"));
        }
    }

    private void screenshot(String name, int width) throws IOException {
        browser.manage().window().setSize(new Dimension(width, 900));
        Object height = browser.executeScript("return document.documentElement.scrollHeight");
        screenshot(name, width, ((Number) height).intValue() + 200);
    }

    private void screenshot(String name, int width, int height) throws IOException {
        browser.manage().window().setSize(new Dimension(width, height));
        until(() -> browser.executeScript(
                        "const box = document.getElementById('plot'); const shown = box.querySelector('canvas').clientWidth;"
                                + " return shown > 0 && shown <= box.clientWidth && box.clientWidth - shown < 120")
                .equals(true));
        Files.createDirectories(SCREENSHOTS);
        Files.write(SCREENSHOTS.resolve(name + ".png"), browser.getScreenshotAs(OutputType.BYTES));
    }

    private void until(BooleanSupplier condition) {
        new WebDriverWait(browser, PATIENCE)
                .withMessage(() -> "the page says: " + text("sentence") + " " + text("progress") + " open "
                        + text("open") + ", counted outside " + text("server"))
                .until(driver -> condition.getAsBoolean());
    }

    private int figure(String id) {
        String shown = text(id);
        return shown.equals("–") ? -1 : Integer.parseInt(shown);
    }

    private String text(String id) {
        return element(id).getText();
    }

    private WebElement element(String id) {
        return browser.findElement(By.id(id));
    }
}
