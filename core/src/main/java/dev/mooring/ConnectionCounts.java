package dev.mooring;

import dev.mooring.pool.PoolCounts;
import java.time.Duration;

/**
 * What one database's connections were up to. Taken without stopping anybody, so the figures may be a moment apart.
 *
 * @param opened connections opened since the start
 * @param closed connections closed since the start
 * @param reused how often a thread was handed a connection that had been open before
 * @param reclaimed connections taken back from threads that died
 * @param open connections open now
 * @param leased connections in use now
 * @param waiting threads waiting for one now
 * @param peak the most connections open at once
 * @param waits how often a thread had to queue for one and was served
 * @param waitTime how long those waits took together
 * @param timeouts how often a thread queued in vain
 * @param failures how often one could not be opened
 * @param unclosed connections that the driver refused to close: rolled back, not counted as open, and lost until the process ends
 */
public record ConnectionCounts(
        long opened,
        long closed,
        long reused,
        long reclaimed,
        int open,
        int leased,
        int waiting,
        int peak,
        long waits,
        Duration waitTime,
        long timeouts,
        long failures,
        long unclosed) {

    static ConnectionCounts of(PoolCounts pool, long unclosed) {
        return new ConnectionCounts(
                pool.opened(),
                pool.closed(),
                Math.max(0, pool.leases() - pool.opened()),
                pool.reclaimed(),
                pool.open(),
                pool.leased(),
                pool.waiting(),
                pool.peak(),
                pool.waits(),
                pool.waitTime(),
                pool.timeouts(),
                pool.failures(),
                unclosed);
    }
}
