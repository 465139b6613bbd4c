package dev.mooring.pool;

import dev.mooring.error.DatabaseException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts what happens off the fast path, and passes it on to a listener. Thread-safe. */
final class PoolStatistics implements PoolListener {

    private final PoolListener listener;
    private final LongAdder reclaimed = new LongAdder();
    private final LongAdder waits = new LongAdder();
    private final LongAdder waitNanos = new LongAdder();
    private final LongAdder timeouts = new LongAdder();
    private final LongAdder failures = new LongAdder();

    /** The threads that are telling the listener of something, which may hold what they would wait for. */
    private final Set<Thread> telling = ConcurrentHashMap.newKeySet();

    PoolStatistics(PoolListener listener) {
        this.listener = listener;
    }

    @Override
    public void opened(Duration time) {
        tell(() -> listener.opened(time));
    }

    @Override
    public void closed(CloseReason reason) {
        tell(() -> listener.closed(reason));
    }

    @Override
    public void waited(Duration time) {
        waits.increment();
        waitNanos.add(time.toNanos());
        tell(() -> listener.waited(time));
    }

    @Override
    public void timedOut() {
        timeouts.increment();
        tell(listener::timedOut);
    }

    @Override
    public void reclaimed(String thread) {
        reclaimed.increment();
        tell(() -> listener.reclaimed(thread));
    }

    @Override
    public void openFailed(DatabaseException error) {
        failures.increment();
        tell(() -> listener.openFailed(error));
    }

    /** {@return whether the calling thread is in a call to the listener} A full stack may have kept it from being taken out. */
    boolean isListening() {
        return telling.contains(Thread.currentThread())
                && StackWalker.getInstance()
                        .walk(frames ->
                                frames.anyMatch(frame -> frame.getMethodName().equals("tell")
                                        && frame.getClassName().equals(PoolStatistics.class.getName())));
    }

    private void tell(Runnable event) {
        boolean outermost = telling.add(Thread.currentThread());
        try {
            event.run();
        } finally {
            if (outermost) {
                telling.remove(Thread.currentThread());
            }
        }
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
