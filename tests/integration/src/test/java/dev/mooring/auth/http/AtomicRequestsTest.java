package dev.mooring.auth.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.mooring.Databases;
import dev.mooring.auth.Authenticator;
import dev.mooring.auth.Logins;
import dev.mooring.auth.Users;
import dev.mooring.auth.sessions.SessionStore;
import dev.mooring.auth.sessions.SharedDatabase;
import dev.mooring.auth.sessions.SharedDatabase.Engine;
import dev.mooring.auth.signing.SecretKeys;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("With atomicRequests, a request to the JDK's server")
class AtomicRequestsTest {

    private final Semaphore done = new Semaphore(0);

    @ParameterizedTest(name = "status {0}: {1} rows")
    @CsvSource({"200, 1", "404, 1", "500, 0", "503, 0"})
    @DisplayName("is rolled back if its handler answers with a status of 500 or above")
    void rollsBackFailures(int status, int rows) throws IOException {
        try (SharedDatabase database = SharedDatabase.create(Engine.SQLITE, builder -> builder.atomicRequests(true))) {
            Databases databases = database.databases();
            HttpServer server = HttpServer.create(new InetSocketAddress("localhost", 0), 0);
            AuthHandler handler = new AuthHandler(auth(databases), (exchange, me) -> {
                databases.execute("INSERT INTO auth_group (name) VALUES (%s)", "group");
                exchange.sendResponseHeaders(status, -1);
            });
            server.createContext("/", exchange -> {
                handler.handle(exchange);
                done.release();
            });
            server.start();
            try {
                new Browser(URI.create("http://localhost:" + server.getAddress().getPort())).get("/");
                done.acquireUninterruptibly();

                assertThat(databases.query("SELECT name FROM auth_group")).hasSize(rows);
            } finally {
                server.stop(0);
                databases.execute("DELETE FROM auth_group");
            }
        }
    }

    private static HttpAuth auth(Databases databases) {
        SecretKeys keys = SecretKeys.of(SharedDatabase.SECRET_KEY);
        Users users = Users.of(databases);
        Logins logins = Logins.of(Authenticator.of(users), users, keys);
        return HttpAuth.builder(databases, SessionStore.of(databases, keys), logins)
                .build();
    }
}
