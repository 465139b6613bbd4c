package dev.mooring.migrations;

import static java.util.Objects.requireNonNull;

import dev.mooring.AtomicOptions;
import dev.mooring.Database;
import dev.mooring.Databases;
import dev.mooring.Lease;
import dev.mooring.spi.Feature;
import dev.mooring.spi.SchemaGenerator;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * Brings one database up to date. Thread-safe, and safe beside other processes that migrate the same database: each
 * migration is looked up again under a lock, in the transaction that applies and records it.
 *
 * <p>Without {@link Feature#TRANSACTIONAL_DDL} there is neither that lock nor that transaction. Statements are bounded by
 * {@code statementTimeout} as everywhere: for large tables, and to wait for another process, give it a {@code Databases}
 * that has none.
 */
public final class MigrationExecutor {

    private final Database database;
    private final SchemaGenerator generator;
    private final MigrationGraph graph;
    private final MigrationLedger ledger;

    /**
     * Makes the executor of these migrations for one database; connects to nothing.
     *
     * @throws MigrationException if the migrations do not fit together
     */
    public MigrationExecutor(Databases databases, String alias, Collection<Migration> migrations) {
        this.database = databases.using(alias);
        this.generator = database.backend().schemaGenerator();
        this.graph = MigrationGraph.of(migrations);
        this.ledger = new MigrationLedger(databases, alias);
    }

    /**
     * {@return what is still to be applied} Only reads: what a server asks when it starts.
     *
     * @throws InconsistentMigrationHistoryException if a migration was applied before one it depends on
     */
    public MigrationPlan plan() {
        Set<MigrationId> applied = ledger.applied();
        graph.requireConsistent(applied, database.alias());
        return MigrationPlan.of(graph, applied);
    }

    /**
     * Applies whatever is not applied yet. The first failure ends it; what was applied before stays.
     *
     * @return the migrations applied here, in order; not those that another process applied meanwhile
     * @throws InconsistentMigrationHistoryException as for {@link #plan()}
     * @throws dev.mooring.error.TransactionManagementException inside {@code atomic}: some of it cannot be in there
     */
    public List<Migration> migrate(MigrationListener listener) {
        requireNonNull(listener, "listener");
        MigrationPlan plan = plan();
        if (!plan.isEmpty()) {
            inOneTransaction(this::createLedger);
        }
        List<Migration> applied = new ArrayList<>();
        for (MigrationPlan.Step step : plan.steps()) {
            if (aroundSchemaChange(() -> inOneTransaction(() -> apply(step, listener)))) {
                applied.add(step.migration());
                listener.applied(step.migration());
            }
        }
        return List.copyOf(applied);
    }

    private boolean createLedger() {
        boolean missing = !ledger.exists();
        if (missing) {
            ledger.create();
        }
        return missing;
    }

    private boolean apply(MigrationPlan.Step step, MigrationListener listener) {
        Migration migration = step.migration();
        if (ledger.contains(migration.id())) {
            return false;
        }
        listener.applying(migration);
        migration.apply(new SchemaEditor(database), step.before());
        ledger.record(migration.id());
        return true;
    }

    private boolean inOneTransaction(BooleanSupplier work) {
        if (!database.backend().features().has(Feature.TRANSACTIONAL_DDL)) {
            return work.getAsBoolean();
        }
        return database.atomic(AtomicOptions.defaults().durable(), () -> {
            generator.lockForMigrations().forEach(database::query);
            return work.getAsBoolean();
        });
    }

    /** On one connection, for what is set before and reset after belongs to the session. */
    private boolean aroundSchemaChange(BooleanSupplier work) {
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

    private void resetAfter(Throwable failure) {
        try {
            generator.afterSchemaChange().forEach(database::execute);
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        }
    }
}
