package dev.mooring.benchmarks.load;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * The time that counts: it begins when the threads are warm. They go on for a while when it is over, so that whoever still
 * waits is served by threads at work and not by threads that are about to end, in code that has never run before.
 */
final class Window {

    private static final Duration COOL_DOWN = Duration.ofMillis(200);

    private static final long NEVER = Long.MAX_VALUE;

    private volatile long from = NEVER;
    private volatile long until = NEVER;
    private volatile boolean over;

    /** Lets the threads run for {@code warmUp}, then, counting, for {@code time}, and then until they are cool. */
    void pass(Duration warmUp, Duration time) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(warmUp.toNanos());
        from = System.nanoTime();
        TimeUnit.NANOSECONDS.sleep(time.toNanos());
        until = System.nanoTime();
        TimeUnit.NANOSECONDS.sleep(COOL_DOWN.toNanos());
        over = true;
    }

    boolean isOver() {
        return over;
    }

    /** {@return whether {@code moment}, which is past, lies within} */
    boolean contains(long moment) {
        return isAfterStart(moment) && isBeforeEnd(moment);
    }

    /** {@return whether a wait from {@code start} to {@code end}, which are past, lies within or reaches into it} */
    boolean touches(long start, long end) {
        return isAfterStart(end) && isBeforeEnd(start);
    }

    private boolean isAfterStart(long moment) {
        return from != NEVER && moment - from >= 0;
    }

    private boolean isBeforeEnd(long moment) {
        return until == NEVER || moment - until < 0;
    }

    double seconds() {
        return (until - from) / 1e9;
    }
}
