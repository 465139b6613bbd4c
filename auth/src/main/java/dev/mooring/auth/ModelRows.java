package dev.mooring.auth;

import dev.mooring.Database;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The rows that describe models to Django: a content type for each, and four permissions. Existing rows are left as
 * they are. Thread-safe.
 */
final class ModelRows {

    private record Model(String app, String name, String verboseName) {}

    /** In Django's order, which gives the content types of an empty database the numbers 1 to 5. */
    private static final List<Model> MODELS = List.of(
            new Model("auth", "permission", "permission"),
            new Model("auth", "group", "group"),
            new Model("auth", "user", "user"),
            new Model("contenttypes", "contenttype", "content type"),
            new Model("sessions", "session", "session"));

    private static final List<String> ACTIONS = List.of("add", "change", "delete", "view");

    private final Database database;

    ModelRows(Database database) {
        this.database = database;
    }

    /** Behind the lock of the migrations, for another process may be at it too. */
    void createMissing() {
        database.atomic(() -> {
            database.backend().schemaGenerator().lockForMigrations().forEach(database::query);
            MODELS.forEach(this::createMissing);
        });
    }

    private void createMissing(Model model) {
        Permissions permissions = Permissions.of(database);
        ContentType type = permissions.contentType(model.app(), model.name());
        Set<String> present = permissions.all().stream()
                .filter(permission -> permission.contentType().equals(type))
                .map(Permission::codename)
                .collect(Collectors.toSet());
        for (String action : ACTIONS) {
            String codename = action + "_" + model.name();
            if (!present.contains(codename)) {
                permissions.create(type, codename, "Can " + action + " " + model.verboseName());
            }
        }
    }
}
