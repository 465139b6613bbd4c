package dev.mooring;

import java.sql.SQLException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * The changes with RETURNING whose rows are not read to the end, where a transaction cannot begin or end, nor a savepoint be
 * set or released, before they are closed. One per wrapper, confined to its thread.
 */
final class UnreadChanges {

    private final Set<Change> open = Collections.newSetFromMap(new IdentityHashMap<>());

    /** A statement with rows. */
    interface Change {

        /** Closes the rows. Whoever reads on is told so. */
        void end() throws SQLException;

        /** {@return whose statement it is} */
        Object owner();
    }

    void add(Change change) {
        open.add(change);
    }

    void remove(Change change) {
        open.remove(change);
    }

    void removeAllOf(Object owner) {
        open.removeIf(change -> change.owner() == owner);
    }

    void endAll() throws SQLException {
        if (!open.isEmpty()) {
            for (Change change : List.copyOf(open)) {
                open.remove(change);
                change.end();
            }
        }
    }
}
