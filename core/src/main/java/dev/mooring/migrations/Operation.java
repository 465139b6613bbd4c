package dev.mooring.migrations;

import dev.mooring.schema.Schema;
import java.util.Optional;

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

    /** {@return whether {@link #reverse} can undo it} Asked for all that is to be undone before anything is. */
    default boolean isReversible() {
        return false;
    }

    /**
     * Undoes the step in the database, which looks like {@code after}, so that it looks like {@code before}.
     *
     * @throws IrreversibleException if it cannot be undone
     */
    default void reverse(SchemaEditor editor, Schema before, Schema after) {
        throw irreversible(this);
    }

    /**
     * {@return the table that routers are asked about: the one that is there afterwards, or that goes; empty to ask about the
     * app alone}
     *
     * @param backwards whether the step is to be undone
     */
    default Optional<String> table(boolean backwards) {
        return Optional.empty();
    }

    /** {@return what it does, in a few words} */
    default String describe() {
        return getClass().getSimpleName();
    }

    /** {@return what to throw if {@code operation} cannot be undone} */
    static IrreversibleException irreversible(Operation operation) {
        return new IrreversibleException("The operation '" + operation.describe() + "' cannot be undone");
    }
}
