package dev.mooring.benchmarks.load;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The time that counts: it begins when the threads are warm, and they stop when it is over. */
final class Window {

    private static final long NEVER = Long.MAX_VALUE;

    private volatile long from = NEVER;
    private volatile long until = NEVER;

    /** Lets the threads run for {@code warmUp} and then, counting, for {@code time}. */
    void pass(Duration warmUp, Duration time) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(warmUp.toNanos());
        from = System.nanoTime();
        TimeUnit.NANOSECONDS.sleep(time.toNanos());
        until = System.nanoTime();
    }

    boolean isOver() {
        return until != NEVER;
    }

    /** {@return whether {@code moment}, which is past, lies within} */
    boolean contains(long moment) {
        return isAfterStart(moment) && (!isOver() || moment - until < 0);
    }

    /** {@return whether {@code moment}, which is past, lies within or later} */
    boolean isAfterStart(long moment) {
        return from != NEVER && moment - from >= 0;
    }

    double seconds() {
        return (until - from) / 1e9;
    }
}
