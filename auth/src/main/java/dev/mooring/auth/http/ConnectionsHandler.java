package dev.mooring.auth.http;

import static java.util.Objects.requireNonNull;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.mooring.Databases;
import java.io.IOException;

/**
 * Shows what the connections of every alias are doing, on the JDK's {@code HttpServer}: a page, or JSON for requests that accept
 * {@code application/json} before anything else. Read-only; it asks no database, and so answers when all are busy.
 *
 * <p><strong>Mount it behind protection of your own</strong>: names of threads and the text of statements are in it, though no
 * parameters.
 *
 * <p>Safe for use by several threads.
 */
public final class ConnectionsHandler implements HttpHandler {

    private final Databases databases;

    /** Makes one that shows {@code databases}. */
    public ConnectionsHandler(Databases databases) {
        this.databases = requireNonNull(databases, "databases");
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String method = exchange.getRequestMethod();
            if (!method.equals("GET") && !method.equals("HEAD")) {
                exchange.getResponseHeaders().set("Allow", "GET, HEAD");
                exchange.sendResponseHeaders(405, -1);
                return;
            }
            ConnectionsReport report =
                    ConnectionsReport.of(databases, exchange.getRequestHeaders().getFirst("Accept"));
            ConnectionsReport.HEADERS.forEach(exchange.getResponseHeaders()::set);
            exchange.getResponseHeaders().set("Content-Type", report.contentType());
            byte[] body = report.bytes();
            boolean head = method.equals("HEAD");
            exchange.sendResponseHeaders(200, head ? -1 : body.length);
            if (!head) {
                exchange.getResponseBody().write(body);
            }
        }
    }
}
