package dev.mooring.docs;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.mooring.Databases;
import dev.mooring.auth.User;
import dev.mooring.auth.http.AuthHandler;
import dev.mooring.auth.http.AuthSettings;
import dev.mooring.auth.http.HttpAuth;
import dev.mooring.auth.http.RequestAuth;
import dev.mooring.config.DatabaseSettings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;

/** A site that knows who is logged in at the Django next door. */
public class Service {

    private final HttpAuth auth;

    Service(HttpAuth auth) {
        this.auth = auth;
    }

    public static void main(String[] args) throws IOException {
        String[] keys = Files.readString(Path.of("secret-key")).strip().split("\n", 2);
        AuthSettings settings =
                AuthSettings.of(Map.of("SECRET_KEY", keys[0], "SECRET_KEY_FALLBACKS", keys.length == 1 ? "" : keys[1]));
        Databases databases = Databases.of(DatabaseSettings.fromEnvironment());
        new Service(HttpAuth.of(databases, settings)).start(8080);
    }

    HttpServer start(int port) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress("localhost", port), 0);
        server.createContext("/", new AuthHandler(auth, this::answer));
        server.setExecutor(Executors.newFixedThreadPool(16)); // By itself it answers one request at a time.
        server.start();
        return server;
    }

    private void answer(HttpExchange exchange, RequestAuth request) throws IOException {
        String page = exchange.getRequestMethod().equals("POST") ? post(exchange, request) : form(request);
        byte[] body = page.getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
    }

    private String form(RequestAuth request) {
        String token = "<input type=hidden name=csrfmiddlewaretoken value=" + request.csrfToken() + ">";
        Optional<User> user = request.user();
        if (user.isEmpty()) {
            return "Who are you? <form method=post action=/login>" + token
                    + "<input name=username> <input name=password type=password> <button>Log in</button></form>";
        }
        boolean may = auth.authenticator().hasPermission(user.get(), "auth.add_user");
        return "Hello, " + escape(user.get().username()) + "! You " + (may ? "may" : "may not") + " add users."
                + "<form method=post action=/logout>" + token + "<button>Log out</button></form>"
                + "<form method=post action=/password>" + token
                + "<input name=password type=password> <button>Change my password</button></form>";
    }

    private String post(HttpExchange exchange, RequestAuth request) throws IOException {
        Map<String, String> form = fields(exchange);
        String password = form.getOrDefault("password", "");
        switch (exchange.getRequestURI().getPath()) {
            case "/login" ->
                auth.authenticator()
                        .authenticate(request, form.get("username"), password)
                        .ifPresent(request::login);
            case "/logout" -> request.logout();
            case "/password" ->
                request.user()
                        .ifPresent(user -> request.keepLoggedIn(auth.users().setPassword(user, password)));
            default -> {}
        }
        return form(request);
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;");
    }

    private static Map<String, String> fields(HttpExchange exchange) throws IOException {
        Map<String, String> fields = new HashMap<>();
        String body = new String(exchange.getRequestBody().readNBytes(10_000), UTF_8);
        for (String pair : body.split("&", -1)) {
            String[] field = pair.split("=", 2);
            fields.put(field[0], URLDecoder.decode(field[field.length - 1], UTF_8));
        }
        return fields;
    }
}
