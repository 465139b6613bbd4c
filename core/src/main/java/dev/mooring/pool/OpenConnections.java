package dev.mooring.pool;

import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** The open connections of a pool, and its permits. Thread-safe. */
final class OpenConnections {

    private final int cap;
    private final CopyOnWriteArrayList<PooledConnection> all;

    /** Permits in use, by connections open or being opened: acquired before opening and released after closing, so never too low. */
    private final AtomicInteger taken = new AtomicInteger();

    /** Connections open: counted from after opening until closing. */
    private final AtomicInteger open = new AtomicInteger();

    private final AtomicInteger peak = new AtomicInteger();
    private final AtomicLong opened = new AtomicLong();
    private final AtomicLong leasesOfClosed = new AtomicLong();

    OpenConnections(int cap) {
        this(cap, new CopyOnWriteArrayList<>());
    }

    OpenConnections(int cap, CopyOnWriteArrayList<PooledConnection> all) {
        this.cap = cap;
        this.all = all;
    }

    Iterable<PooledConnection> all() {
        return all;
    }

    /** {@return whether one more may be opened} It then has a permit, until {@link #releasePermit()} or {@link #closed}. */
    boolean reserve() {
        int now = taken.get();
        while (now < cap) {
            int seen = taken.compareAndExchange(now, now + 1);
            if (seen == now) {
                return true;
            }
            now = seen;
        }
        return false;
    }

    /** Releases a permit with which nothing was opened. */
    void releasePermit() {
        taken.decrementAndGet();
    }

    /** {@return how many permits are in use, by connections open, being opened or being closed} */
    int permits() {
        return taken.get();
    }

    boolean mayGrow() {
        return taken.get() < cap;
    }

    boolean hasFree() {
        if (mayGrow()) {
            return true;
        }
        for (PooledConnection connection : all) {
            if (Leasable.isParked(connection.state())) {
                return true;
            }
        }
        return false;
    }

    /** {@return whether a connection is in use, other than by {@code thread}} */
    boolean hasBusyBesides(Thread thread) {
        for (PooledConnection connection : all) {
            if (connection.owner() != thread && connection.isBusy()) {
                return true;
            }
        }
        return false;
    }

    boolean hasBusy() {
        for (PooledConnection connection : all) {
            if (connection.isBusy()) {
                return true;
            }
        }
        return false;
    }

    /** {@return whether a connection is being opened or closed, so that there are more permits in use than connections} */
    boolean isOpeningOrClosing() {
        return taken.get() > all.size();
    }

    /** Adds a connection; if that fails, it is not counted as open. */
    void add(PooledConnection connection) {
        connection.number(opened.incrementAndGet());
        int now = open.incrementAndGet();
        boolean added = false;
        try {
            peak.accumulateAndGet(now, Math::max);
            all.add(connection);
            added = true;
        } finally {
            if (!added) {
                open.decrementAndGet();
            }
        }
    }

    /** Removes a connection before it is closed; its permit stays in use. */
    void remove(PooledConnection connection) {
        if (all.remove(connection)) {
            leasesOfClosed.addAndGet(connection.leases());
        }
    }

    /** A connection was closed; its permit stays in use if it is {@code replaced}. */
    void closed(boolean replaced) {
        open.decrementAndGet();
        if (!replaced) {
            releasePermit();
        }
    }

    PoolCounts counts(int waiting, PoolStatistics statistics) {
        long leases = leasesOfClosed.get();
        int leased = 0;
        for (PooledConnection connection : all) {
            leases += connection.leases();
            leased += Leasable.isLeased(connection.state()) ? 1 : 0;
        }
        long openedNow = opened.get();
        int openNow = open.get();
        return statistics.counts(openedNow, openedNow - openNow, leases, openNow, leased, waiting, peak.get());
    }
}
