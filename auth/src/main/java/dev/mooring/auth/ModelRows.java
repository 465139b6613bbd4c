package dev.mooring.auth;

import dev.mooring.AtomicOptions;
import dev.mooring.Database;
import dev.mooring.error.IntegrityException;
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

    /** Of processes that insert the same rows, one may lose to a deadlock. */
    private static final int RETRIES = 5;

    private final Database database;

    ModelRows(Database database) {
        this.database = database;
    }

    /** Behind the lock of the migrations if a transaction can take it, for another process may be at it too. */
    void createMissing() {
        database.atomic(AtomicOptions.defaults().retrying(RETRIES), () -> {
            database.backend().schemaGenerator().lockForMigrations().forEach(database::query);
            MODELS.forEach(this::createMissing);
        });
    }

    private void createMissing(Model model) {
        Permissions permissions = Permissions.of(database);
        ContentType type = permissions.contentType(model.app(), model.name());
        Set<String> present = codenames(permissions, type);
        for (String action : ACTIONS) {
            String codename = action + "_" + model.name();
            if (!present.contains(codename)) {
                create(permissions, type, codename, "Can " + action + " " + model.verboseName());
            }
        }
    }

    /** Where the migrations have no lock that a transaction can take, another process may do the same. */
    private void create(Permissions permissions, ContentType type, String codename, String name) {
        try {
            database.atomic(() -> permissions.create(type, codename, name));
        } catch (IntegrityException e) {
            if (!codenames(permissions, type).contains(codename)) {
                throw e;
            }
        }
    }

    private static Set<String> codenames(Permissions permissions, ContentType type) {
        return permissions.all().stream()
                .filter(permission -> permission.contentType().equals(type))
                .map(Permission::codename)
                .collect(Collectors.toSet());
    }
}
