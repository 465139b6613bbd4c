package dev.mooring.migrations;

import com.google.common.base.Stopwatch;
import dev.mooring.Database;
import dev.mooring.schema.Schema;
import dev.mooring.spi.SqlSyntax;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries out one plan, step by step. In the thread that migrates. */
final class MigrationRun {

    private static final Logger LOG = LoggerFactory.getLogger("dev.mooring.migrations");

    private final Database database;
    private final MigrationLoader loader;
    private final MigrationLedger ledger;
    private final MigrationMode mode;
    private final MigrationListener listener;
    private final MigrationLock lock;
    private final SchemaTransaction transaction;
    private final ExistingTables existing;
    private final RouterFilter routerFilter;

    MigrationRun(
            Database database,
            RouterFilter routerFilter,
            MigrationLoader loader,
            MigrationLedger ledger,
            MigrationMode mode,
            MigrationListener listener,
            MigrationLock lock) {
        this.database = database;
        this.routerFilter = routerFilter;
        this.loader = loader;
        this.ledger = ledger;
        this.mode = mode;
        this.listener = listener;
        this.lock = lock;
        this.transaction = new SchemaTransaction(database);
        this.existing = new ExistingTables(database);
    }

    /** {@return the migrations that were applied or undone here} */
    List<Migration> run(MigrationPlan plan) {
        if (plan.isBackwards() && mode != MigrationMode.FAKE) {
            SqlSyntax syntax = database.backend().dialect().syntax();
            plan.migrations().forEach(migration -> migration.requireReversible(syntax));
        }
        inOwnTransaction(this::createLedger);
        List<Migration> done = new ArrayList<>();
        for (MigrationPlan.Step step : plan.steps()) {
            if (run(step, plan)) {
                done.add(step.migration());
            }
        }
        inOwnTransaction(this::recordSquashes);
        return List.copyOf(done);
    }

    private boolean run(MigrationPlan.Step step, MigrationPlan plan) {
        boolean backwards = plan.isBackwards();
        Migration migration = step.migration();
        Stopwatch watch = Stopwatch.createUnstarted();
        boolean[] faked = {false};
        BooleanSupplier work = () -> {
            if (!isDue(migration, plan)) {
                return false;
            }
            watch.start();
            if (isTransaction(migration)) {
                // First, while the session is still ours: what the migration sets must not change which table this is.
                record(migration, backwards);
                faked[0] = backwards ? unapply(step) : apply(step);
                return true;
            }
            faked[0] = backwards ? unapply(step) : apply(step);
            if (!migration.leavesSessionAlone()) {
                transaction.requireNothingOpen(migration);
                lock.restoreSession();
            }
            return recordOnce(migration, plan);
        };
        boolean done = attempt(migration, work);
        if (done && faked[0]) {
            listener.faked(migration);
        } else if (done && backwards) {
            listener.unapplied(migration, watch.elapsed());
        } else if (done) {
            listener.applied(migration, watch.elapsed());
        }
        return done;
    }

    /** {@return whether the migration and its record are one transaction} Else it is recorded once it is done. */
    private boolean isTransaction(Migration migration) {
        return migration.isAtomic() && transaction.isPossible();
    }

    private boolean attempt(Migration migration, BooleanSupplier work) {
        boolean done = false;
        try {
            done = lock.retryingWhileLocked(begun -> isTransaction(migration)
                    ? transaction.around(() -> begun.with(work))
                    : transaction.without(() -> begun.with(work)));
        } catch (RuntimeException | Error e) {
            LOG.error("Migration {} failed; alias={}", migration, database.alias());
            if (!migration.leavesSessionAlone()) {
                lock.endSession();
            }
            throw e;
        }
        if (done) {
            renewSession(migration);
        }
        return done;
    }

    /** What SQL and code have set in the session ends with it, seen or not: the next migration begins with another. */
    private void renewSession(Migration migration) {
        if (!migration.leavesSessionAlone()) {
            lock.renewSession();
        }
    }

    /** Looked up again now that nobody else can change it: another process may have been faster. */
    private boolean isDue(Migration migration, MigrationPlan plan) {
        boolean backwards = plan.isBackwards();
        Set<MigrationId> recorded = ledger.applied();
        Set<MigrationId> applied = loader.squashes().applied(recorded);
        if (applied.contains(migration.id()) != backwards) {
            return false;
        }
        SortedSet<MigrationId> neighbours =
                backwards ? plan.graph().children(migration.id()) : plan.graph().parents(migration.id());
        for (MigrationId neighbour : neighbours) {
            if (applied.contains(neighbour) == backwards) {
                throw new MigrationException("Migration " + migration + " cannot be "
                        + (backwards ? "undone" : "applied")
                        + " any more, for another process has " + (backwards ? "applied " : "undone ") + neighbour
                        + " meanwhile; run it again");
            }
        }
        return true;
    }

    /** {@return whether it was only recorded} */
    private boolean apply(MigrationPlan.Step step) {
        Migration migration = step.migration();
        listener.applying(migration);
        boolean fake = mode == MigrationMode.FAKE
                || (mode == MigrationMode.FAKE_INITIAL && migration.isInitial() && isThere(step));
        if (!fake) {
            migration.apply(new SchemaEditor(database), step.before(), routerFilter);
        }
        return fake;
    }

    private boolean unapply(MigrationPlan.Step step) {
        Migration migration = step.migration();
        listener.unapplying(migration);
        boolean fake = mode == MigrationMode.FAKE;
        if (!fake) {
            migration.unapply(new SchemaEditor(database), step.before(), routerFilter);
        }
        return fake;
    }

    private boolean record(Migration migration, boolean backwards) {
        loader.squashes().records(migration).forEach(backwards ? ledger::unrecord : ledger::record);
        return true;
    }

    /** Without a transaction around it all, another process may have done the same where there is no lock for the run. */
    private boolean recordOnce(Migration migration, MigrationPlan plan) {
        return lock.retryingWhileLocked(begun -> transaction.inOwnTransaction(
                () -> begun.with(() -> isDue(migration, plan) && record(migration, plan.isBackwards()))));
    }

    private boolean isThere(MigrationPlan.Step step) {
        Schema after = routerFilter.visible(step.migration(), step.migration().nextState(step.before()));
        return existing.includeWhatIsNew(step.before(), after);
    }

    private void inOwnTransaction(BooleanSupplier work) {
        lock.retryingWhileLocked(begun -> transaction.inOwnTransaction(() -> begun.with(work)));
    }

    private boolean createLedger() {
        boolean missing = !ledger.exists();
        if (missing) {
            ledger.create();
        }
        return missing;
    }

    /** Squashes all of whose parts are applied are recorded too, so that the parts can be deleted one day. */
    private boolean recordSquashes() {
        List<MigrationId> missing = loader.squashes().unrecorded(ledger.applied());
        missing.forEach(ledger::record);
        return !missing.isEmpty();
    }
}
