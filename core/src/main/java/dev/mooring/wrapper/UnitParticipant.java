package dev.mooring.wrapper;

import java.util.List;

/**
 * A part of a wrapper that may have something open when a unit of work begins or ends. {@link WrapperCore} has the list of
 * them. Confined to the wrapper's thread.
 */
public interface UnitParticipant {

    /** Ends what was begun before this unit of work and forgotten, because the unit would run inside. */
    default void beginUnit() {}

    /** Ends what was left open in the unit of work. */
    void endUnit();

    /** Does so at the end of a unit of work around a transaction of another library's, which ends itself what that has open. */
    default void endUnitOfTransaction() {
        endUnit();
    }

    /** Adds a line for each thing that is open. */
    default void describe(List<String> lines) {}
}
