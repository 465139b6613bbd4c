package dev.mooring.benchmarks.load;

import dev.mooring.benchmarks.rival.Items;
import dev.mooring.benchmarks.rival.Place;
import dev.mooring.benchmarks.rival.Reader;
import dev.mooring.benchmarks.rival.Readers;
import dev.mooring.benchmarks.rival.SqliteFile;
import dev.mooring.benchmarks.rival.Target;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A thread for each request, one after another, each with one SELECT and no word of closing anything: Django's ticket
 * 30441. Counts what is left open, between blocks of threads that are timed.
 */
final class SuccessionLoad implements Load {

    private static final int CONNECTIONS = 10;
    private static final int BLOCK = 100;

    /** Until then the compiler takes as much of a processor as the threads do, for whoever has more code. */
    private static final int WARM_UP = 20_000;

    /** So many, since of two runs of 5,000 the one may take a fifth longer than the other, whoever is measured. */
    private static final int TIMED = 10_000;

    private final String database;
    private final int threads;

    SuccessionLoad(String database, int threads) {
        this.database = database;
        this.threads = threads;
    }

    @Override
    public Map<String, Double> run(String rival, Duration time) throws Exception {
        try (Place place = Place.open(database)) {
            Target target = place.target();
            if (place instanceof SqliteFile) {
                return run(rival, target, null);
            }
            try (Sessions sessions = new Sessions(target)) {
                return run(rival, target, sessions);
            }
        }
    }

    private Map<String, Double> run(String rival, Target target, @Nullable Sessions sessions) throws Exception {
        Items.create(target);
        try (Reader reader = Readers.open(rival, target, CONNECTIONS)) {
            AtomicInteger failed = new AtomicInteger();
            Runnable request = () -> read(reader, failed);
            block(request);
            long descriptors = Descriptors.open();
            long cold = blocks(request, threads);
            blocks(request, WARM_UP - threads);
            long mostDescriptors = descriptors;
            int mostSessions = 0;
            long nanos = 0;
            for (int done = 0; done < TIMED; done += BLOCK) {
                nanos += block(request);
                mostDescriptors = Math.max(mostDescriptors, Descriptors.open());
                mostSessions = sessions == null ? 0 : Math.max(mostSessions, sessions.others());
            }
            Map<String, Double> figures = new HashMap<>();
            figures.put(Figures.RATE, TIMED / (nanos / 1e9));
            figures.put(Figures.COLD_RATE, threads / (cold / 1e9));
            figures.put(Figures.FAILED, failed.doubleValue());
            figures.put(Figures.DESCRIPTORS, (double) (mostDescriptors - descriptors));
            figures.put(Figures.SESSIONS, (double) mostSessions);
            return figures;
        }
    }

    private static long blocks(Runnable request, int threads) throws InterruptedException {
        long nanos = 0;
        for (int done = 0; done < threads; done += BLOCK) {
            nanos += block(request);
        }
        return nanos;
    }

    private static long block(Runnable request) throws InterruptedException {
        long start = System.nanoTime();
        for (int i = 0; i < BLOCK; i++) {
            Thread thread = new Thread(request);
            thread.start();
            thread.join();
        }
        return System.nanoTime() - start;
    }

    private static void read(Reader reader, AtomicInteger failed) {
        try {
            reader.read(Items.anyKey());
        } catch (Exception e) {
            failed.incrementAndGet();
        }
    }
}
