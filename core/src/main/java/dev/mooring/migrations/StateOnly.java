package dev.mooring.migrations;

import dev.mooring.schema.Schema;
import java.util.Optional;

/** Takes a step in what later operations know of the tables, and none in the database: Django's {@code state_operations}. */
record StateOnly(Operation operation) implements Operation {

    @Override
    public Schema nextState(Schema before) {
        return operation.nextState(before);
    }

    @Override
    public void apply(SchemaEditor editor, Schema before, Schema after) {
        editor.note("Nothing to run: " + operation.describe() + ", which the database has already.");
    }

    @Override
    public boolean isReversible() {
        return true;
    }

    @Override
    public void reverse(SchemaEditor editor, Schema before, Schema after) {
        apply(editor, before, after);
    }

    @Override
    public Optional<String> table(boolean backwards) {
        return operation.table(backwards);
    }

    @Override
    public String describe() {
        return operation.describe() + " in the state only";
    }
}
