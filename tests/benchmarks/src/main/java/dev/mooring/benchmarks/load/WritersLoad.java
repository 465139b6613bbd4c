package dev.mooring.benchmarks.load;

import dev.mooring.benchmarks.rival.SqliteFile;
import dev.mooring.benchmarks.rival.Writer;
import dev.mooring.benchmarks.rival.Writers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Platform threads that write to one SQLite file, each transaction holding the lock for a while. */
final class WritersLoad implements Load {

    private static final Duration WARM_UP = Duration.ofSeconds(2);

    private final String synchronous;
    private final String initialSql;
    private final int threads;
    private final Duration inside;

    WritersLoad(String synchronous, String initialSql, int threads, Duration inside) {
        this.synchronous = synchronous;
        this.initialSql = initialSql;
        this.threads = threads;
        this.inside = inside;
    }

    @Override
    public Map<String, Double> run(String rival, Duration time) throws Exception {
        try (SqliteFile file = SqliteFile.create(synchronous, initialSql);
                Writer writer = open(rival, file, threads)) {
            Window window = new Window();
            List<Loop> loops = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                loops.add(new Loop(writer, window));
            }
            loops.forEach(Thread::start);
            window.pass(WARM_UP, time);
            for (Loop loop : loops) {
                loop.join();
            }
            Map<String, Double> figures = figures(loops, window);
            figures.put(Figures.LOG_SIZE, file.logSize() / 1e6);
            return figures;
        }
    }

    /** {@return the writer, once it is certain that SQLite syncs as it was told} */
    static Writer open(String rival, SqliteFile file, int size) throws Exception {
        Writer writer = Writers.open(rival, file.target(), size);
        int expected = file.synchronous().equals("FULL") ? 2 : 1;
        if (writer.synchronous() != expected) {
            writer.close();
            throw new IllegalStateException(
                    "%s runs with PRAGMA synchronous other than %s".formatted(rival, file.synchronous()));
        }
        return writer;
    }

    private static Map<String, Double> figures(List<Loop> loops, Window window) {
        Times times = Times.sorted(loops.stream().map(loop -> loop.times).toList());
        IntSummaryStatistics done = loops.stream().mapToInt(loop -> loop.done).summaryStatistics();
        Map<String, Double> figures = new HashMap<>();
        figures.put(Figures.RATE, done.getSum() / window.seconds());
        figures.put(Figures.MOST_TO_LEAST, done.getMax() / (double) Math.max(1, done.getMin()));
        figures.put(Figures.LEAST, (double) done.getMin());
        figures.put(Figures.P50, times.percentileMillis(0.5));
        figures.put(Figures.P99, times.percentileMillis(0.99));
        figures.put(Figures.P999, times.percentileMillis(0.999));
        figures.put(Figures.MAX, times.percentileMillis(1));
        figures.put(Figures.FAILED, (double)
                loops.stream().mapToInt(loop -> loop.failed).sum());
        figures.put(Figures.BUSY, (double)
                loops.stream().mapToInt(loop -> loop.busy).sum());
        return figures;
    }

    private final class Loop extends Thread {

        private final Writer writer;
        private final Window window;
        private final Times times = new Times();
        private int done;
        private int failed;
        private int busy;

        Loop(Writer writer, Window window) {
            super("writer");
            this.writer = writer;
            this.window = window;
        }

        @Override
        public void run() {
            while (!window.isOver()) {
                long start = System.nanoTime();
                try {
                    write();
                    record(start, System.nanoTime());
                } catch (Exception e) {
                    failed++;
                    busy += Writer.isBusy(e) ? 1 : 0;
                }
            }
        }

        private void write() throws Exception {
            writer.write(() -> {
                if (!inside.isZero()) {
                    TimeUnit.NANOSECONDS.sleep(inside.toNanos());
                }
                return null;
            });
        }

        private void record(long start, long end) {
            if (window.contains(end)) {
                done++;
            }
            if (window.touches(start, end)) {
                times.add(end - start);
            }
        }
    }
}
