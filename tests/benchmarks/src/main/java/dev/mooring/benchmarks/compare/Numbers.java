package dev.mooring.benchmarks.compare;

import java.util.List;
import java.util.Locale;

/** Arithmetic and print of small series. */
final class Numbers {

    private Numbers() {}

    static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    static double least(List<Double> values) {
        return values.stream().min(Double::compare).orElseThrow();
    }

    static double most(List<Double> values) {
        return values.stream().max(Double::compare).orElseThrow();
    }

    /** {@return three digits or more of {@code value}} */
    static String print(double value) {
        double size = Math.abs(value);
        if (value == Math.rint(value) && size < 1e7) {
            return String.format(Locale.ROOT, "%,d", (long) value);
        }
        String pattern = size >= 1000 ? "%,.0f" : size >= 100 ? "%.0f" : size >= 10 ? "%.1f" : "%.2f";
        return String.format(Locale.ROOT, pattern, value);
    }

    static String spread(List<Double> values) {
        return "[" + print(least(values)) + "-" + print(most(values)) + "]";
    }
}
