package dev.mooring.demo.text;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Lays rows of text out in columns: the first ones to the left, figures to the right. */
public final class Table {

    private static final String GAP = "  ";

    private final int leftColumns;
    private final List<List<String>> rows;

    public Table(int leftColumns, List<List<String>> rows) {
        this.leftColumns = leftColumns;
        this.rows = List.copyOf(rows);
    }

    /** {@return one line a row, none with blanks at its end} */
    public List<String> lines() {
        int columns = rows.stream().mapToInt(List::size).max().orElse(0);
        int[] widths = IntStream.range(0, columns).map(this::width).toArray();
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    private int width(int column) {
        return rows.stream()
                .filter(row -> column < row.size())
                .mapToInt(row -> row.get(column).length())
                .max()
                .orElse(0);
    }

    private String line(List<String> row, int[] widths) {
        return IntStream.range(0, row.size())
                .mapToObj(column -> {
                    String padding = " ".repeat(widths[column] - row.get(column).length());
                    return column < leftColumns ? row.get(column) + padding : padding + row.get(column);
                })
                .collect(Collectors.joining(GAP))
                .stripTrailing();
    }
}
