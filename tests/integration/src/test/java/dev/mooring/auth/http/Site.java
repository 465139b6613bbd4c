package dev.mooring.auth.http;

import dev.mooring.Databases;
import dev.mooring.auth.Authenticator;
import dev.mooring.auth.Logins;
import dev.mooring.auth.User;
import dev.mooring.auth.Users;
import dev.mooring.auth.sessions.SessionStore;
import dev.mooring.auth.sessions.SharedDatabase;
import dev.mooring.auth.signing.SecretKeys;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** What {@code mooring_site.py} is for the real Django: pages with a login, for both kinds of server. */
final class Site {

    /** A page that fails. */
    static final class FailedException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private final Databases databases;
    private final Users users;
    private final Authenticator authenticator;

    Site(Databases databases, Users users) {
        this.databases = databases;
        this.users = users;
        authenticator = Authenticator.of(users);
    }

    HttpAuth auth() {
        SecretKeys keys = SecretKeys.of(SharedDatabase.SECRET_KEY);
        return HttpAuth.builder(databases, SessionStore.of(databases, keys), Logins.of(authenticator, users, keys))
                .csrfExempt(path -> path.startsWith("/exempt"))
                .csrfTrustedOrigins("https://Shop.example.com", "https://*.example.org")
                .build();
    }

    /** {@return the page} One that begins with three digits and a space has that status. */
    String answer(String path, Function<String, String> parameter, RequestAuth request) {
        return switch (path) {
            case "/login" -> login(parameter.apply("username"), parameter.apply("password"), request);
            case "/logout" -> {
                request.logout();
                yield "bye";
            }
            case "/whoami" -> request.user().map(User::username).orElse("-");
            case "/form" -> request.csrfToken();
            case "/remember" -> {
                request.session().put(parameter.apply("name"), parameter.apply("value"));
                yield "remembered";
            }
            case "/recall" -> String.valueOf(request.session().get(parameter.apply("name")));
            case "/broken" -> {
                request.session().put("broken", true);
                yield "503 broken";
            }
            case "/throws" -> {
                request.session().put("broken", true);
                databases.query("SELECT 1");
                throw new FailedException();
            }
            case "/interrupted" -> {
                request.session().put("a", 1);
                databases.execute("DELETE FROM django_session");
                yield "never seen";
            }
            case "/exempt", "/checked" -> {
                databases.query("SELECT 1");
                yield "posted " + parameter.apply("value");
            }
            default -> "404 nothing";
        };
    }

    private String login(String username, String password, RequestAuth request) {
        Optional<User> user = authenticator.authenticate(request, username, password);
        user.ifPresent(request::login);
        return user.isPresent() ? "welcome" : "403 refused";
    }

    static Map.Entry<Integer, String> split(String page) {
        return page.matches("(?s)\\d{3} .*")
                ? Map.entry(Integer.valueOf(page.substring(0, 3)), page.substring(4))
                : Map.entry(200, page);
    }
}
