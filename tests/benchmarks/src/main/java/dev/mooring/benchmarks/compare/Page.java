package dev.mooring.benchmarks.compare;

import static java.util.Comparator.comparing;

import dev.mooring.benchmarks.compare.ResultFile.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes the figures of files in {@code results/} into a page of the documentation, between two marks: tables, and a plot
 * for each case. A case that several files of one JDK have is taken from the latest run.
 */
final class Page {

    private static final String BEGIN = "<!-- figures: written by compare --page, not by hand -->";
    private static final String END = "<!-- end of figures -->";

    private final List<Case> cases;
    private final Map<String, List<Run>> byJdk = new LinkedHashMap<>();

    Page(List<Case> cases, List<Path> files) throws IOException {
        this.cases = cases;
        for (Path file : files) {
            Run run = ResultFile.read(file);
            byJdk.computeIfAbsent(run.feature(), jdk -> new ArrayList<>()).add(run);
        }
        byJdk.values().forEach(runs -> runs.sort(comparing(Run::date)));
    }

    /** Rewrites {@code page}, and the plots in the folder of the same name beside it. */
    void write(Path page) throws IOException {
        String text = Files.readString(page);
        int begin = text.indexOf(BEGIN);
        int end = text.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IllegalArgumentException(
                    "%s has no lines '%s' and '%s' to write between".formatted(page, BEGIN, END));
        }
        String name = page.getFileName().toString().replaceFirst("\\.md$", "");
        Path plots = page.resolveSibling(name);
        Files.createDirectories(plots);
        StringBuilder figures = new StringBuilder(BEGIN).append("\n\n");
        byJdk.forEach((jdk, runs) -> figures.append(table(jdk, runs)));
        figures.append("## Plots\n\n");
        for (Case each : cases) {
            if (byJdk.values().stream()
                    .anyMatch(runs -> !latest(runs, each).all().isEmpty())) {
                Files.writeString(plots.resolve(each.name() + ".svg"), plot(each));
                figures.append("![%s](%s/%s.svg)\n\n".formatted(each.what(), name, each.name()));
            }
        }
        Files.writeString(page, text.substring(0, begin) + figures + text.substring(end));
    }

    private String table(String jdk, List<Run> runs) {
        StringBuilder table = new StringBuilder("## " + jdk + "\n\n");
        for (Run run : runs) {
            table.append("* %s, commit %s, %s pace: %s, %s x %s, %s, databases on %s\n"
                    .formatted(
                            run.date(),
                            run.commit(),
                            run.pace(),
                            run.jdk(),
                            run.processors(),
                            run.processor(),
                            run.os(),
                            run.fileSystem()));
        }
        table.append(
                "\n| case | figure | ours | best peer | advantage [spread] | goal | verdict |\n|---|---|---|---|---|---|---|\n");
        for (Case each : cases) {
            Samples samples = latest(runs, each);
            if (!samples.all().isEmpty()) {
                each.goals()
                        .forEach(goal -> table.append("| ")
                                .append(String.join(" | ", goal.judge(samples).cells(each.name())))
                                .append(" |\n"));
            }
        }
        return table.append('\n').toString();
    }

    private String plot(Case of) {
        Figure figure = of.goals().get(0).figure();
        Chart chart = new Chart(figure);
        byJdk.forEach((jdk, runs) -> {
            Samples samples = latest(runs, of);
            if (!samples.all().isEmpty()) {
                chart.group(jdk);
                for (String rival : of.rivals()) {
                    List<Double> values = samples.of(rival, figure);
                    if (!values.isEmpty()) {
                        chart.bar(rival, rival.startsWith("mooring"), values);
                    }
                }
            }
        });
        return chart.svg(of.what());
    }

    private static Samples latest(List<Run> runs, Case of) {
        Samples found = new Samples();
        for (Run run : runs) {
            Samples samples = run.of(of.name());
            found = samples.all().isEmpty() ? found : samples;
        }
        return found;
    }
}
