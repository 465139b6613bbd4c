package dev.mooring.migrations;

import dev.mooring.schema.Schema;

/** One step of a migration. Immutable; the ready-made ones are in {@link Operations}. */
public interface Operation {

    /**
     * {@return the tables after this step} Called for migrations that were applied long ago too: connects to nothing.
     *
     * @throws IllegalArgumentException if the step does not fit {@code before}
     */
    Schema nextState(Schema before);

    /** Takes the step in the database, which looks like {@code before}, so that it looks like {@code after}. */
    void apply(SchemaEditor editor, Schema before, Schema after);
}
