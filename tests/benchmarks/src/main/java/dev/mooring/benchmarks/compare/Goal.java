package dev.mooring.benchmarks.compare;

import java.util.List;

/**
 * What a figure of ours is to come to.
 *
 * <p>Verdicts go by the spread over the rounds: met if all of it is on the right side, not met if none of it is, and
 * unclear otherwise.
 */
final class Goal {

    /** Whether the goal was reached. */
    enum Verdict {
        MET("met"),
        NOT_MET("NOT MET"),
        UNCLEAR("unclear"),
        REPORTED("reported"),
        NOT_MEASURED("not measured");

        private final String text;

        Verdict(String text) {
            this.text = text;
        }

        String text() {
            return text;
        }
    }

    private enum Kind {
        ADVANTAGE,
        NOISE,
        LIMIT,
        NONE
    }

    private final Kind kind;
    private final Figure figure;
    private final double value;
    private final String ours;
    private final List<String> peers;

    private Goal(Kind kind, Figure figure, double value, String ours, List<String> peers) {
        this.kind = kind;
        this.figure = figure;
        this.value = value;
        this.ours = ours;
        this.peers = peers;
    }

    /** Ours is at least {@code times} as good as the best of {@code peers}. */
    static Goal advantage(Figure figure, String ours, double times, String... peers) {
        return new Goal(Kind.ADVANTAGE, figure, times, ours, List.of(peers));
    }

    /** Ours is no worse than the best of {@code peers} by more than that peer's own spread. */
    static Goal withinNoise(Figure figure, String ours, String... peers) {
        return new Goal(Kind.NOISE, figure, 1, ours, List.of(peers));
    }

    /** Ours is {@code limit} at worst, whatever the peers do; they are shown all the same. */
    static Goal limit(Figure figure, String ours, double limit, String... peers) {
        return new Goal(Kind.LIMIT, figure, limit, ours, List.of(peers));
    }

    /** No goal: shown to be known. */
    static Goal reported(Figure figure, String ours, String... peers) {
        return new Goal(Kind.NONE, figure, 0, ours, List.of(peers));
    }

    Figure figure() {
        return figure;
    }

    Result judge(Samples samples) {
        String peer = samples.best(peers, figure).orElse("");
        if (!samples.isComplete(ours, figure)) {
            return new Result(figure, ours, peer, List.of(), List.of(), text(value), missing(samples));
        }
        List<Double> mine = samples.of(ours, figure);
        List<Double> theirs = peer.isEmpty() ? List.of() : samples.of(peer, figure);
        List<Double> ratios = Result.ratios(figure, mine, theirs);
        double bar = kind == Kind.NOISE && !theirs.isEmpty() ? Numbers.least(theirs) / Numbers.most(theirs) : value;
        return new Result(figure, ours, peer, mine, theirs, text(bar), verdict(mine, ratios, bar));
    }

    /** A run of an earlier version of the case may not know the figure. */
    private Verdict missing(Samples samples) {
        return samples.anyFailed(ours) || !samples.of(ours, figure).isEmpty() ? Verdict.NOT_MET : Verdict.NOT_MEASURED;
    }

    private Verdict verdict(List<Double> mine, List<Double> ratios, double bar) {
        return switch (kind) {
            case NONE -> Verdict.REPORTED;
            case LIMIT ->
                sides(mine.stream()
                        .map(each -> figure.moreIsBetter() ? each >= bar : each <= bar)
                        .toList());
            case ADVANTAGE, NOISE ->
                sides(ratios.stream().map(each -> each >= bar).toList());
        };
    }

    private static Verdict sides(List<Boolean> right) {
        if (right.isEmpty() || (right.contains(true) && right.contains(false))) {
            return Verdict.UNCLEAR;
        }
        return right.get(0) ? Verdict.MET : Verdict.NOT_MET;
    }

    private String text(double bar) {
        return switch (kind) {
            case NONE -> "-";
            case LIMIT -> (figure.moreIsBetter() ? ">= " : "<= ") + figure.print(bar);
            case ADVANTAGE -> ">= " + Numbers.print(bar) + "x " + (peers.size() == 1 ? peers.get(0) : "best peer");
            case NOISE -> ">= " + Numbers.print(bar) + "x (its noise)";
        };
    }
}
