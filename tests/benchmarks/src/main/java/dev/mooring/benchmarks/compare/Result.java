package dev.mooring.benchmarks.compare;

import java.util.ArrayList;
import java.util.List;

/**
 * A goal beside what was measured.
 *
 * @param figure what
 * @param ours who of us
 * @param peer the best peer; empty if there is none
 * @param mine our figure, by round; empty if we failed or it was not measured
 * @param theirs the peer's, by round
 * @param goal what was to be reached, in words
 * @param verdict whether it was
 */
record Result(
        Figure figure,
        String ours,
        String peer,
        List<Double> mine,
        List<Double> theirs,
        String goal,
        Goal.Verdict verdict) {

    /** {@return how many times better we were, round by round: the runs compared are neighbours in time} */
    static List<Double> ratios(Figure figure, List<Double> mine, List<Double> theirs) {
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round < Math.min(mine.size(), theirs.size()); round++) {
            ratios.add(figure.advantage(mine.get(round), theirs.get(round)));
        }
        return ratios;
    }

    List<String> cells(String name) {
        List<Double> ratios = ratios(figure, mine, theirs);
        return List.of(
                name,
                figure.name(),
                mine.isEmpty() ? missing() : value(mine) + " " + ours,
                theirs.isEmpty() ? "-" : value(theirs) + " " + peer,
                ratios.isEmpty() || ratios.contains(Double.POSITIVE_INFINITY)
                        ? "-"
                        : Numbers.print(Numbers.median(ratios)) + "x " + Numbers.spread(ratios),
                goal,
                verdict.text());
    }

    private String missing() {
        return verdict == Goal.Verdict.NOT_MEASURED ? "-" : ours + " failed";
    }

    private String value(List<Double> values) {
        return figure.print(Numbers.median(values));
    }
}
