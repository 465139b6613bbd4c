package dev.mooring.demo.site;

import com.sun.net.httpserver.HttpExchange;
import dev.mooring.auth.Authenticator;
import dev.mooring.auth.User;
import dev.mooring.auth.http.RequestAuth;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** The form to log in with. */
final class LoginPage {

    private static final String TITLE = "Log in";
    private static final String CONTENT = """
            %s
            <form method="post" action="/login">
            %s
            <label for="username">User name</label>
            <input id="username" name="username" value="%s" autocomplete="username" autocapitalize="none" spellcheck="false" required%s>
            <label for="password">Password</label>
            <input id="password" name="password" type="password" autocomplete="current-password" required%s>
            <button>Log in</button>
            </form>""";
    private static final String WRONG =
            "<p class=\"problem\" id=\"problem\" role=\"alert\">User name or password is wrong, or the user is not"
                    + " active.</p>";
    private static final String DESCRIBED = " aria-describedby=\"problem\"";

    private final Authenticator authenticator;
    private final LoginThrottle throttle;

    LoginPage(Authenticator authenticator, LoginThrottle throttle) {
        this.authenticator = authenticator;
        this.throttle = throttle;
    }

    Page get(RequestAuth request) {
        return request.user().isPresent() ? Page.redirect("/account") : form(request, "", "");
    }

    Page post(HttpExchange exchange, RequestAuth request) throws IOException {
        Form form = Form.read(exchange);
        String username = form.get("username");
        String address = exchange.getRemoteAddress().getAddress().getHostAddress();
        Optional<Duration> wait = throttle.begin(username, address);
        if (wait.isPresent()) {
            return tooMany(wait.get());
        }
        Optional<User> user = authenticator.authenticate(request, username, form.get("password"));
        if (user.isEmpty()) {
            return form(request, username, WRONG);
        }
        throttle.succeeded(username, address);
        request.login(user.get());
        return Page.redirect("/account");
    }

    private static Page form(RequestAuth request, String username, String problem) {
        String described = problem.isEmpty() ? "" : DESCRIBED;
        return Page.of(
                TITLE,
                CONTENT.formatted(
                        problem, Html.csrfField(request.csrfToken()), Html.escape(username), described, described));
    }

    private static Page tooMany(Duration wait) {
        long minutes = wait.plusMinutes(1).minusNanos(1).toMinutes();
        String time = minutes == 1 ? "a minute" : minutes + " minutes";
        String content = "<p class=\"problem\" role=\"alert\">There were too many failed logins. Try again in " + time
                + ".</p>\n<p>Nothing is wrong with your account, and you stay logged in where you are.</p>";
        return Page.of(429, "Too many failed logins", content)
                .with(
                        "Retry-After",
                        Long.toString(
                                Math.max(1, wait.plusSeconds(1).minusNanos(1).toSeconds())));
    }
}
