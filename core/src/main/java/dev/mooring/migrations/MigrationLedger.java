package dev.mooring.migrations;

import dev.mooring.Database;
import dev.mooring.Databases;
import dev.mooring.error.DatabaseException;
import dev.mooring.schema.Column;
import dev.mooring.schema.ColumnType;
import dev.mooring.schema.Table;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The table {@code django_migrations}, which says what was applied: Django's recorder. Reading never creates it.
 * Thread-safe.
 */
public final class MigrationLedger {

    private static final Table TABLE = Table.of(
            "django_migrations",
            Column.auto("id"),
            Column.of("app", ColumnType.varchar(255)),
            Column.of("name", ColumnType.varchar(255)),
            Column.of("applied", ColumnType.TIMESTAMP));

    private final Database database;
    private volatile boolean seen;

    /** Makes the ledger of one database; connects to nothing. */
    public MigrationLedger(Databases databases, String alias) {
        this.database = databases.using(alias);
    }

    /** {@return whether the table is there} A "yes" is remembered, a "no" is asked again. */
    public boolean exists() {
        if (!seen) {
            seen = database.tableNames().contains(TABLE.name());
        }
        return seen;
    }

    /** {@return what was applied, in that order; empty without the table} A migration recorded twice counts once. */
    public Set<MigrationId> applied() {
        Set<MigrationId> applied = new LinkedHashSet<>();
        if (exists()) {
            database.query("SELECT %s, %s FROM %s ORDER BY %s"
                            .formatted(quoted("app"), quoted("name"), quoted(TABLE.name()), quoted("id")))
                    .forEach(row -> applied.add(new MigrationId(row.getString("app"), row.getString("name"))));
        }
        return applied;
    }

    /**
     * Creates the table. Not remembered as seen before its transaction is over.
     *
     * @throws MigrationSchemaMissingException if it cannot be created
     */
    void create() {
        try {
            database.backend().schemaGenerator().createTable(TABLE).forEach(database::execute);
        } catch (DatabaseException e) {
            throw new MigrationSchemaMissingException(
                    "Database '" + database.alias() + "' has no table django_migrations, and it cannot be created;"
                            + " let this user create tables, or have it created by one who may: " + e.getMessage(),
                    e);
        }
    }

    /** Adds a row, with the time of this machine, as Django does. */
    void record(MigrationId id) {
        database.execute(
                "INSERT INTO " + quoted(TABLE.name()) + " (" + quoted("app") + ", " + quoted("name") + ", "
                        + quoted("applied") + ") VALUES (%s, %s, %s)",
                id.app(),
                id.name(),
                Instant.now().truncatedTo(ChronoUnit.MICROS));
    }

    /** Deletes all rows of a migration: there may be several. */
    void unrecord(MigrationId id) {
        database.execute(
                "DELETE FROM " + quoted(TABLE.name()) + " WHERE " + quoted("app") + " = %s AND " + quoted("name")
                        + " = %s",
                id.app(),
                id.name());
    }

    private String quoted(String name) {
        return database.backend().dialect().quoteName(name);
    }
}
