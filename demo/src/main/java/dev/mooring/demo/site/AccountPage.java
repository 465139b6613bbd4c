package dev.mooring.demo.site;

import static java.util.stream.Collectors.joining;

import dev.mooring.Databases;
import dev.mooring.auth.Authenticator;
import dev.mooring.auth.Group;
import dev.mooring.auth.Permission;
import dev.mooring.auth.Permissions;
import dev.mooring.auth.User;
import dev.mooring.auth.Users;
import dev.mooring.auth.http.RequestAuth;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Who is logged in, and what they may do. */
final class AccountPage {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'").withZone(ZoneOffset.UTC);

    private static final String CONTENT = """
            <table>
            <tr><th scope="row">User name</th><td>%s</td></tr>
            <tr><th scope="row">Status</th><td>%s</td></tr>
            <tr><th scope="row">Groups</th><td>%s</td></tr>
            <tr><th scope="row">Logged in</th><td>%s</td></tr>
            <tr><th scope="row">Session ends</th><td>%s</td></tr>
            </table>
            <form method="post" action="/logout">
            %s
            <button>Log out</button>
            </form>
            <h2>Permissions</h2>
            %s""";

    private final Users users;
    private final Authenticator authenticator;
    private final Permissions permissions;

    AccountPage(Databases databases, Users users, Authenticator authenticator) {
        this.users = users;
        this.authenticator = authenticator;
        permissions = Permissions.of(databases);
    }

    Page get(RequestAuth request) {
        Optional<User> user = request.user();
        return user.isEmpty() ? Page.redirect("/login") : Page.of("Your account", content(user.get(), request));
    }

    private String content(User user, RequestAuth request) {
        String groups = users.groupsOf(user).stream().map(Group::name).collect(joining(", "));
        return CONTENT.formatted(
                Html.escape(user.username()),
                status(user),
                groups.isEmpty() ? "none" : Html.escape(groups),
                user.lastLogin().map(TIME::format).orElse("never"),
                TIME.format(request.session().expiryDate()),
                Html.csrfField(request.csrfToken()),
                permissions(user));
    }

    private static String status(User user) {
        if (user.isSuperuser()) {
            return "superuser, who may do everything";
        }
        return user.isStaff() ? "staff, who may enter Django's admin" : "user";
    }

    private String permissions(User user) {
        Set<String> labels = authenticator.allPermissions(user, null);
        List<Permission> held = permissions.all().stream()
                .filter(permission -> labels.contains(permission.label()))
                .toList();
        return held.isEmpty()
                ? "<p>None.</p>"
                : held.stream().map(AccountPage::item).collect(joining("\n", "<ul>\n", "\n</ul>"));
    }

    private static String item(Permission permission) {
        return "<li>" + Html.escape(permission.name()) + " <code>" + Html.escape(permission.label()) + "</code></li>";
    }
}
