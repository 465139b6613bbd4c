package dev.mooring.pool;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;

/** What the threads of a {@link PoolChurnTest} went through. Any thread. */
final class ChurnTally {

    final LongAdder leases = new LongAdder();
    final LongAdder leftBehind = new LongAdder();
    final LongAdder interrupted = new LongAdder();
    final LongAdder timedOut = new LongAdder();
    final LongAdder endless = new LongAdder();

    /** What must not be; empty if all is well. */
    final Queue<String> violations = new ConcurrentLinkedQueue<>();

    @Override
    public String toString() {
        return "%s leases, %s left behind by the dead, %s interrupted, %s timed out, %s waits without end"
                .formatted(leases, leftBehind, interrupted, timedOut, endless);
    }
}
