package dev.mooring.auth.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.mooring.Databases;
import dev.mooring.Lease;
import dev.mooring.config.DatabaseSettings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("The view of the connections")
class ConnectionsViewTest {

    private static final String STATEMENT = "SELECT '<b>' || %s";

    /** The servers that it can be mounted on. */
    enum Mount {
        HANDLER,
        SERVLET
    }

    @TempDir
    private Path directory;

    private final HttpClient client = HttpClient.newHttpClient();
    private Databases databases;

    @BeforeEach
    void open() {
        databases = Databases.of(settings("default"), settings("other"));
    }

    @AfterEach
    void close() {
        databases.close();
    }

    private DatabaseSettings settings(String alias) {
        return DatabaseSettings.builder(alias)
                .engine("sqlite3")
                .name(directory.resolve(alias + ".db").toString())
                .maxConnections(1)
                .build();
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("is a page in which no text of a statement is markup, and no parameter is shown")
    void isAPage(Mount mount) throws Exception {
        try (Running server = start(mount);
                Lease lease = databases.get().hold()) {
            databases.query(STATEMENT, "secret");

            HttpResponse<String> page = send(server, "GET", "text/html");

            assertThat(page.statusCode()).isEqualTo(200);
            assertThat(page.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/html");
            assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                    .startsWith("default-src 'none'");
            assertThat(page.body())
                    .contains("<h2>default</h2>", "<h2>other</h2>", "<td>leased</td>", "SELECT '&lt;b&gt;' || %s</td>")
                    .contains("<td>" + Thread.currentThread().getName() + "</td>")
                    .doesNotContain("secret", "<b>");
        }
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("is JSON for who asks for it, and answers while every connection is in use")
    void isJson(Mount mount) throws Exception {
        try (Running server = start(mount);
                Lease lease = databases.get().hold()) {
            databases.query(STATEMENT, "secret");

            HttpResponse<String> json = send(server, "GET", "application/json");

            assertThat(json.headers().firstValue("Content-Type").orElseThrow()).startsWith("application/json");
            assertThat(json.headers().firstValue("Cache-Control")).contains("no-store");
            assertThat(json.body())
                    .startsWith("{\"default\":{\"open\":1,\"leased\":1,\"waiting\":0,\"peak\":1,\"opened\":1,")
                    .contains("\"connections\":[{\"number\":1,\"state\":\"leased\",\"holder\":\""
                            + Thread.currentThread().getName() + "\",\"ageMillis\":")
                    .contains("\"uses\":1,\"lastStatement\":\"" + STATEMENT + "\"}]")
                    .contains("\"other\":{\"open\":0,")
                    .endsWith("\"connections\":[]}}");
        }
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("only reads")
    void onlyReads(Mount mount) throws Exception {
        try (Running server = start(mount)) {
            assertThat(send(server, "POST", "text/html").statusCode()).isEqualTo(405);
            assertThat(send(server, "HEAD", "text/html").statusCode()).isEqualTo(200);
        }
        assertThat(databases.using("default").counts().opened()).isZero();
    }

    private HttpResponse<String> send(Running server, String method, String accept) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + server.port() + "/connections"))
                .header("Accept", accept)
                .method(method, BodyPublishers.noBody())
                .build();
        return client.send(request, BodyHandlers.ofString());
    }

    private Running start(Mount mount) throws Exception {
        return mount == Mount.HANDLER ? jdk() : jetty();
    }

    private Running jdk() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress("localhost", 0), 0);
        server.createContext("/connections", new ConnectionsHandler(databases));
        server.start();
        return new Running(server.getAddress().getPort(), () -> server.stop(0));
    }

    private Running jetty() throws Exception {
        Server server = new Server();
        ServerConnector connector = new ServerConnector(server);
        connector.setHost("localhost");
        server.addConnector(connector);
        ServletContextHandler context = new ServletContextHandler("/");
        context.addServlet(new ServletHolder(new ConnectionsServlet(databases)), "/connections");
        server.setHandler(context);
        server.start();
        return new Running(connector.getLocalPort(), server::stop);
    }

    private record Running(int port, AutoCloseable stop) implements AutoCloseable {
        @Override
        public void close() throws Exception {
            stop.close();
        }
    }
}
