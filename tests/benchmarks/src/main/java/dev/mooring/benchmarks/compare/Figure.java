package dev.mooring.benchmarks.compare;

/**
 * Something measured, and which way is better.
 *
 * @param name what the measurement calls it
 * @param unit what is printed behind it
 * @param moreIsBetter whether a larger one is better
 */
record Figure(String name, String unit, boolean moreIsBetter) {

    static Figure more(String name, String unit) {
        return new Figure(name, unit, true);
    }

    static Figure less(String name, String unit) {
        return new Figure(name, unit, false);
    }

    /** {@return how many times better {@code ours} is than {@code theirs}; 2 is twice as good, whatever the figure} */
    double advantage(double ours, double theirs) {
        double above = moreIsBetter ? ours : theirs;
        double below = moreIsBetter ? theirs : ours;
        return above == below ? 1 : above / below;
    }

    String print(double value) {
        return Numbers.print(value) + (unit.isEmpty() ? "" : " " + unit);
    }
}
