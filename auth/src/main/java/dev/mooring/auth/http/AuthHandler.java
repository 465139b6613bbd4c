package dev.mooring.auth.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.mooring.UnitOfWork;
import dev.mooring.auth.sessions.SessionInterruptedException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A handler for the JDK's {@code com.sun.net.httpserver.HttpServer} that gives each request what {@link AuthFilter} gives a
 * servlet's.
 *
 * <pre>{@code
 * server.createContext("/", new AuthHandler(auth, (exchange, request) -> {
 *     byte[] body = request.user().map(User::username).orElse("nobody").getBytes(UTF_8);
 *     exchange.sendResponseHeaders(200, body.length);
 *     exchange.getResponseBody().write(body);
 * }));
 * }</pre>
 *
 * <p>The session is saved and cookies are set when the handler sends the headers. The exchange is closed and the unit of work
 * ends when the handler does, whatever happened. With {@code atomicRequests} the transactions commit behind the handler, so
 * after the response has left: use {@code atomic} inside the handler where the answer must tell of the commit. They are rolled
 * back if the handler throws or answers with a status of 500 or above.
 *
 * <p>Safe for use by several threads.
 */
public final class AuthHandler implements HttpHandler {

    /** Answers one request. */
    @FunctionalInterface
    public interface Handler {

        /** Answers {@code exchange}; {@code request} is its session, user and CSRF token. */
        void handle(HttpExchange exchange, RequestAuth request) throws IOException;
    }

    private static final Logger LOG = LoggerFactory.getLogger(AuthHandler.class);

    private final HttpAuth settings;
    private final Handler handler;

    /** Makes one with these settings, which hands each request on to {@code handler}. */
    public AuthHandler(HttpAuth settings, Handler handler) {
        this.settings = requireNonNull(settings, "settings");
        this.handler = requireNonNull(handler, "handler");
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange;
                UnitOfWork unit = settings.databases().unitOfWork()) {
            RequestAuth auth = new RequestAuth(settings, new ExchangeView(exchange));
            CommittingExchange committing = new CommittingExchange(exchange, auth);
            Optional<String> refusal = auth.csrfRefusal();
            if (refusal.isPresent()) {
                answer(exchange, 403, refusal.get());
            } else {
                run(committing, auth);
            }
        }
    }

    private void run(CommittingExchange exchange, RequestAuth auth) throws IOException {
        try {
            runInTransactions(exchange, auth);
            exchange.finishLate();
        } catch (SessionInterruptedException e) {
            if (exchange.isCommitted()) {
                throw e;
            }
            answer(exchange.delegate(), 400, e.getMessage());
        }
    }

    private void runInTransactions(CommittingExchange exchange, RequestAuth auth) throws IOException {
        try {
            settings.databases().<IOException>request(() -> {
                handler.handle(exchange, auth);
                FailedRequestException.throwIfFailed(exchange.getResponseCode(), null);
            });
        } catch (FailedRequestException rolledBack) {
            LOG.debug("A request was answered with a failure: what it did in atomicRequests was rolled back");
        }
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        byte[] body = text.getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
        exchange.sendResponseHeaders(status, body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }
}
