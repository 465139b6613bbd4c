package dev.mooring.migrations;

import dev.mooring.Database;
import dev.mooring.error.ErrorKind;
import dev.mooring.spi.SchemaGenerator;
import java.util.ArrayList;
import java.util.List;

/**
 * What an operation changes the database through: Django's schema editor. It lives as long as one migration is being
 * applied, in the thread that applies it.
 */
public final class SchemaEditor {

    private final Database database;
    private final SchemaGenerator generator;
    private final List<String> deferred = new ArrayList<>();

    SchemaEditor(Database database) {
        this.database = database;
        this.generator = database.backend().schemaGenerator();
    }

    /** {@return what writes the statements of this database} */
    public SchemaGenerator generator() {
        return generator;
    }

    /** {@return the database, inside the migration's transaction} */
    public Database database() {
        return database;
    }

    /** Runs statements without parameters, in order. */
    public void execute(List<String> statements) {
        statements.forEach(database::execute);
    }

    /** Keeps statements until all operations of the migration are done. */
    public void defer(List<String> statements) {
        deferred.addAll(statements);
    }

    /** Runs what was deferred, and makes sure that the migration broke nothing. */
    void finish() {
        execute(deferred);
        for (String query : generator.violations()) {
            List<?> rows = database.query(query);
            if (!rows.isEmpty()) {
                throw ErrorKind.INTEGRITY.exception("Rows of the database '" + database.alias()
                        + "' refer to rows that do not exist; " + query + " found " + rows.size() + ", the first is "
                        + rows.get(0));
            }
        }
    }
}
