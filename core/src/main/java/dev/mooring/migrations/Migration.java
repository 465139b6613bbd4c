package dev.mooring.migrations;

import static java.util.Objects.requireNonNull;

import dev.mooring.schema.Schema;
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

    private final MigrationId id;
    private final List<MigrationId> dependencies;
    private final List<Operation> operations;

    private Migration(MigrationId id, List<MigrationId> dependencies, List<Operation> operations) {
        this.id = id;
        this.dependencies = List.copyOf(dependencies);
        this.operations = List.copyOf(operations);
    }

    /** {@return a migration that depends on nothing and does nothing} */
    public static Migration of(String app, String name) {
        return new Migration(new MigrationId(app, name), List.of(), List.of());
    }

    /** {@return this migration, to be applied after that one too} */
    public Migration after(String app, String name) {
        List<MigrationId> more = new ArrayList<>(dependencies);
        more.add(new MigrationId(app, name));
        return new Migration(id, more, operations);
    }

    /** {@return this migration with one more operation, the last} */
    public Migration with(Operation operation) {
        List<Operation> more = new ArrayList<>(operations);
        more.add(requireNonNull(operation, "operation"));
        return new Migration(id, dependencies, more);
    }

    /** {@return what identifies it} */
    public MigrationId id() {
        return id;
    }

    /** {@return what has to be applied before} */
    public List<MigrationId> dependencies() {
        return dependencies;
    }

    /** {@return what it does, in order} */
    public List<Operation> operations() {
        return operations;
    }

    /** {@return the tables after it} */
    Schema nextState(Schema before) {
        Schema state = before;
        for (Operation operation : operations) {
            state = operation.nextState(state);
        }
        return state;
    }

    void apply(SchemaEditor editor, Schema before) {
        Schema state = before;
        for (Operation operation : operations) {
            Schema next = operation.nextState(state);
            operation.apply(editor, state, next);
            state = next;
        }
        editor.finish();
    }

    @Override
    public String toString() {
        return id.toString();
    }
}
