package dev.mooring.benchmarks.compare;

import static com.google.common.html.HtmlEscapers.htmlEscaper;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Bars for one figure, a group for each JDK and a bar for each rival, as SVG: the median, and a line for the spread. */
final class Chart {

    private static final int WIDTH = 760;
    private static final int LABELS = 130;
    private static final int BARS = 440;
    private static final int ROW = 22;
    private static final int TOP = 34;

    private final Figure figure;
    private final List<Row> rows = new ArrayList<>();

    /** A bar, or a heading if {@code values} is empty. */
    private record Row(String label, boolean ours, List<Double> values) {}

    Chart(Figure figure) {
        this.figure = figure;
    }

    void group(String heading) {
        rows.add(new Row(heading, false, List.of()));
    }

    void bar(String label, boolean ours, List<Double> values) {
        rows.add(new Row(label, ours, values));
    }

    String svg(String title) {
        double most = rows.stream()
                .flatMap(row -> row.values().stream())
                .mapToDouble(Double::doubleValue)
                .max()
                .orElse(1);
        int height = TOP + rows.size() * ROW + 10;
        StringBuilder svg = new StringBuilder();
        line(
                svg,
                "<svg xmlns='http://www.w3.org/2000/svg' width='%d' height='%d' viewBox='0 0 %d %d'>",
                WIDTH,
                height,
                WIDTH,
                height);
        line(svg, "<style>text { font: 13px sans-serif; fill: #24292f } .dim { fill: #57606a }</style>");
        line(svg, "<rect width='%d' height='%d' fill='#ffffff'/>", WIDTH, height);
        String direction = figure.moreIsBetter() ? "more is better" : "less is better";
        line(svg, "<text x='10' y='20'>%s</text>", htmlEscaper().escape(title));
        String scale = figure.name() + (figure.unit().isEmpty() ? "" : ", " + figure.unit()) + ": " + direction;
        line(
                svg,
                "<text x='%d' y='20' text-anchor='end' class='dim'>%s</text>",
                WIDTH - 10,
                htmlEscaper().escape(scale));
        for (int i = 0; i < rows.size(); i++) {
            row(svg, rows.get(i), TOP + i * ROW, BARS / Math.max(most, Double.MIN_NORMAL));
        }
        return line(svg, "</svg>").toString();
    }

    private void row(StringBuilder svg, Row row, int y, double scale) {
        if (row.values().isEmpty()) {
            line(
                    svg,
                    "<text x='10' y='%d' font-weight='bold'>%s</text>",
                    y + 15,
                    htmlEscaper().escape(row.label()));
            return;
        }
        double median = Numbers.median(row.values());
        double least = LABELS + Numbers.least(row.values()) * scale;
        double most = LABELS + Numbers.most(row.values()) * scale;
        line(
                svg,
                "<text x='%d' y='%d' text-anchor='end'>%s</text>",
                LABELS - 8,
                y + 15,
                htmlEscaper().escape(row.label()));
        line(
                svg,
                "<rect x='%d' y='%d' width='%.1f' height='14' fill='%s'/>",
                LABELS,
                y + 3,
                Math.max(1, median * scale),
                row.ours() ? "#0969da" : "#afb8c1");
        line(svg, "<path d='M%.1f %d H%.1f' stroke='#24292f' stroke-width='1.5'/>", least, y + 10, most);
        line(svg, "<text x='%.1f' y='%d' class='dim'>%s</text>", most + 8, y + 15, figure.print(median));
    }

    private static StringBuilder line(StringBuilder svg, String format, Object... values) {
        return svg.append(String.format(Locale.ROOT, format, values)).append('\n');
    }
}
