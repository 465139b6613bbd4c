package dev.mooring.pool;

import dev.mooring.error.DatabaseException;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;

/** Counts what happens off the fast path, and passes it on to a listener. Any thread. */
final class PoolStatistics implements PoolListener {

    private final PoolListener listener;
    private final LongAdder reclaimed = new LongAdder();
    private final LongAdder waits = new LongAdder();
    private final LongAdder waitNanos = new LongAdder();
    private final LongAdder timeouts = new LongAdder();
    private final LongAdder failures = new LongAdder();

    PoolStatistics(PoolListener listener) {
        this.listener = listener;
    }

    @Override
    public void closed(CloseReason reason) {
        listener.closed(reason);
    }

    @Override
    public void waited(Duration time) {
        waits.increment();
        waitNanos.add(time.toNanos());
        listener.waited(time);
    }

    @Override
    public void timedOut() {
        timeouts.increment();
        listener.timedOut();
    }

    @Override
    public void reclaimed(String thread) {
        reclaimed.increment();
        listener.reclaimed(thread);
    }

    @Override
    public void openFailed(DatabaseException error) {
        failures.increment();
        listener.openFailed(error);
    }

    PoolCounts counts(long opened, long closed, long leases, int open, int leased, int waiting, int peak) {
        return new PoolCounts(
                opened,
                closed,
                leases,
                reclaimed.sum(),
                open,
                leased,
                waiting,
                peak,
                waits.sum(),
                Duration.ofNanos(waitNanos.sum()),
                timeouts.sum(),
                failures.sum());
    }
}
