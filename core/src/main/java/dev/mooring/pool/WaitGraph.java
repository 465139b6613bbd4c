package dev.mooring.pool;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which thread waits for which pool, over all pools of a {@code Databases}: finds the waits that cannot end, because all
 * who could let go wait too.
 *
 * <p>Each waiter looks when it falls asleep, so of the threads in a circle the last one sees it whole. Any thread.
 */
public final class WaitGraph {

    private record Wait(Pool pool, Waiter<PooledConnection> waiter) {}

    private final Map<Thread, Wait> waits = new ConcurrentHashMap<>();

    void enter(Pool pool, Waiter<PooledConnection> waiter) {
        waits.put(waiter.thread, new Wait(pool, waiter));
    }

    void leave(Waiter<PooledConnection> waiter) {
        waits.remove(waiter.thread);
    }

    /**
     * {@return whether {@code thread} would wait for {@code pool} for ever}
     *
     * <p>Nothing is stopped for the answer. It is yes only if every connection looked at was still under the same lease
     * after all their holders had been seen asleep.
     */
    boolean isEndless(Pool pool, Thread thread) {
        if (!allMayWait(pool, thread)) {
            return false;
        }
        Map<PooledConnection, Long> leases = new HashMap<>();
        return isStuck(pool, thread, new HashSet<>(), leases)
                && leases.entrySet().stream().allMatch(lease -> lease.getKey().isLeasedWith(lease.getValue()));
    }

    /** The usual answer at little cost: some holder does not wait. */
    private boolean allMayWait(Pool pool, Thread thread) {
        for (PooledConnection connection : pool.connections()) {
            Thread owner = connection.owner();
            if (owner == null || (owner != thread && !waits.containsKey(owner))) {
                return false;
            }
        }
        return true;
    }

    private boolean isStuck(Pool pool, Thread thread, Set<Pool> seen, Map<PooledConnection, Long> leases) {
        seen.add(pool);
        if (pool.mayGrow()) {
            return false;
        }
        int held = 0;
        for (PooledConnection connection : pool.connections()) {
            long lease = connection.state();
            Thread owner = PooledConnection.isLeased(lease) ? connection.owner() : null;
            if (owner == null || (owner != thread && !isStuck(owner, thread, seen, leases))) {
                return false;
            }
            leases.put(connection, lease);
            held++;
        }
        // A place without a connection is one that somebody is about to open.
        return held > 0 && held == pool.places();
    }

    private boolean isStuck(Thread owner, Thread thread, Set<Pool> seen, Map<PooledConnection, Long> leases) {
        Wait wait = waits.get(owner);
        return wait != null
                && wait.pool().isStuck(wait.waiter())
                && (seen.contains(wait.pool()) || isStuck(wait.pool(), thread, seen, leases));
    }
}
