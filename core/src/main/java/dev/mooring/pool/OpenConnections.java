package dev.mooring.pool;

import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** The connections of a pool and how many there may be. */
final class OpenConnections {

    private final int cap;
    private final CopyOnWriteArrayList<PooledConnection> all = new CopyOnWriteArrayList<>();

    /** Open or being opened: counted before a connection is opened and after it is closed, so never too low. */
    private final AtomicInteger taken = new AtomicInteger();

    private final AtomicInteger peak = new AtomicInteger();
    private final AtomicLong opened = new AtomicLong();
    private final AtomicLong closed = new AtomicLong();
    private final AtomicLong leasesOfClosed = new AtomicLong();
    private final AtomicLong reclaimed = new AtomicLong();

    OpenConnections(int cap) {
        this.cap = cap;
    }

    Iterable<PooledConnection> all() {
        return all;
    }

    /** {@return whether one more may be opened}; the place is then taken until {@link #vacate()}. */
    boolean reserve() {
        int now = taken.get();
        while (now < cap) {
            int seen = taken.compareAndExchange(now, now + 1);
            if (seen == now) {
                peak.accumulateAndGet(now + 1, Math::max);
                return true;
            }
            now = seen;
        }
        return false;
    }

    void vacate() {
        taken.decrementAndGet();
    }

    boolean mayHaveRoom() {
        if (taken.get() < cap) {
            return true;
        }
        for (PooledConnection connection : all) {
            if (PooledConnection.isParked(connection.state())) {
                return true;
            }
        }
        return false;
    }

    boolean hasBusy() {
        for (PooledConnection connection : all) {
            Thread owner = connection.owner();
            if (owner != null && owner.isAlive() && !connection.isIdle()) {
                return true;
            }
        }
        return false;
    }

    void add(PooledConnection connection) {
        opened.incrementAndGet();
        all.add(connection);
    }

    void remove(PooledConnection connection) {
        if (all.remove(connection)) {
            closed.incrementAndGet();
            leasesOfClosed.addAndGet(connection.leases());
        }
    }

    void countReclaimed() {
        reclaimed.incrementAndGet();
    }

    PoolCounts counts(int waiting) {
        long leases = leasesOfClosed.get();
        int leased = 0;
        for (PooledConnection connection : all) {
            leases += connection.leases();
            leased += PooledConnection.isLeased(connection.state()) ? 1 : 0;
        }
        return new PoolCounts(
                opened.get(), closed.get(), leases, reclaimed.get(), taken.get(), leased, waiting, peak.get());
    }
}
