package dev.mooring.benchmarks.load;

import java.util.concurrent.TimeUnit;

/** What the heap holds once the rubbish is gone. */
final class Heap {

    private static final int COLLECTIONS = 3;

    private Heap() {}

    /** {@return the bytes in use after full collections; the least that was seen} */
    static long used() throws InterruptedException {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
            TimeUnit.MILLISECONDS.sleep(50); // Reference handlers let go of things in between.
            Runtime runtime = Runtime.getRuntime();
            least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
        }
        return least;
    }
}
