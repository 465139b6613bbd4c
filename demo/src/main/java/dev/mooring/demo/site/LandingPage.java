package dev.mooring.demo.site;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.mooring.ConnectionCounts;
import dev.mooring.Databases;
import dev.mooring.UnitOfWork;
import dev.mooring.auth.Authenticator;
import dev.mooring.auth.User;
import dev.mooring.config.DatabaseSettings;
import dev.mooring.demo.text.Messages;
import dev.mooring.error.DatabaseException;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The view of the ticket: logs the same user in, request after request, and shows what became of the connections. */
final class LandingPage implements HttpHandler {

    private static final Logger LOG = LoggerFactory.getLogger(LandingPage.class);

    private static final String CONTENT = """
            <p><code>authenticate(request, username='%s', password='%s')</code></p>
            <p>%s</p>
            <table>
            <tr><th scope="row">Requests run on</th><td class="figure">%s threads</td></tr>
            <tr><th scope="row">This request ran on</th><td class="figure">%s</td></tr>
            <tr><th scope="row">Connections opened so far</th><td class="figure">%d</td></tr>
            <tr><th scope="row">Times one was reused</th><td class="figure">%d</td></tr>
            <tr><th scope="row">Open now</th><td class="figure">%d</td></tr>
            <tr><th scope="row">Most open at once</th><td class="figure">%d</td></tr>
            </table>
            <p>Reload the page: every request has a thread, none keeps a connection.</p>
            <p><a href="/mooring">Make the leak happen, and then impossible</a></p>""";

    private final Databases databases;
    private final Authenticator authenticator;
    private final String threads;

    /** @param threads what requests run on, in a word */
    LandingPage(Databases databases, String threads) {
        this.databases = databases;
        this.authenticator = Authenticator.of(databases);
        this.threads = threads;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String method = exchange.getRequestMethod();
            if (!exchange.getRequestURI().getPath().equals("/")) {
                Page.notFound().send(exchange);
            } else if (!method.equals("HEAD") && !method.equals("GET")) {
                Page.methodNotAllowed("GET, HEAD").send(exchange);
            } else {
                answer(exchange).send(exchange);
            }
        }
    }

    private Page answer(HttpExchange exchange) {
        try {
            Optional<User> user = logIn(exchange);
            return Page.of("Landing page", content(user));
        } catch (DatabaseException e) {
            LOG.warn("Request failed: {}", Messages.chain(e));
            return Page.error(e);
        }
    }

    /** The unit of work ends before the answer is written: a slow browser holds no connection. */
    private Optional<User> logIn(HttpExchange request) {
        try (UnitOfWork unit = databases.unitOfWork()) {
            return authenticator.authenticate(request, DemoSite.USERNAME, DemoSite.PASSWORD);
        }
    }

    private String content(Optional<User> user) {
        ConnectionCounts counts =
                databases.using(DatabaseSettings.DEFAULT_ALIAS).counts();
        String answer = user.map(known -> "The answer: <strong>" + Html.escape(known.username()) + "</strong>")
                .orElse("The answer: nobody. The user does not exist here, or has another password.");
        return CONTENT.formatted(
                DemoSite.USERNAME,
                DemoSite.PASSWORD,
                answer,
                threads,
                Html.escape(Thread.currentThread().getName()),
                counts.opened(),
                counts.reused(),
                counts.open(),
                counts.peak());
    }
}
