package dev.mooring.benchmarks.load;

import dev.mooring.benchmarks.rival.Rival;
import dev.mooring.benchmarks.rival.Rivals;
import dev.mooring.benchmarks.rival.Target;
import dev.mooring.benchmarks.rival.Threads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** More threads than connections, each in a loop: lease, hold for a while, return. Who is served, and how soon? */
final class FairnessLoad implements Load {

    private static final Duration WARM_UP = Duration.ofSeconds(3);

    private final boolean virtual;
    private final int threads;
    private final int connections;
    private final Duration hold;

    FairnessLoad(boolean virtual, int threads, int connections, Duration hold) {
        this.virtual = virtual;
        this.threads = threads;
        this.connections = connections;
        this.hold = hold;
    }

    @Override
    public Map<String, Double> run(String rival, Duration time) throws Exception {
        try (Rival pool = Rivals.open(rival, Target.stub(), connections)) {
            Window window = new Window();
            List<Loop> loops = new ArrayList<>();
            List<Thread> running = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                Loop loop = new Loop(pool, window);
                loops.add(loop);
                running.add(Threads.of(virtual).newThread(loop));
            }
            running.forEach(Thread::start);
            window.pass(WARM_UP, time);
            for (Thread thread : running) {
                thread.join();
            }
            return figures(loops, window);
        }
    }

    private Map<String, Double> figures(List<Loop> loops, Window window) {
        Times waits = Times.sorted(loops.stream().map(loop -> loop.waits).toList());
        Spans holds = Spans.inOrder(loops.stream().map(loop -> loop.holds).toList());
        IntSummaryStatistics served =
                loops.stream().mapToInt(loop -> loop.served).summaryStatistics();
        double ideal = (threads / (double) connections - 1) * holds.meanMillis();
        double p99 = waits.percentileMillis(0.99);
        double max = waits.percentileMillis(1);
        Map<String, Double> figures = new HashMap<>();
        figures.put(Figures.RATE, served.getSum() / window.seconds());
        figures.put(Figures.MOST_TO_LEAST, served.getMax() / (double) Math.max(1, served.getMin()));
        figures.put(Figures.LEAST, (double) served.getMin());
        figures.put(Figures.P50, waits.percentileMillis(0.5));
        figures.put(Figures.P99, p99);
        figures.put(Figures.P999, waits.percentileMillis(0.999));
        figures.put(Figures.MAX, max);
        figures.put(Figures.IDEAL, ideal);
        figures.put(Figures.P99_TO_IDEAL, p99 / ideal);
        figures.put(Figures.MAX_TO_IDEAL, max / ideal);
        figures.put(
                Figures.HOLDS_P99_TO_IDEAL,
                holds.waitsInTurn(threads, connections).percentileMillis(0.99) / ideal);
        figures.put(Figures.FAILED, (double)
                loops.stream().mapToInt(loop -> loop.failed).sum());
        return figures;
    }

    private final class Loop implements Runnable {

        private final Rival pool;
        private final Window window;
        private final Times waits = new Times();
        private final Spans holds = new Spans();
        private int served;
        private int failed;

        Loop(Rival pool, Window window) {
            this.pool = pool;
            this.window = window;
        }

        @Override
        public void run() {
            while (!window.isOver()) {
                try {
                    turn();
                } catch (Exception e) {
                    failed++;
                }
            }
        }

        private void turn() throws Exception {
            long asked = System.nanoTime();
            pool.hold(connection -> {
                long got = System.nanoTime();
                TimeUnit.NANOSECONDS.sleep(hold.toNanos());
                if (window.contains(got)) {
                    served++;
                    holds.add(got, System.nanoTime());
                }
                // Who was served only when the time was over has waited none the less.
                if (window.touches(asked, got)) {
                    waits.add(got - asked);
                }
            });
        }
    }
}
