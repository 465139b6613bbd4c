package dev.mooring.pool;

import dev.mooring.ManualTime;
import dev.mooring.Threads;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/** A write lock, and threads that wait for it. */
abstract class WriteLockFixture {

    static final Duration LONG = Duration.ofHours(1);
    static final long NEVER = Long.MAX_VALUE;
    static final String WRITE = "database 'main'";

    final WaitGraph waits = new WaitGraph();
    final ManualTime time = new ManualTime();
    WriteLock lock = new WriteLock();

    Thread startWaiter(String name, Runnable... onceItHasTheLock) {
        Thread waiter = new Thread(
                () -> {
                    acquire();
                    for (Runnable work : onceItHasTheLock) {
                        work.run();
                    }
                },
                name);
        waiter.setDaemon(true);
        waiter.start();
        Threads.awaitParked(waiter);
        return waiter;
    }

    void acquire() {
        lock.acquire(false, LONG, WRITE, waits, () -> {});
    }

    void release() {
        lock.release(Thread.currentThread());
    }

    /** Lets so much time pass that the lock is handed to the first waiter, and nobody may overtake it. */
    static void awaitHandoffInterval() {
        long start = System.nanoTime();
        while (System.nanoTime() - start <= Pool.HANDOFF_INTERVAL) {
            Thread.onSpinWait();
        }
    }

    static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
