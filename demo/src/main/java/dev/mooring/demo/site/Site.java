package dev.mooring.demo.site;

import com.google.common.base.Ticker;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.mooring.Databases;
import dev.mooring.auth.Authenticator;
import dev.mooring.auth.Logins;
import dev.mooring.auth.Users;
import dev.mooring.auth.http.AuthHandler;
import dev.mooring.auth.http.HttpAuth;
import dev.mooring.auth.http.RequestAuth;
import dev.mooring.auth.sessions.SessionStore;
import dev.mooring.auth.signing.SecretKeys;
import dev.mooring.demo.text.Messages;
import dev.mooring.error.DatabaseException;
import dev.mooring.error.ImproperlyConfiguredException;
import java.io.IOException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A small web site with a login, which it shares with a Django that has the same database and secret key. Thread-safe. */
public final class Site implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Site.class);

    private static final String LOGIN = "/login";
    private static final String ACCOUNT = "/account";
    private static final String LOGOUT = "/logout";

    private final Databases databases;
    private final HttpAuth auth;
    private final LoginPage loginPage;
    private final AccountPage accountPage;
    private final LivePage livePage;
    private final LiveStream liveStream;

    /**
     * Makes the site.
     *
     * @param ticker what the throttle of failed logins measures time with
     * @param experiment what the live page shows
     */
    public Site(Databases databases, SecretKeys keys, Ticker ticker, Experiment experiment) {
        this.databases = databases;
        Users users = Users.of(databases);
        Authenticator authenticator = Authenticator.of(users);
        auth = HttpAuth.builder(databases, SessionStore.of(databases, keys), Logins.of(authenticator, users, keys))
                .build();
        loginPage = new LoginPage(authenticator, new LoginThrottle(ticker));
        accountPage = new AccountPage(databases, users, authenticator);
        livePage = new LivePage(experiment);
        liveStream = new LiveStream(experiment);
    }

    /**
     * Adds the pages to a server.
     *
     * @param threads what its requests run on, in a word
     */
    public void addTo(HttpServer server, String threads) {
        server.createContext("/", new LandingPage(databases, threads));
        AuthHandler handler = new AuthHandler(auth, this::answer);
        List.of(LOGIN, ACCOUNT, LOGOUT, LivePage.PATH).forEach(path -> server.createContext(path, handler));
        server.createContext(LivePage.EVENTS, liveStream);
        server.createContext(LivePage.ASSETS, new Assets(LivePage.ASSETS));
    }

    /** Ends what goes on after the first answer. Call it before the server is stopped. */
    @Override
    public void close() {
        liveStream.close();
    }

    private void answer(HttpExchange exchange, RequestAuth request) throws IOException {
        try {
            page(exchange, request).send(exchange);
        } catch (DatabaseException | ImproperlyConfiguredException e) {
            LOG.warn("Request failed: {}", Messages.chain(e));
            Page.error(e).send(exchange);
        }
    }

    private Page page(HttpExchange exchange, RequestAuth request) throws IOException {
        String method = exchange.getRequestMethod();
        boolean read = method.equals("GET") || method.equals("HEAD");
        boolean post = method.equals("POST");
        return switch (exchange.getRequestURI().getPath()) {
            case LOGIN -> {
                if (post) {
                    yield loginPage.post(exchange, request);
                }
                yield read ? loginPage.get(request) : Page.methodNotAllowed("GET, HEAD, POST");
            }
            case ACCOUNT -> read ? accountPage.get(request) : Page.methodNotAllowed("GET, HEAD");
            case LOGOUT -> post ? logout(request) : Page.methodNotAllowed("POST");
            default -> livePage.answer(exchange, request);
        };
    }

    private static Page logout(RequestAuth request) {
        request.logout();
        return Page.of("You are logged out", "<p><a href=\"/login\">Log in again</a></p>");
    }
}
