package dev.mooring;

import dev.mooring.wrapper.Hold;

/**
 * Keeps this thread's connection leased until closed, or until a unit of work begins or ends on this thread: for work that
 * depends on the session between statements.
 */
public final class Lease implements AutoCloseable {

    private final Hold hold;

    Lease(Hold hold) {
        this.hold = hold;
    }

    /** Lets the connection go. Does nothing the second time. */
    @Override
    public void close() {
        hold.close();
    }
}
