package dev.mooring.benchmarks.compare;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What was measured of one case, in the order in which it was. */
final class Samples {

    private final List<Sample> all = new ArrayList<>();

    void add(Sample sample) {
        all.add(sample);
    }

    List<Sample> all() {
        return all;
    }

    /** {@return the figure of {@code rival} in each round in which it has one} */
    List<Double> of(String rival, Figure figure) {
        return all.stream()
                .filter(sample -> sample.rival.equals(rival))
                .flatMap(sample -> Optional.ofNullable(sample.figures.get(figure.name())).stream())
                .toList();
    }

    /** {@return whether {@code rival} has a figure in every round that was run} */
    boolean isComplete(String rival, Figure figure) {
        long rounds = all.stream().filter(sample -> sample.rival.equals(rival)).count();
        return rounds > 0 && of(rival, figure).size() == rounds;
    }

    boolean anyFailed(String rival) {
        return all.stream()
                .anyMatch(sample ->
                        sample.rival.equals(rival) && !sample.failure().isEmpty());
    }

    /** {@return the one of {@code rivals} with the best median; empty if none has the figure in every round} */
    Optional<String> best(List<String> rivals, Figure figure) {
        Comparator<String> byMedian = Comparator.comparingDouble(rival -> Numbers.median(of(rival, figure)));
        Comparator<String> better = figure.moreIsBetter() ? byMedian : byMedian.reversed();
        return rivals.stream().filter(rival -> isComplete(rival, figure)).max(better);
    }

    /**
     * One run of one rival.
     *
     * @param rival who
     * @param round in which turn, from 1
     * @param load the machine's load average before, as a hint of disturbance
     * @param seconds how long it took, the start of its JVM included
     * @param figures what was measured; empty if it failed
     * @param failure why it failed; empty if it did not
     */
    record Sample(String rival, int round, double load, double seconds, Map<String, Double> figures, String failure) {}
}
