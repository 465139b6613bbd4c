package dev.mooring.benchmarks.ticket;

import static com.google.common.html.HtmlEscapers.htmlEscaper;
import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.Locale;

/** The lines as SVG, in the colours that the reader's browser prefers, told apart by their dashes too. */
final class Plot {

    private static final int WIDTH = 860;
    private static final int HEIGHT = 420;
    private static final int LEFT = 56;
    private static final int RIGHT = 560;
    private static final int TOP = 52;
    private static final int BOTTOM = 360;
    private static final int MOST = 110;
    private static final int LIMIT = 100;
    private static final int STEP = 20;
    private static final int LEGEND_ROW = 50;
    private static final String[] DASHES = {"none", "9 4", "2 4", "none", "none"};
    /** Wider where the next line lies on it. */
    private static final String[] WIDTHS = {"7", "2.5", "2.5", "7", "2.5"};

    private static final String STYLE = """
            <style>
            svg { --ground: #ffffff; --text: #24292f; --dim: #57606a; --grid: #d8dee4 }
            svg { --c0: #cf222e; --c1: #9a6700; --c2: #8250df; --c3: #1a7f37; --c4: #0969da }
            @media (prefers-color-scheme: dark) {
              svg { --ground: #0d1117; --text: #e6edf3; --dim: #9198a1; --grid: #30363d }
              svg { --c0: #ff7b72; --c1: #d29922; --c2: #d2a8ff; --c3: #3fb950; --c4: #58a6ff }
            }
            text { font: 13px sans-serif; fill: var(--text) }
            .dim { fill: var(--dim) }
            .title { font-size: 15px; font-weight: bold }
            .grid { stroke: var(--grid) }
            .limit { stroke: var(--text); stroke-dasharray: 3 3 }
            </style>
            """;

    private final List<Line> lines;
    private final int inFlight;
    private final StringBuilder svg = new StringBuilder();

    Plot(List<Line> lines, int inFlight) {
        this.lines = lines;
        this.inFlight = inFlight;
    }

    String svg() {
        add(
                "<svg xmlns='http://www.w3.org/2000/svg' width='%d' height='%d' viewBox='0 0 %d %d' role='img'>",
                WIDTH, HEIGHT, WIDTH, HEIGHT);
        add("<title>Connections of PostgreSQL against logins, for each layer</title>");
        svg.append(STYLE);
        add("<rect width='%d' height='%d' fill='var(--ground)'/>", WIDTH, HEIGHT);
        add("<text x='%d' y='24' class='title'>Connections open, by logins sent</text>", LEFT);
        add("<text x='%d' y='42' class='dim'>%d at a time, each on a thread of its own</text>", LEFT, inFlight);
        axes();
        for (int i = 0; i < lines.size(); i++) {
            line(i);
        }
        add("</svg>");
        return svg.toString();
    }

    private void axes() {
        for (int value = 0; value < LIMIT; value += STEP) {
            add("<path class='grid' d='M%d %.1f H%d'/>", LEFT, y(value), RIGHT);
            add("<text class='dim' x='%d' y='%.1f' text-anchor='end'>%d</text>", LEFT - 8, y(value) + 4, value);
        }
        add("<path class='limit' d='M%d %.1f H%d'/>", LEFT, y(LIMIT), RIGHT);
        add("<text x='%d' y='%.1f' text-anchor='end'>100</text>", LEFT - 8, y(LIMIT) + 4);
        add(
                "<text x='%d' y='%.1f'>the server's limit, 100, of which one connection counts the others</text>",
                LEFT + 4, y(LIMIT) - 6);
        int most = lines.get(0).last().requests();
        for (int value = 0; value <= most; value += 2 * STEP) {
            add("<text class='dim' x='%.1f' y='%d' text-anchor='middle'>%d</text>", x(value), BOTTOM + 20, value);
        }
        add("<text class='dim' x='%d' y='%d' text-anchor='middle'>logins sent</text>", (LEFT + RIGHT) / 2, BOTTOM + 42);
    }

    private void line(int index) {
        Line line = lines.get(index);
        String path = line.points().stream()
                .map(point -> format(" L%.1f %.1f", x(point.requests()), y(point.connections())))
                .collect(joining());
        String stroke = format(
                "fill='none' stroke='var(--c%d)' stroke-width='%s' stroke-dasharray='%s'",
                index, WIDTHS[index], DASHES[index]);
        add("<path d='M%.1f %.1f%s' %s/>", x(0), y(0), path, stroke);
        int row = TOP + 20 + index * LEGEND_ROW;
        add("<path d='M%d %d h28' %s/>", RIGHT + 24, row - 4, stroke);
        add("<text x='%d' y='%d'>%s</text>", RIGHT + 60, row, htmlEscaper().escape(line.name()));
        add(
                "<text class='dim' x='%d' y='%d'>%d connections at most, %d failed</text>",
                RIGHT + 60, row + 18, line.most(), line.last().failed());
    }

    private double x(int requests) {
        return LEFT + (double) requests * (RIGHT - LEFT) / lines.get(0).last().requests();
    }

    private static double y(int connections) {
        return BOTTOM - (double) connections * (BOTTOM - TOP) / MOST;
    }

    private void add(String format, Object... values) {
        svg.append(format(format, values)).append('\n');
    }

    private static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
