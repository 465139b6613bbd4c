package dev.mooring.migrations;

import dev.mooring.schema.Schema;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** A step that the schema knows as well as the database, and that can be undone in both. */
record SchemaChange(String describe, String concerned, UnaryOperator<Schema> change, Edit forwards, Edit backwards)
        implements Operation {

    @Override
    public Optional<String> table() {
        return Optional.of(concerned);
    }

    @Override
    public Schema nextState(Schema before) {
        return change.apply(before);
    }

    @Override
    public void apply(SchemaEditor editor, Schema before, Schema after) {
        forwards.make(editor, before, after);
    }

    @Override
    public boolean isReversible() {
        return true;
    }

    @Override
    public void reverse(SchemaEditor editor, Schema before, Schema after) {
        backwards.make(editor, after, before);
    }

    /** Makes the database, which looks like {@code now}, look like {@code then}. */
    interface Edit {
        void make(SchemaEditor editor, Schema now, Schema then);
    }
}
