package dev.mooring.migrations;

import static java.util.Objects.requireNonNull;

import dev.mooring.schema.Schema;
import dev.mooring.spi.SqlSyntax;
import java.util.ArrayList;
import java.util.List;

/**
 * A named step in the history of an app's tables. Immutable: each method returns a changed copy.
 *
 * <pre>{@code
 * Migration.of("blog", "0002_longer_title")
 *         .after("blog", "0001_initial")
 *         .with(Operations.alterColumn("blog_post", Column.of("title", ColumnType.varchar(200))))
 * }</pre>
 */
public final class Migration {

    /** In the place of a name, for {@link #after} and {@link #before}: whatever the app's first migration is. */
    public static final String FIRST = "__first__";

    /** In the place of a name, for {@link #after} and {@link #before}: whatever the app's last migration is. */
    public static final String LATEST = "__latest__";

    private final MigrationId id;
    private final List<MigrationId> dependencies;
    private final List<MigrationId> runBefore;
    private final List<MigrationId> replaces;
    private final List<Operation> operations;
    private final boolean atomic;
    private final boolean initial;

    private Migration(
            MigrationId id,
            List<MigrationId> dependencies,
            List<MigrationId> runBefore,
            List<MigrationId> replaces,
            List<Operation> operations,
            boolean atomic,
            boolean initial) {
        this.id = id;
        this.dependencies = List.copyOf(dependencies);
        this.runBefore = List.copyOf(runBefore);
        this.replaces = List.copyOf(replaces);
        this.operations = List.copyOf(operations);
        this.atomic = atomic;
        this.initial = initial;
    }

    /** {@return a migration that depends on nothing and does nothing} */
    public static Migration of(String app, String name) {
        MigrationId id = new MigrationId(app, name);
        return new Migration(id, List.of(), List.of(), List.of(), List.of(), true, false);
    }

    /** {@return this migration, to be applied after that one too} */
    public Migration after(String app, String name) {
        List<MigrationId> more = appended(dependencies, new MigrationId(app, name));
        return new Migration(id, more, runBefore, replaces, operations, atomic, initial);
    }

    /** {@return this migration, to be applied before that one, which knows nothing of it} Django's {@code run_before}. */
    public Migration before(String app, String name) {
        List<MigrationId> more = appended(runBefore, new MigrationId(app, name));
        return new Migration(id, dependencies, more, replaces, operations, atomic, initial);
    }

    /** {@return this migration, which does what that one did, and perhaps others: a squash} */
    public Migration replacing(String app, String name) {
        List<MigrationId> more = appended(replaces, new MigrationId(app, name));
        return new Migration(id, dependencies, runBefore, more, operations, atomic, initial);
    }

    /** {@return this migration with one more operation, the last} */
    public Migration with(Operation operation) {
        List<Operation> more = appended(operations, requireNonNull(operation, "operation"));
        return new Migration(id, dependencies, runBefore, replaces, more, atomic, initial);
    }

    /**
     * {@return this migration, in no transaction} For what a database does in none only. If it breaks off, what it did
     * so far stays, and it is not recorded: write it so that it can be run again.
     */
    public Migration nonAtomic() {
        return new Migration(id, dependencies, runBefore, replaces, operations, false, initial);
    }

    /** {@return this migration, marked as an initial one} One that depends on none of its own app is initial anyway. */
    public Migration asInitial() {
        return new Migration(id, dependencies, runBefore, replaces, operations, atomic, true);
    }

    /** {@return what identifies it} */
    public MigrationId id() {
        return id;
    }

    /** {@return what has to be applied before} */
    public List<MigrationId> dependencies() {
        return dependencies;
    }

    /** {@return what has to be applied after} */
    public List<MigrationId> runBefore() {
        return runBefore;
    }

    /** {@return what it stands for; empty unless it is a squash} */
    public List<MigrationId> replaces() {
        return replaces;
    }

    /** {@return what it does, in order} */
    public List<Operation> operations() {
        return operations;
    }

    /** {@return whether it is applied in one transaction, where the database can} */
    public boolean isAtomic() {
        return atomic;
    }

    /** {@return whether its tables may be there already, made by something else} */
    public boolean isInitial() {
        return initial
                || dependencies.stream()
                        .noneMatch(dependency -> dependency.app().equals(id.app()));
    }

    /** {@return the tables after it} */
    Schema nextState(Schema before) {
        Schema state = before;
        for (Operation operation : operations) {
            state = nextState(operation, state);
        }
        return state;
    }

    /** Does it, but for the operations that are not permitted. */
    void apply(SchemaEditor editor, Schema before, RouterFilter routerFilter) {
        editor.begin(this);
        Schema state = before;
        for (Operation operation : operations) {
            Schema next = nextState(operation, state);
            if (permits(routerFilter, operation, false, editor)) {
                operation.apply(editor, state, next);
            }
            state = next;
        }
        editor.finish();
    }

    /** Undoes it, from the last operation to the first, but for those that are not permitted. */
    void unapply(SchemaEditor editor, Schema before, RouterFilter routerFilter) {
        editor.begin(this);
        List<Schema> states = new ArrayList<>(List.of(before));
        for (Operation operation : operations) {
            states.add(nextState(operation, states.get(states.size() - 1)));
        }
        for (int i = operations.size() - 1; i >= 0; i--) {
            Operation operation = operations.get(i);
            if (permits(routerFilter, operation, true, editor)) {
                operation.reverse(editor, states.get(i), states.get(i + 1));
            }
        }
        editor.finish();
    }

    private Schema nextState(Operation operation, Schema before) {
        try {
            return operation.nextState(before);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    ("Migration %s cannot take the step '%s': %s; what SQL or code made is not known here: change it in SQL too, or "
                                    + "declare it first with Operations.stateOnly(Operations.createTable(...))")
                            .formatted(id, operation.describe(), e.getMessage()),
                    e);
        }
    }

    /**
     * Makes sure that a database with that syntax can read its SQL.
     *
     * @throws BadMigrationException if not
     */
    void check(SqlSyntax syntax) {
        for (Operation operation : operations) {
            if (operation instanceof RunSql sql) {
                sql.check(this, syntax);
            }
        }
    }

    /** {@return whether only operations run that change nothing in the session: neither SQL nor code of the user's} */
    boolean leavesSessionAlone() {
        return operations.stream()
                .allMatch(operation -> operation instanceof SchemaChange || operation instanceof StateOnly);
    }

    private boolean permits(RouterFilter routerFilter, Operation operation, boolean backwards, SchemaEditor editor) {
        boolean permitted = routerFilter.allows(this, operation, backwards);
        if (!permitted) {
            editor.note("Left out, for a router does not allow it in this database: " + operation.describe());
        }
        return permitted;
    }

    /** Throws unless each of its operations can be undone. */
    void requireReversible(SqlSyntax syntax) {
        for (Operation operation : operations) {
            boolean reversible = operation instanceof RunSql sql ? sql.isReversible(syntax) : operation.isReversible();
            if (!reversible) {
                throw new IrreversibleException("Migration " + id + " cannot be undone, for its operation '"
                        + operation.describe() + "' cannot; nothing was undone");
            }
        }
    }

    /** {@return its app and name} */
    @Override
    public String toString() {
        return id.toString();
    }

    private static <T> List<T> appended(List<T> list, T last) {
        List<T> longer = new ArrayList<>(list);
        longer.add(last);
        return longer;
    }
}
