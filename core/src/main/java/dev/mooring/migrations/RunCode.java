package dev.mooring.migrations;

import dev.mooring.Database;
import dev.mooring.schema.Schema;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs code, for rows rather than tables: Django's {@code RunPython}. As there, it has a transaction of its own if the migration is
 * atomic and the database has none around changes of the schema.
 */
record RunCode(Consumer<Database> code, @Nullable Consumer<Database> backwards) implements Operation {

    @Override
    public Schema nextState(Schema before) {
        return before;
    }

    @Override
    public void apply(SchemaEditor editor, Schema before, Schema after) {
        run(editor, code);
    }

    @Override
    public boolean isReversible() {
        return backwards != null;
    }

    @Override
    public void reverse(SchemaEditor editor, Schema before, Schema after) {
        if (backwards == null) {
            throw Operation.irreversible(this);
        }
        run(editor, backwards);
    }

    @Override
    public String describe() {
        return "run code";
    }

    private static void run(SchemaEditor editor, Consumer<Database> code) {
        if (editor.isCollecting()) {
            editor.note("Code runs here that is not SQL.");
            return;
        }
        Database database = editor.database();
        if (editor.isAtomic() && !database.get().inAtomicBlock()) {
            database.atomic(() -> code.accept(database));
        } else {
            code.accept(database);
        }
    }
}
