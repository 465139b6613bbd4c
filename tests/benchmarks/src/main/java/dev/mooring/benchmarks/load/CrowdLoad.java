package dev.mooring.benchmarks.load;

import dev.mooring.benchmarks.rival.Rival;
import dev.mooring.benchmarks.rival.Rivals;
import dev.mooring.benchmarks.rival.Target;
import dev.mooring.benchmarks.rival.Threads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * All connections are held until a crowd of virtual threads waits for them; then they are let go. How much heap does a
 * waiting thread take, how long until the last is served, and what is left?
 */
final class CrowdLoad implements Load {

    private final int crowd;
    private final int connections;
    private volatile boolean open;

    CrowdLoad(int crowd, int connections) {
        this.crowd = crowd;
        this.connections = connections;
    }

    @Override
    public Map<String, Double> run(String rival, Duration time) throws Exception {
        try (Rival pool = Rivals.open(rival, Target.stub(), connections)) {
            // A rehearsal, for what the JVM and the pool keep for the next crowd once they have grown.
            parked();
            waiting(pool, new HashMap<>());
            Map<String, Double> figures = new HashMap<>();
            figures.put(Figures.HEAP_PARKED, parked());
            waiting(pool, figures);
            figures.put(Figures.LEASED, (double) pool.leased());
            figures.put(Figures.OPEN, (double) pool.open());
            return figures;
        }
    }

    /** {@return the heap of a thread that does nothing but wait} */
    private double parked() throws InterruptedException {
        open = false;
        long before = Heap.used();
        AtomicInteger arrived = new AtomicInteger();
        List<Thread> threads = start(() -> {
            arrived.incrementAndGet();
            while (!open) {
                LockSupport.park(this);
            }
        });
        while (arrived.get() < crowd) {
            TimeUnit.MILLISECONDS.sleep(1);
        }
        long during = Heap.used();
        open = true;
        threads.forEach(LockSupport::unpark);
        join(threads);
        return (during - before) / (double) crowd;
    }

    private void waiting(Rival pool, Map<String, Double> figures) throws Exception {
        long before = Heap.used();
        CountDownLatch gate = new CountDownLatch(1);
        AtomicInteger failed = new AtomicInteger();
        List<Thread> holders = holders(pool, gate);
        List<Thread> threads = start(() -> cycle(pool, failed));
        while (pool.waiting() < crowd - failed.get()) {
            TimeUnit.MILLISECONDS.sleep(1);
        }
        long during = Heap.used();
        long start = System.nanoTime();
        gate.countDown();
        join(threads);
        join(holders);
        figures.put(Figures.SECONDS, (System.nanoTime() - start) / 1e9);
        figures.put(Figures.FAILED, failed.doubleValue());
        figures.put(Figures.HEAP_WAITING, (during - before) / (double) crowd);
        threads.clear();
        figures.put(Figures.HEAP_LEFT, (Heap.used() - before) / (double) crowd);
    }

    private List<Thread> holders(Rival pool, CountDownLatch gate) throws InterruptedException {
        CountDownLatch held = new CountDownLatch(connections);
        List<Thread> holders = new ArrayList<>();
        for (int i = 0; i < connections; i++) {
            holders.add(new Thread(() -> hold(pool, held, gate)));
        }
        holders.forEach(Thread::start);
        held.await();
        return holders;
    }

    private static void hold(Rival pool, CountDownLatch held, CountDownLatch gate) {
        try {
            pool.hold(connection -> {
                held.countDown();
                gate.await();
            });
        } catch (Exception e) {
            throw new IllegalStateException("A connection could not be held", e);
        }
    }

    private static void cycle(Rival pool, AtomicInteger failed) {
        try {
            pool.cycle();
        } catch (Exception e) {
            failed.incrementAndGet();
        }
    }

    private List<Thread> start(Runnable task) {
        ThreadFactory factory = Threads.of(true);
        List<Thread> threads = new ArrayList<>(crowd);
        for (int i = 0; i < crowd; i++) {
            Thread thread = factory.newThread(task);
            threads.add(thread);
            thread.start();
        }
        return threads;
    }

    private static void join(List<Thread> threads) throws InterruptedException {
        for (Thread thread : threads) {
            thread.join();
        }
    }
}
