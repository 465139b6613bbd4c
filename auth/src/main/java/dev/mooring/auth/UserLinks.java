package dev.mooring.auth;

import dev.mooring.Database;
import dev.mooring.auth.UserModel.Link;
import dev.mooring.auth.tables.DjangoTables;
import dev.mooring.error.ImproperlyConfiguredException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The statements on who is in which group and has which permission. Thread-safe. */
final class UserLinks {

    private static final String LABELS =
            "SELECT {django_content_type}.{app_label}, {auth_permission}.{codename}" + Permissions.FROM;

    private final UserTable table;
    private final Database database;
    private final DjangoTables tables;
    private final Names names;

    UserLinks(UserTable table) {
        this.table = table;
        database = table.database();
        tables = new DjangoTables(database);
        names = new Names(database);
    }

    /** {@return who is in which group} */
    LinkTable groups() {
        return linkTable(table.model().groups(), "group_id");
    }

    /** {@return who has which permission of their own} */
    LinkTable permissions() {
        return linkTable(table.model().permissions(), "permission_id");
    }

    private LinkTable linkTable(@Nullable Link link, String target) {
        Link existing = required(link);
        return new LinkTable(database, existing.table(), existing.userColumn(), target);
    }

    private Link required(@Nullable Link link) {
        if (link == null) {
            throw new ImproperlyConfiguredException(
                    "The model of table '" + table.model().table()
                            + "' was built withoutPermissions(), so that its users have neither groups nor"
                            + " permissions");
        }
        return link;
    }

    List<Group> groupsOf(User user) {
        Link link = required(table.model().groups());
        return tables
                .query(
                        names.sql("SELECT {auth_group}.{id}, {auth_group}.{name} FROM {auth_group} INNER JOIN {"
                                + link.table() + "} ON ({auth_group}.{id} = {" + link.table() + "}.{group_id})"
                                + " WHERE {" + link.table() + "}.{" + link.userColumn() + "} = %s"
                                + " ORDER BY {auth_group}.{name}"),
                        user.id())
                .stream()
                .map(Groups::group)
                .toList();
    }

    /** {@return the labels of all permissions there are} */
    Set<String> allLabels() {
        return labels("");
    }

    /** {@return the labels of those that the user has of their own} */
    Set<String> ownLabels(User user) {
        Link link = table.model().permissions();
        return link == null ? Set.of() : labels(" WHERE " + own(link), user.id());
    }

    private static String own(Link link) {
        return "{auth_permission}.{id} IN (SELECT {permission_id} FROM {" + link.table() + "} WHERE {"
                + link.userColumn() + "} = %s)";
    }

    /** {@return the labels of those that the user's groups give} */
    Set<String> groupLabels(User user) {
        Link link = table.model().groups();
        return link == null
                ? Set.of()
                : labels(
                        " WHERE {auth_permission}.{id} IN (SELECT {auth_group_permissions}.{permission_id}"
                                + " FROM {auth_group_permissions} INNER JOIN {" + link.table() + "}"
                                + " ON ({auth_group_permissions}.{group_id} = {" + link.table() + "}.{group_id})"
                                + " WHERE {" + link.table() + "}.{" + link.userColumn() + "} = %s)",
                        user.id());
    }

    private Set<String> labels(String condition, Object... parameters) {
        return tables.query(names.sql(LABELS + condition), parameters).stream()
                .map(row -> row.getString("app_label") + "." + row.getString("codename"))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** {@return the users who have that permission of their own, by a group, or as superusers} */
    List<User> usersWith(PermissionLabel label, boolean activeOnly, boolean superusers) {
        UserModel model = table.model();
        String id = "{" + model.table() + "}.{" + model.column("id") + "}";
        String wanted = "(SELECT {auth_permission}.{id}" + Permissions.FROM
                + " WHERE {django_content_type}.{app_label} = %s AND {auth_permission}.{codename} = %s)";
        List<String> ways = new ArrayList<>();
        List<Object> parameters = new ArrayList<>();
        Link own = model.permissions();
        if (own != null) {
            ways.add(id + " IN (SELECT {" + own.userColumn() + "} FROM {" + own.table() + "} WHERE {permission_id} IN "
                    + wanted + ")");
            parameters.addAll(List.of(label.appLabel(), label.codename()));
        }
        Link groups = model.groups();
        if (groups != null) {
            ways.add(id + " IN (SELECT {" + groups.userColumn() + "} FROM {" + groups.table() + "} WHERE {group_id} IN"
                    + " (SELECT {group_id} FROM {auth_group_permissions} WHERE {permission_id} IN " + wanted + "))");
            parameters.addAll(List.of(label.appLabel(), label.codename()));
        }
        if (superusers && model.has("is_superuser")) {
            ways.add("{" + model.table() + "}.{" + model.column("is_superuser") + "} = %s");
            parameters.add(true);
        }
        if (ways.isEmpty()) {
            return List.of();
        }
        String condition = "(" + String.join(" OR ", ways) + ")";
        if (activeOnly && model.has("is_active")) {
            condition += " AND {" + model.table() + "}.{" + model.column("is_active") + "} = %s";
            parameters.add(true);
        }
        return table.findAll(names.sql(condition), parameters);
    }
}
