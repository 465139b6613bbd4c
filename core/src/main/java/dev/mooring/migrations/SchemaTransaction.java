package dev.mooring.migrations;

import dev.mooring.AtomicOptions;
import dev.mooring.Database;
import dev.mooring.Lease;
import dev.mooring.error.DatabaseException;
import dev.mooring.error.ErrorKind;
import dev.mooring.spi.Feature;
import dev.mooring.spi.SchemaGenerator;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** The transaction in which tables are changed, with what the database needs around it. */
final class SchemaTransaction {

    private final Database database;
    private final SchemaGenerator generator;

    SchemaTransaction(Database database) {
        this.database = database;
        this.generator = database.backend().schemaGenerator();
    }

    /** {@return whether the database can take changes of the schema back} */
    boolean isPossible() {
        return database.backend().features().has(Feature.TRANSACTIONAL_DDL);
    }

    /** On one connection, for what is set before and reset after belongs to the session. */
    boolean around(BooleanSupplier work) {
        return onOneConnection(() -> inOwnTransaction(work));
    }

    /** In no transaction, so never taken back; with what the database needs around it. */
    boolean without(BooleanSupplier work) {
        return onOneConnection(work);
    }

    /**
     * Refuses to work in a transaction that is the caller's: what is done here must be committed here, and SQLite ignores
     * inside one what keeps it from deleting the rows that refer to a table that is built anew.
     */
    static void requireAutocommit(Database database) {
        if (!database.transaction().getAutocommit()) {
            boolean atomic = database.get().inAtomicBlock();
            throw ErrorKind.TRANSACTION_MANAGEMENT.exception("Tables of database '%s' cannot be changed %s"
                    .formatted(
                            database.alias(),
                            atomic
                                    ? "inside atomic; do so before the block begins"
                                    : "while autocommit is off; commit() or rollback(), then setAutocommit(true)"));
        }
    }

    /**
     * Refuses what a migration that is not atomic has left open: it would be rolled back with the session, and recorded as
     * done.
     */
    void requireNothingOpen(Migration migration) {
        if (!database.transaction().getAutocommit()) {
            database.transaction().rollback();
            database.transaction().setAutocommit(true);
            throw leftOpen(migration, "autocommit is off", null);
        }
        try {
            database.atomic(AtomicOptions.defaults().durable().readOnly(), () -> database.query("SELECT 1"));
        } catch (DatabaseException e) {
            throw leftOpen(migration, e.getMessage(), e);
        }
    }

    private DatabaseException leftOpen(Migration migration, @Nullable String seen, @Nullable Throwable cause) {
        return ErrorKind.TRANSACTION_MANAGEMENT.exception(
                ("Migration %s has left a transaction open on database '%s', which is rolled back, so that it is not"
                                + " recorded; let it commit, or do its work in atomic: %s")
                        .formatted(migration, database.alias(), seen),
                cause);
    }

    private boolean onOneConnection(BooleanSupplier work) {
        requireAutocommit(database);
        try (Lease lease = database.get().hold()) {
            generator.beforeSchemaChange().forEach(database::execute);
            boolean done;
            try {
                done = work.getAsBoolean();
            } catch (RuntimeException | Error e) {
                resetAfter(e);
                throw e;
            }
            generator.afterSchemaChange().forEach(database::execute);
            return done;
        }
    }

    /** In one transaction where the database can take changes back, and never at the same time as another process. */
    boolean inOwnTransaction(BooleanSupplier work) {
        if (!isPossible()) {
            return work.getAsBoolean();
        }
        return database.atomic(AtomicOptions.defaults().durable(), () -> {
            generator.lockForMigrations().forEach(database::query);
            return work.getAsBoolean();
        });
    }

    private void resetAfter(Throwable failure) {
        try {
            generator.afterSchemaChange().forEach(database::execute);
        } catch (RuntimeException e) {
            if (e != failure) {
                failure.addSuppressed(e);
            }
        }
    }
}
