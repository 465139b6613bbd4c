package dev.mooring.migrations;

import dev.mooring.schema.Schema;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A step that the schema knows as well as the database, and that can be undone in both.
 *
 * @param name what its table is called once the step was taken, or before it is dropped
 * @param nameUndone what it is called once that was undone
 */
record SchemaChange(
        String describe, String name, String nameUndone, UnaryOperator<Schema> change, Edit forwards, Edit backwards)
        implements Operation {

    /** The table keeps its name. */
    SchemaChange(String describe, String name, UnaryOperator<Schema> change, Edit forwards, Edit backwards) {
        this(describe, name, name, change, forwards, backwards);
    }

    @Override
    public Optional<String> table(boolean backwards) {
        return Optional.of(backwards ? nameUndone : name);
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
