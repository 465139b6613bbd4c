package dev.mooring.migrations;

import static java.util.Objects.requireNonNull;

import dev.mooring.Database;
import dev.mooring.Databases;
import dev.mooring.schema.Schema;
import dev.mooring.spi.Feature;
import dev.mooring.spi.SqlSyntax;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;

/**
 * Brings one database to a state of its history: up to date, or forwards or backwards to some migration. Thread-safe, and
 * safe beside other processes that migrate the same database: each migration is looked up again under a lock, in the
 * transaction that applies and records it.
 *
 * <pre>{@code
 * MigrationExecutor executor = new MigrationExecutor(databases, "default", migrations);
 * executor.migrate(MigrationListener.none());
 * executor.migrate(List.of(MigrationTarget.zero("shop")), MigrationMode.NORMAL, MigrationListener.none());
 * }</pre>
 *
 * <p>Without {@link Feature#TRANSACTIONAL_DDL} there is no transaction but for each {@link Operations#run}. Statements are bounded by {@code statementTimeout}
 * as everywhere: for large tables give it a {@code Databases} that has none.
 */
public final class MigrationExecutor {

    private final Database database;
    private final List<Migration> migrations;
    private final MigrationLedger ledger;
    private final RouterFilter routerFilter;

    /**
     * Makes the executor of these migrations for one database; connects to nothing.
     *
     * @throws MigrationException if the migrations do not fit together, or their SQL cannot be read as this database would
     */
    public MigrationExecutor(Databases databases, String alias, Collection<Migration> migrations) {
        this.database = databases.using(alias);
        this.migrations = List.copyOf(migrations);
        this.ledger = new MigrationLedger(databases, alias);
        this.routerFilter = new RouterFilter(databases, alias);
        MigrationGraph.of(migrations);
        migrations.forEach(migration -> migration.check(syntax()));
    }

    /** {@return the migrations, and what the ledger says of them now} Only reads. */
    public MigrationLoader load() {
        return MigrationLoader.of(migrations, ledger.applied());
    }

    /**
     * {@return what is still to be applied} Only reads: what a server asks when it starts.
     *
     * @throws InconsistentMigrationHistoryException if a migration was applied before one it depends on
     * @throws MigrationConflictException if an app has more than one last migration
     */
    public MigrationPlan plan() {
        return MigrationPlan.of(sound());
    }

    /**
     * {@return what is to be applied, or to be undone, to be at these targets} Only reads. A target that is applied has
     * whatever comes after it in its app undone, and what depends on that in others.
     *
     * @throws InvalidMigrationPlanException if something is to be applied and something to be undone
     * @throws NodeNotFoundException if there is no such app or migration
     */
    public MigrationPlan plan(List<MigrationTarget> targets) {
        return MigrationPlan.of(sound(), targets);
    }

    /**
     * {@return the statements that apply the migration, or undo it, each with a semicolon} Runs none of them. Names that
     * the database chose are looked up, if the database is where the migration begins or can be brought there; otherwise they
     * are those of a new database.
     *
     * @throws IrreversibleException if it cannot be undone
     */
    public List<String> sql(Migration migration, boolean backwards) {
        MigrationLoader loader = load();
        MigrationGraph graph = loader.graph().contains(migration.id())
                ? loader.graph()
                : loader.withoutReplacing().graph();
        MigrationPlan.Step step =
                MigrationPlan.only(graph, migration, backwards).steps().get(0);
        if (backwards) {
            migration.requireReversible(syntax());
        }
        SchemaEditor editor = collectingBefore(migration, backwards, loader, graph);
        if (backwards) {
            migration.unapply(editor, step.before(), routerFilter);
        } else {
            migration.apply(editor, step.before(), routerFilter);
        }
        return editor.collected();
    }

    /** {@return an editor that knows what the tables are called, and what is on them, where the migration begins} */
    private SchemaEditor collectingBefore(
            Migration migration, boolean backwards, MigrationLoader loader, MigrationGraph graph) {
        boolean lookedUp = loader.isApplied(migration.id()) == backwards;
        SchemaEditor editor = SchemaEditor.collecting(database, lookedUp);
        Schema state = Schema.empty();
        for (Migration earlier : graph.forwardsPlan(migration.id())) {
            boolean isBefore = backwards || earlier != migration;
            if (isBefore && !(lookedUp && loader.isApplied(earlier.id()))) {
                earlier.apply(editor, state, routerFilter);
            }
            state = earlier.nextState(state);
        }
        editor.startCollecting();
        return editor;
    }

    /**
     * Applies whatever is not applied yet. The first failure ends it; what was applied before stays.
     *
     * @return the migrations applied here, in order; not those that another process applied meanwhile
     * @throws InconsistentMigrationHistoryException as for {@link #plan()}
     * @throws dev.mooring.error.TransactionManagementException inside {@code atomic} or with autocommit off: some of
     *     it cannot be in a transaction of the caller's
     */
    public List<Migration> migrate(MigrationListener listener) {
        return migrate(MigrationPlan::of, MigrationMode.NORMAL, listener);
    }

    /** Applies whatever is not applied yet, or only records it, as the mode says; else as {@link #migrate}. */
    public List<Migration> migrate(MigrationMode mode, MigrationListener listener) {
        return migrate(MigrationPlan::of, mode, listener);
    }

    /**
     * Applies or undoes what is needed to be at these targets. The first failure ends it; what was done before stays.
     *
     * @return the migrations applied or undone here, in order
     * @throws InvalidMigrationPlanException if something is to be applied and something to be undone
     * @throws IrreversibleException if something is to be undone that cannot be: then nothing is
     * @throws NodeNotFoundException if there is no such app or migration
     */
    public List<Migration> migrate(List<MigrationTarget> targets, MigrationMode mode, MigrationListener listener) {
        List<MigrationTarget> copy = List.copyOf(targets);
        return migrate(loader -> MigrationPlan.of(loader, copy), mode, listener);
    }

    private List<Migration> migrate(
            Function<MigrationLoader, MigrationPlan> planner, MigrationMode mode, MigrationListener listener) {
        requireNonNull(mode, "mode");
        requireNonNull(listener, "listener");
        SchemaTransaction.requireAutocommit(database);
        if (isIdle(sound(), planner)) {
            return List.of();
        }
        MigrationListener logging = new LoggedMigrations(database.alias(), listener);
        MigrationLock lock = new MigrationLock(database, logging);
        List<Migration> done = new ArrayList<>();
        lock.hold(() -> {
            MigrationLoader loader = sound();
            if (!isIdle(loader, planner)) {
                done.addAll(new MigrationRun(database, routerFilter, loader, ledger, mode, logging, lock)
                        .run(planner.apply(loader)));
            }
        });
        return List.copyOf(done);
    }

    private SqlSyntax syntax() {
        return database.backend().dialect().syntax();
    }

    private static boolean isIdle(MigrationLoader loader, Function<MigrationLoader, MigrationPlan> planner) {
        return planner.apply(loader).isEmpty() && loader.unrecordedSquashes().isEmpty();
    }

    private MigrationLoader sound() {
        MigrationLoader loader = load();
        loader.requireSound(database.alias());
        return loader;
    }
}
