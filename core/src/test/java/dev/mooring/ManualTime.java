package dev.mooring;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** A clock that moves when told. It starts one second before {@code nanoTime} overflows, so each test crosses that. */
public final class ManualTime implements LongSupplier {

    private final AtomicLong now =
            new AtomicLong(Long.MAX_VALUE - Duration.ofSeconds(1).toNanos());
    private volatile long step;
    private volatile boolean broken;

    /** Makes one that stands still. */
    public ManualTime() {}

    /** Moves on. */
    public void advance(Duration by) {
        now.addAndGet(by.toNanos());
    }

    /** Moves on by itself each time it is read, so that a wait ends without anybody waiting. */
    public void advanceAtEachReading(Duration by) {
        step = by.toNanos();
    }

    /** Has readings fail, as any call does once the stack is full. */
    public void breaks(boolean broken) {
        this.broken = broken;
    }

    @Override
    public long getAsLong() {
        if (broken) {
            throw new StackOverflowError();
        }
        return now.getAndAdd(step);
    }
}
