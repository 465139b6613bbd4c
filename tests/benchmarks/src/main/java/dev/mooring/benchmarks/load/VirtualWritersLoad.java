package dev.mooring.benchmarks.load;

import dev.mooring.benchmarks.rival.SqliteFile;
import dev.mooring.benchmarks.rival.Threads;
import dev.mooring.benchmarks.rival.Writer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Virtual threads that write to one SQLite file; given up after the time, since SQLite's busy handler holds the carriers. */
final class VirtualWritersLoad implements Load {

    private final int threads;
    private final int transactions;
    private final Duration inside;

    VirtualWritersLoad(int threads, int transactions, Duration inside) {
        this.threads = threads;
        this.transactions = transactions;
        this.inside = inside;
    }

    @Override
    public Map<String, Double> run(String rival, Duration time) throws Exception {
        try (SqliteFile file = SqliteFile.create("NORMAL", "")) {
            // Not closed: a writer that holds the carriers would not let itself be closed in any time.
            Writer writer = WritersLoad.open(rival, file, threads);
            AtomicInteger done = new AtomicInteger();
            AtomicInteger busy = new AtomicInteger();
            long start = System.nanoTime();
            List<Thread> running = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                running.add(Threads.of(true).newThread(() -> write(writer, done, busy)));
            }
            running.forEach(Thread::start);
            for (Thread thread : running) {
                long left = time.toNanos() - (System.nanoTime() - start);
                thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(left)));
            }
            Map<String, Double> figures = new HashMap<>();
            figures.put(Figures.SECONDS, (System.nanoTime() - start) / 1e9);
            figures.put(Figures.FAILED, (double) (threads * transactions - done.get()));
            figures.put(Figures.BUSY, busy.doubleValue());
            return figures;
        }
    }

    private void write(Writer writer, AtomicInteger done, AtomicInteger busy) {
        for (int i = 0; i < transactions; i++) {
            try {
                writer.write(() -> {
                    TimeUnit.NANOSECONDS.sleep(inside.toNanos());
                    return null;
                });
                done.incrementAndGet();
            } catch (Exception e) {
                busy.addAndGet(Writer.isBusy(e) ? 1 : 0);
            }
        }
    }
}
