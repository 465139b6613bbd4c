package dev.mooring.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mooring.Databases;
import dev.mooring.config.DatabaseSettings;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.EnumSet;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The page docs/servlets.md")
class ServletsPageTest {

    @TempDir
    private Path directory;

    @Test
    @DisplayName("has a filter that ends what a request forgot, and tasks with a unit of their own")
    void works() throws Exception {
        try (Databases databases = OnBothDatabases.SQLITE.open(directory)) {
            databases.execute("CREATE TABLE note (text varchar(50))");
            Server server = new Server();
            ServerConnector connector = new ServerConnector(server);
            connector.setHost("localhost");
            server.addConnector(connector);
            ServletContextHandler handler = new ServletContextHandler("/");
            handler.addServletContainerInitializer((classes, context) -> register(context, databases));
            ServletHolder holder = new ServletHolder(new Notes(databases));
            holder.setAsyncSupported(true);
            handler.addServlet(holder, "/*");
            server.setHandler(handler);
            server.start();
            URI uri = URI.create("http://localhost:" + connector.getLocalPort());

            assertThat(get(uri.resolve("/forgets"))).isEqualTo("written");
            assertThat(databases.query("SELECT * FROM note")).isEmpty();
            assertThat(get(uri.resolve("/later"))).isEqualTo("done");
            assertThat(databases.query(String.class, "SELECT text FROM note")).containsExactly("later");
            assertThat(databases.using("default").counts().leased()).isZero();
            server.stop();
        }
    }

    @Test
    @DisplayName("has a filter with a transaction around each request")
    void rollsBackARequestThatFails() throws Exception {
        DatabaseSettings settings = DatabaseSettings.fromUrl("sqlite:///" + directory.resolve("notes.db")).toBuilder()
                .atomicRequests(true)
                .build();
        try (Databases databases = Databases.of(settings)) {
            databases.execute("CREATE TABLE note (text varchar(50))");
            Filter filter = new AtomicRequestFilter(databases);

            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> filter.doFilter(null, null, (request, response) -> {
                        databases.execute("INSERT INTO note VALUES (%s)", "never");
                        throw new IOException("the client is gone");
                    }));
            filter.doFilter(
                    null, null, (request, response) -> databases.execute("INSERT INTO note VALUES (%s)", "yes"));

            assertThat(databases.query(String.class, "SELECT text FROM note")).containsExactly("yes");
        }
    }

    private static void register(ServletContext servletContext, Databases databases) {
        FilterRegistration.Dynamic filter = servletContext.addFilter("unitOfWork", new UnitOfWorkFilter(databases));
        filter.setAsyncSupported(true);
        filter.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC), false, "/*");
    }

    private static String get(URI uri) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                .body();
    }

    private static final class Notes extends HttpServlet {
        private static final long serialVersionUID = 1L;
        private final transient Databases databases;

        Notes(Databases databases) {
            this.databases = databases;
        }

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            if (request.getRequestURI().equals("/later")) {
                AsyncContext async = request.startAsync();
                async.start(databases.inUnitOfWork(() -> {
                    databases.execute("INSERT INTO note VALUES (%s)", "later");
                    answer(response, "done");
                    async.complete();
                }));
            } else {
                databases.get().transaction().setAutocommit(false);
                databases.execute("INSERT INTO note VALUES (%s)", "forgotten");
                answer(response, "written");
            }
        }

        private static void answer(HttpServletResponse response, String text) {
            try {
                response.getWriter().write(text);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
