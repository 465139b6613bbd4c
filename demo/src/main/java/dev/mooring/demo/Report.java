package dev.mooring.demo;

import dev.mooring.ConnectionCounts;
import dev.mooring.demo.text.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The results of the experiment for readers and for programs. */
final class Report {

    private static final String UNKNOWN = "not available";
    private static final List<String> HEADINGS = List.of(
            "threads",
            "settings",
            "requests",
            "ok",
            "failed",
            "opened",
            "closed",
            "reused",
            "open at end",
            "peak",
            "server's peak",
            "seconds");

    private Report() {}

    /** {@return one run, one line a figure} */
    static List<String> lines(ScenarioResult result) {
        Outcome outcome = result.outcome();
        ConnectionCounts counts = result.counts();
        List<List<String>> rows = new ArrayList<>();
        rows.add(row("requests", outcome.requests()));
        rows.add(row("  ok", outcome.ok()));
        rows.add(row("  failed", outcome.failed()));
        if (outcome.stopped() != null) {
            rows.add(row("  not sent", outcome.notSent() + ", for " + outcome.stopped()));
        }
        rows.add(row("first failure", outcome.firstFailure() == null ? "none" : outcome.firstFailure()));
        rows.add(row("connections opened", counts.opened()));
        rows.add(row("  closed", counts.closed()));
        rows.add(row("  reused", counts.reused()));
        rows.add(row("  open at the end", counts.open()));
        rows.add(row("  leased at the end", counts.leased()));
        rows.add(row("peak, by our count", counts.peak()));
        rows.add(row("peak, by the other side", text(result.serverPeak(), " (" + result.serverUnit() + ")")));
        Descriptors.Span descriptors = result.descriptors();
        rows.add(row(
                "descriptors of this process",
                "%s before, %s at the end, %s after closing everything"
                        .formatted(
                                text(descriptors.before()),
                                text(descriptors.atEnd()),
                                text(descriptors.afterwards()))));
        rows.add(row("seconds", seconds(outcome)));
        return new Table(2, rows).lines();
    }

    /** {@return the matrix as a table, and how to read it} */
    static List<String> lines(List<MatrixRow> matrix) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(HEADINGS);
        matrix.forEach(row -> rows.add(cells(row)));
        List<String> lines = new ArrayList<>(new Table(2, rows).lines());
        lines.add("");
        lines.add("peak: the most connections at once. Server's peak: " + unit(matrix) + ".");
        return lines;
    }

    private static String unit(List<MatrixRow> matrix) {
        return matrix.stream()
                .flatMap(row -> Stream.ofNullable(row.result()))
                .map(ScenarioResult::serverUnit)
                .findFirst()
                .orElse(UNKNOWN);
    }

    private static List<String> cells(MatrixRow row) {
        List<String> cells =
                new ArrayList<>(List.of(row.threads().toString(), row.style().toString()));
        ScenarioResult result = row.result();
        if (result == null) {
            cells.add("not run");
            return cells;
        }
        Outcome outcome = result.outcome();
        ConnectionCounts counts = result.counts();
        List.of(
                        outcome.requests(),
                        outcome.ok(),
                        outcome.failed(),
                        counts.opened(),
                        counts.closed(),
                        counts.reused(),
                        counts.open(),
                        counts.peak(),
                        text(result.serverPeak(), ""),
                        seconds(outcome))
                .forEach(cell -> cells.add(cell.toString()));
        return cells;
    }

    /** {@return the keys that programs may rely on} */
    static Map<String, @Nullable Object> json(ScenarioResult result) {
        Outcome outcome = result.outcome();
        ConnectionCounts counts = result.counts();
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("requests", outcome.requests());
        json.put("ok", outcome.ok());
        json.put("failed", outcome.failed());
        json.put("firstFailure", outcome.firstFailure());
        json.put("opened", counts.opened());
        json.put("closed", counts.closed());
        json.put("reused", counts.reused());
        json.put("openAtEnd", counts.open());
        json.put("peakOpen", counts.peak());
        json.put(
                "serverPeak",
                result.serverPeak().isPresent() ? result.serverPeak().getAsInt() : null);
        return json;
    }

    /** {@return the same with what tells the rows of the matrix apart} */
    static Map<String, @Nullable Object> json(MatrixRow row) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("threads", row.threads());
        json.put("settings", row.style());
        json.put("run", row.result() != null);
        if (row.result() != null) {
            json.putAll(json(row.result()));
        }
        return json;
    }

    private static List<String> row(String name, Object value) {
        return List.of(name, value.toString());
    }

    private static String text(OptionalInt count, String unit) {
        return count.isPresent() ? count.getAsInt() + unit : UNKNOWN;
    }

    private static String text(OptionalLong count) {
        return count.isPresent() ? Long.toString(count.getAsLong()) : "unknown";
    }

    private static String seconds(Outcome outcome) {
        return String.format(Locale.ROOT, "%.1f", outcome.duration().toMillis() / 1000.0);
    }
}
