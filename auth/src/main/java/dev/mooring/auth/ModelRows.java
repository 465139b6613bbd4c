package dev.mooring.auth;

import dev.mooring.Database;
import dev.mooring.Row;
import java.util.List;
import java.util.Optional;

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

    private static final String FIND_TYPE =
            "SELECT \"id\" FROM \"django_content_type\" WHERE \"app_label\" = %s AND \"model\" = %s";
    private static final String ADD_TYPE =
            "INSERT INTO \"django_content_type\" (\"app_label\", \"model\") VALUES (%s, %s)";
    private static final String FIND_PERMISSION =
            "SELECT \"id\" FROM \"auth_permission\" WHERE \"content_type_id\" = %s AND \"codename\" = %s";
    private static final String ADD_PERMISSION =
            "INSERT INTO \"auth_permission\" (\"name\", \"content_type_id\", \"codename\") VALUES (%s, %s, %s)";

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
        long type = contentType(model).orElseGet(() -> {
            database.execute(ADD_TYPE, model.app(), model.name());
            return contentType(model).orElseThrow();
        });
        for (String action : ACTIONS) {
            String codename = action + "_" + model.name();
            if (database.query(FIND_PERMISSION, type, codename).isEmpty()) {
                database.execute(ADD_PERMISSION, "Can " + action + " " + model.verboseName(), type, codename);
            }
        }
    }

    private Optional<Long> contentType(Model model) {
        return database.query(FIND_TYPE, model.app(), model.name()).stream()
                .findFirst()
                .map(ModelRows::id);
    }

    private static long id(Row row) {
        return row.getLong("id");
    }
}
