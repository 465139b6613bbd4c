package dev.mooring.migrations;

import dev.mooring.Databases;
import dev.mooring.schema.Schema;
import dev.mooring.schema.Table;
import org.jspecify.annotations.Nullable;

/** What routers let migrations change in one database. Thread-safe. */
record RouterFilter(Databases databases, String alias) {

    boolean allows(Migration migration, Operation operation, boolean backwards) {
        return allows(migration, operation.table(backwards).orElse(null));
    }

    /** {@return the schema without the tables that the migration may not make here} */
    Schema visible(Migration migration, Schema schema) {
        Schema visible = schema;
        for (Table table : schema.tables()) {
            if (!allows(migration, table.name())) {
                visible = visible.remove(table.name());
            }
        }
        return visible;
    }

    private boolean allows(Migration migration, @Nullable String table) {
        return databases.allowMigrate(alias, migration.id().app(), table);
    }
}
