package dev.mooring.config;

/** How long a wrapper keeps the connection that it leased. */
public enum LeaseScope {
    /**
     * One statement in autocommit, one outermost {@code atomic}, one open cursor. The number of connections is the
     * number of operations under way at once.
     */
    OPERATION,
    /** From the first operation of a unit of work to its end, as in Django with a pool. */
    REQUEST,
    /** Until closed: bound to the thread, as in Django without a pool. Ticket #30441 needs this one. */
    THREAD
}
