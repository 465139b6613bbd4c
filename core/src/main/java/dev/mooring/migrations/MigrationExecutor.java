package dev.mooring.migrations;

import static java.util.Objects.requireNonNull;

import dev.mooring.Database;
import dev.mooring.Databases;
import dev.mooring.spi.Feature;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;

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
    private final SchemaTransaction transaction;
    private final MigrationGraph graph;
    private final MigrationLedger ledger;

    /**
     * Makes the executor of these migrations for one database; connects to nothing.
     *
     * @throws MigrationException if the migrations do not fit together
     */
    public MigrationExecutor(Databases databases, String alias, Collection<Migration> migrations) {
        this.database = databases.using(alias);
        this.transaction = new SchemaTransaction(database);
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
            transaction.alone(this::createLedger);
        }
        List<Migration> applied = new ArrayList<>();
        for (MigrationPlan.Step step : plan.steps()) {
            if (transaction.around(() -> apply(step, listener))) {
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
}
