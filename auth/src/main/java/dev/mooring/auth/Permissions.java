package dev.mooring.auth;

import dev.mooring.Database;
import dev.mooring.Databases;
import dev.mooring.Row;
import dev.mooring.auth.tables.DjangoTables;
import dev.mooring.config.DatabaseSettings;
import dev.mooring.error.IntegrityException;
import java.util.List;
import java.util.Optional;

/**
 * The permissions and content types in one database: Django's {@code Permission.objects} and {@code ContentType.objects}.
 * Who has which is asked of an {@link Authenticator}. Thread-safe.
 */
public final class Permissions {

    /** For {@link Names#sql}. */
    static final String FROM = " FROM {auth_permission} INNER JOIN {django_content_type}"
            + " ON ({auth_permission}.{content_type_id} = {django_content_type}.{id})";

    private static final String SELECT = "SELECT {auth_permission}.{id}, {auth_permission}.{codename},"
            + " {auth_permission}.{name}, {auth_permission}.{content_type_id}, {django_content_type}.{app_label},"
            + " {django_content_type}.{model}" + FROM;
    private static final String ORDER =
            " ORDER BY {django_content_type}.{app_label}, {django_content_type}.{model}, {auth_permission}.{codename}";

    private final Database database;
    private final DjangoTables tables;
    private final Names names;

    private Permissions(Database database) {
        this.database = database;
        tables = new DjangoTables(database);
        names = new Names(database);
    }

    /** {@return those in the default database} */
    public static Permissions of(Databases databases) {
        return of(databases, DatabaseSettings.DEFAULT_ALIAS);
    }

    /** {@return those in the database called {@code alias}} */
    public static Permissions of(Databases databases, String alias) {
        return new Permissions(databases.using(alias));
    }

    static Permissions of(Database database) {
        return new Permissions(database);
    }

    /** {@return all of them, by app, model and codename} */
    public List<Permission> all() {
        return select("");
    }

    /**
     * {@return those called {@code label}; more than one if several models of the app have one of that codename}
     *
     * @param label {@code app_label.codename}
     * @throws IllegalArgumentException if it is not of that form
     */
    public List<Permission> find(String label) {
        PermissionLabel parts = PermissionLabel.of(label);
        return select(
                " WHERE {django_content_type}.{app_label} = %s AND {auth_permission}.{codename} = %s",
                parts.appLabel(), parts.codename());
    }

    /** {@return those a group gives} */
    public List<Permission> of(Group group) {
        return select(
                " WHERE {auth_permission}.{id} IN (SELECT {permission_id} FROM {auth_group_permissions}"
                        + " WHERE {group_id} = %s)",
                group.id());
    }

    /**
     * {@return a new permission}
     *
     * @param codename at most 100 characters
     * @param name at most 255 characters
     * @throws dev.mooring.error.IntegrityException if the content type has one of that codename
     */
    public Permission create(ContentType type, String codename, String name) {
        return database.atomic(() -> {
            tables.execute(
                    names.sql("INSERT INTO {auth_permission} ({name}, {content_type_id}, {codename}) VALUES (%s, %s,"
                            + " %s)"),
                    name,
                    type.id(),
                    codename);
            return select(
                            " WHERE {auth_permission}.{content_type_id} = %s AND {auth_permission}.{codename} = %s",
                            type.id(), codename)
                    .get(0);
        });
    }

    /** Deletes a permission and takes it from everyone in Django's own tables and in those of {@code users}. */
    public void delete(Permission permission, Users users) {
        database.atomic(() -> {
            users.links().permissions().removeEverywhere(permission.id());
            LinkTable.groupPermissions(database).removeEverywhere(permission.id());
            tables.execute(names.sql("DELETE FROM {auth_permission} WHERE {id} = %s"), permission.id());
        });
    }

    /** {@return the content type of a model, which is created if it is missing} */
    public ContentType contentType(String appLabel, String model) {
        return findContentType(appLabel, model).orElseGet(() -> createContentType(appLabel, model));
    }

    /** Another process may create it at the same moment. */
    private ContentType createContentType(String appLabel, String model) {
        try {
            return database.atomic(() -> {
                tables.execute(
                        names.sql("INSERT INTO {django_content_type} ({app_label}, {model}) VALUES (%s, %s)"),
                        appLabel,
                        model);
                return findContentType(appLabel, model).orElseThrow();
            });
        } catch (IntegrityException e) {
            return findContentType(appLabel, model).orElseThrow(() -> e);
        }
    }

    /** {@return the content type of a model} */
    public Optional<ContentType> findContentType(String appLabel, String model) {
        return tables
                .query(
                        names.sql("SELECT {id}, {app_label}, {model} FROM {django_content_type}"
                                + " WHERE {app_label} = %s AND {model} = %s"),
                        appLabel,
                        model)
                .stream()
                .findFirst()
                .map(row -> new ContentType(row.getLong("id"), row.getString("app_label"), row.getString("model")));
    }

    private List<Permission> select(String condition, Object... parameters) {
        return tables.query(names.sql(SELECT + condition + ORDER), parameters).stream()
                .map(Permissions::permission)
                .toList();
    }

    static Permission permission(Row row) {
        return new Permission(
                row.getLong("id"),
                new ContentType(row.getLong("content_type_id"), row.getString("app_label"), row.getString("model")),
                row.getString("codename"),
                row.getString("name"));
    }
}
