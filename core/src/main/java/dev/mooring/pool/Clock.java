package dev.mooring.pool;

import java.util.function.LongSupplier;

/**
 * Nanoseconds of a monotonic clock: exact ones, and coarse ones that cost no more than reading a field.
 *
 * <p>Reading the real clock costs more than handing out a connection, so the fast path uses what the housekeeper published
 * last. Thread-safe.
 */
public final class Clock {

    private final LongSupplier source;
    private volatile long coarse;

    /** Makes a clock over {@code source}, which is {@code System::nanoTime} but in tests. */
    public Clock(LongSupplier source) {
        this.source = source;
        this.coarse = source.getAsLong();
    }

    /** {@return the time now} */
    public long exact() {
        return source.getAsLong();
    }

    long coarse() {
        return coarse;
    }

    void tick() {
        coarse = source.getAsLong();
    }
}
