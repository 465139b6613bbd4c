package dev.mooring.pool;

import java.time.Duration;

/**
 * What a pool counted. Taken without stopping anybody, so the figures may be a moment apart.
 *
 * @param opened connections opened since the start
 * @param closed connections closed since the start, for whatever reason
 * @param leases how often a connection was handed out
 * @param reclaimed leases taken back from threads that died
 * @param open connections open now
 * @param leased connections in use now
 * @param waiting threads in the queue now
 * @param peak the most connections open at once
 * @param waits how often a thread had to queue and was served
 * @param waitTime how long those waits took together
 * @param timeouts how often a thread queued in vain
 * @param failures how often a connection could not be opened
 */
public record PoolCounts(
        long opened,
        long closed,
        long leases,
        long reclaimed,
        int open,
        int leased,
        int waiting,
        int peak,
        long waits,
        Duration waitTime,
        long timeouts,
        long failures) {}
