package dev.mooring.benchmarks.compare;

import dev.mooring.benchmarks.compare.Samples.Sample;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Prints the lines of the report to the standard output, and how far we are to the standard error. */
final class Report {

    private static final String LINE = "%-18s %-18s %-24s %-24s %-22s %-20s %s%n";

    private boolean missed;

    void begin(Pace pace) {
        System.out.printf(
                "%s, %s, load %.1f%n", Machine.jdk(), pace.name() + " pace", Math.max(0, Machine.loadAverage()));
        System.out.printf(LINE, "case", "figure", "ours", "best peer", "advantage [spread]", "goal", "verdict");
    }

    void add(Case of, List<Result> results) {
        for (Result result : results) {
            System.out.printf(LINE, result.cells(of.name()).toArray());
            missed |= result.verdict() == Goal.Verdict.NOT_MET;
        }
        System.out.flush();
    }

    void notRun(Case of, String why) {
        System.out.printf("%-18s NOT RUN: %s%n", of.name(), why);
    }

    boolean isAnythingMissed() {
        return missed;
    }

    void progress(String what) {
        System.err.println("  " + what);
    }

    static String summary(Sample sample) {
        if (!sample.failure().isEmpty()) {
            return "FAILED: " + sample.failure();
        }
        return sample.figures().entrySet().stream()
                .sorted(java.util.Map.Entry.comparingByKey())
                .map(figure -> String.format(Locale.ROOT, "%s %s", figure.getKey(), Numbers.print(figure.getValue())))
                .collect(Collectors.joining(", "));
    }
}
