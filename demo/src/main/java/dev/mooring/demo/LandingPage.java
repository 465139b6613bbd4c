package dev.mooring.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.mooring.ConnectionCounts;
import dev.mooring.Databases;
import dev.mooring.UnitOfWork;
import dev.mooring.auth.Authenticator;
import dev.mooring.auth.User;
import dev.mooring.config.DatabaseSettings;
import dev.mooring.error.DatabaseException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The view of the ticket: logs the same user in, request after request, and shows what became of the connections. */
final class LandingPage implements HttpHandler {

    private static final Logger LOG = LoggerFactory.getLogger(LandingPage.class);

    private final Databases databases;
    private final Authenticator authenticator;
    private final ThreadModel threads;

    LandingPage(Databases databases, ThreadModel threads) {
        this.databases = databases;
        this.authenticator = Authenticator.of(databases);
        this.threads = threads;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            boolean here = exchange.getRequestURI().getPath().equals("/");
            boolean head = exchange.getRequestMethod().equals("HEAD");
            if (!here) {
                send(exchange, head, 404, Html.page("Not found", "<p>There is only <a href=\"/\">one page</a>.</p>"));
            } else if (!head && !exchange.getRequestMethod().equals("GET")) {
                exchange.getResponseHeaders().set("Allow", "GET, HEAD");
                send(exchange, head, 405, Html.page("Method not allowed", "<p>This page can only be read.</p>"));
            } else {
                answer(exchange, head);
            }
        }
    }

    private void answer(HttpExchange exchange, boolean head) throws IOException {
        try {
            Optional<User> user = logIn(exchange);
            ConnectionCounts counts =
                    databases.using(DatabaseSettings.DEFAULT_ALIAS).counts();
            send(exchange, head, 200, Html.landing(user, threads, counts));
        } catch (DatabaseException e) {
            LOG.warn("Request failed: {}", Messages.chain(e));
            send(exchange, head, 500, Html.page("Database error", "<p>" + Html.escape(Messages.chain(e)) + "</p>"));
        }
    }

    /** The unit of work ends before the answer is written: a slow browser holds no connection. */
    private Optional<User> logIn(HttpExchange request) {
        try (UnitOfWork unit = databases.unitOfWork()) {
            return authenticator.authenticate(request, DemoSite.USERNAME, DemoSite.PASSWORD);
        }
    }

    private static void send(HttpExchange exchange, boolean head, int status, String html) throws IOException {
        byte[] body = html.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        exchange.sendResponseHeaders(status, head ? -1 : body.length);
        if (!head) {
            exchange.getResponseBody().write(body);
        }
    }
}
