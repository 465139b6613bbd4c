package dev.mooring.pool;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;

/** What the threads of a {@link PoolChurnTest} went through. Thread-safe. */
final class ChurnTally {

    final LongAdder rounds = new LongAdder();
    final LongAdder leases = new LongAdder();
    final LongAdder deaths = new LongAdder();
    final LongAdder leftBehind = new LongAdder();
    final LongAdder errors = new LongAdder();
    final LongAdder interrupts = new LongAdder();
    final LongAdder interrupted = new LongAdder();
    final LongAdder timedOut = new LongAdder();
    final LongAdder endless = new LongAdder();

    /** What must not be; empty if all is well. */
    final Queue<String> violations = new ConcurrentLinkedQueue<>();

    @Override
    public String toString() {
        return ("%s leases in %s rounds; %s deaths, %s with a connection; %s errors survived; %s interrupts, %s of them ended"
                        + " a wait; %s waits timed out, %s without end")
                .formatted(leases, rounds, deaths, leftBehind, errors, interrupts, interrupted, timedOut, endless);
    }
}
