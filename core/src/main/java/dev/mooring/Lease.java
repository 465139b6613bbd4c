package dev.mooring;

import org.jspecify.annotations.Nullable;

/**
 * Keeps this thread's connection leased until closed, or until a unit of work begins or ends on this thread: for work that
 * depends on the session between statements.
 */
public final class Lease implements AutoCloseable {

    private final DatabaseWrapper wrapper;
    private final @Nullable String origin;
    private boolean open = true;

    Lease(DatabaseWrapper wrapper, @Nullable String origin) {
        this.wrapper = wrapper;
        this.origin = origin;
    }

    /** {@return where it was begun, if that was outside a unit of work, the begin of which ends it} */
    @Nullable
    String origin() {
        return origin;
    }

    /** Lets the connection go. Does nothing the second time. */
    @Override
    public void close() {
        if (open) {
            wrapper.check();
        }
        // If it was a dead thread's, that has closed it.
        if (open) {
            open = false;
            wrapper.closed(this);
        }
    }
}
