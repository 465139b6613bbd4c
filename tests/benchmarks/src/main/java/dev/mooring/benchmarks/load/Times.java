package dev.mooring.benchmarks.load;

import java.util.Arrays;
import java.util.List;

/** Durations in nanoseconds, collected by one thread without allocating for each. */
final class Times {

    private static final double NANOS_IN_A_MILLISECOND = 1e6;

    private long[] values = new long[256];
    private int size;

    void add(long nanos) {
        if (size == values.length) {
            values = Arrays.copyOf(values, size * 2);
        }
        values[size++] = nanos;
    }

    int size() {
        return size;
    }

    double meanMillis() {
        return Arrays.stream(values, 0, size).average().orElse(0) / NANOS_IN_A_MILLISECOND;
    }

    /** {@return all of them together, sorted} */
    static Times sorted(List<Times> parts) {
        Times all = new Times();
        all.values = parts.stream()
                .flatMapToLong(part -> Arrays.stream(part.values, 0, part.size))
                .sorted()
                .toArray();
        all.size = all.values.length;
        return all;
    }

    /** {@return the time that {@code share} of them do not exceed; they must be sorted} Zero if there are none. */
    double percentileMillis(double share) {
        if (size == 0) {
            return 0;
        }
        int rank = (int) Math.ceil(share * size);
        return values[Math.max(0, rank - 1)] / NANOS_IN_A_MILLISECOND;
    }
}
