package dev.mooring;

/**
 * Keeps this thread's connection leased until closed, or until the unit of work ends: for work that depends on the
 * session between statements.
 */
public final class Lease implements AutoCloseable {

    private final DatabaseWrapper wrapper;
    private boolean open = true;

    Lease(DatabaseWrapper wrapper) {
        this.wrapper = wrapper;
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
