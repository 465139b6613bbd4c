package dev.mooring.kit;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Waits for what another thread is about to do, without guessing how long that takes. */
public final class Eventually {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    private Eventually() {}

    /** Tries {@code assertion} again until it passes, for ten seconds; then throws what it threw last. */
    public static void passes(Runnable assertion) {
        passes(PATIENCE, assertion);
    }

    /** Tries {@code assertion} again until it passes, for {@code patience}; then throws what it threw last. */
    public static void passes(Duration patience, Runnable assertion) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            try {
                assertion.run();
                return;
            } catch (AssertionError e) {
                if (System.nanoTime() - deadline >= 0) {
                    throw e;
                }
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }
}
