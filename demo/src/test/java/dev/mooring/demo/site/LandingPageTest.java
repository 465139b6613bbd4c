package dev.mooring.demo.site;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.mooring.Databases;
import dev.mooring.auth.AuthMigrations;
import dev.mooring.auth.Users;
import dev.mooring.config.DatabaseSettings;
import dev.mooring.migrations.MigrationExecutor;
import dev.mooring.migrations.MigrationListener;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LandingPageTest {

    @TempDir
    private Path directory;

    private Databases databases;
    private final HttpClient client = HttpClient.newHttpClient();
    private HttpServer server;

    @BeforeEach
    void serve() throws IOException {
        databases = Databases.of(DatabaseSettings.fromUrl("sqlite:///" + directory.resolve("site.db")));
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", new LandingPage(databases, "pool"));
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        databases.close();
    }

    @Test
    void logsTheUserInAndKeepsNoConnection() throws Exception {
        new MigrationExecutor(databases, "default", AuthMigrations.all()).migrate(MigrationListener.none());
        Users.of(databases).createSuperuser(DemoSite.USERNAME, null, DemoSite.PASSWORD);

        HttpResponse<String> response = send("GET", "/");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).contains("text/html; charset=utf-8");
        assertThat(response.body()).contains("The answer: <strong>admin</strong>");
        assertThat(databases.using("default").counts().leased()).isZero();
    }

    @Test
    void saysSoIfNobodyHasThatNameAndPassword() throws Exception {
        new MigrationExecutor(databases, "default", AuthMigrations.all()).migrate(MigrationListener.none());

        assertThat(send("GET", "/").body()).contains("The answer: nobody.");
    }

    @Test
    void tellsAnErrorOfTheDatabaseAsText() throws Exception {
        HttpResponse<String> response = send("GET", "/");

        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(response.body()).contains("auth_user").doesNotContain("\"auth_user\"", "\tat ");
    }

    @Test
    void answersToItsOwnAddressAndToReadersOnly() throws Exception {
        assertThat(send("GET", "/favicon.ico").statusCode()).isEqualTo(404);
        assertThat(send("POST", "/").statusCode()).isEqualTo(405);
        assertThat(send("POST", "/").headers().firstValue("Allow")).contains("GET, HEAD");
    }

    private HttpResponse<String> send(String method, String path) throws Exception {
        URI uri = URI.create("http://localhost:" + server.getAddress().getPort() + path);
        HttpRequest request = HttpRequest.newBuilder(uri)
                .method(method, BodyPublishers.noBody())
                .build();
        return client.send(request, BodyHandlers.ofString());
    }
}
