package dev.mooring.statement;

import java.sql.SQLException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * The changes with RETURNING whose rows are not read to the end, where a transaction cannot begin or end, nor a savepoint be
 * set or released, nor another statement be committed by itself, before they are closed. One per wrapper, confined to its
 * thread.
 */
public final class UnreadChanges {

    private final Set<Change> open = Collections.newSetFromMap(new IdentityHashMap<>(2));

    /** A statement with rows. */
    public interface Change {

        /** Closes the rows. Whoever reads on is told so. */
        void end() throws SQLException;

        /** {@return whose statement it is} */
        Object owner();
    }

    public void add(Change change) {
        open.add(change);
    }

    public void remove(Change change) {
        open.remove(change);
    }

    public boolean isEmpty() {
        return open.isEmpty();
    }

    public void removeAllOf(Object owner) {
        open.removeIf(change -> change.owner() == owner);
    }

    public void endAll() throws SQLException {
        if (!open.isEmpty()) {
            for (Change change : List.copyOf(open)) {
                open.remove(change);
                change.end();
            }
        }
    }
}
