package dev.mooring.differential;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The page of the differences: the rows of its tables, which are the only list there is. */
final class DifferencesPage {

    static final Path FILE = Path.of("..", "..", "docs", "jdbc-differences.md");

    /**
     * What a line of the page says of one database, one state and one call.
     *
     * @param state that of {@link Mode#label}
     * @param call what is called, with stars for any text
     * @param view what the view answers, with stars for any text; one of several if there are several in backquotes
     */
    record Row(String database, String state, String call, String view) {

        boolean covers(Engine engine, Mode mode, String called, String answered) {
            return database.equals(engine.label)
                    && state.equals(mode.label)
                    && isLike(call, called)
                    && globs(view).stream().anyMatch(glob -> isLike(glob, answered));
        }
    }

    private DifferencesPage() {}

    static List<Row> read() {
        try {
            List<Row> rows = new ArrayList<>();
            for (String line : Files.readAllLines(FILE)) {
                String[] cells = line.split("\\s*\\|\\s*");
                if (line.startsWith("|") && cells.length == 6 && cells[3].startsWith("`")) {
                    rows.addAll(rows(cells));
                }
            }
            return rows;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Row> rows(String[] cells) {
        List<Row> rows = new ArrayList<>();
        for (String database : cells[1].split(", ", -1)) {
            for (String state : cells[2].split(", ", -1)) {
                for (String call : globs(cells[3])) {
                    rows.add(new Row(database, state, call, cells[4]));
                }
            }
        }
        return rows;
    }

    /** One or more in backquotes, separated by commas. */
    private static List<String> globs(String cell) {
        return List.of(cell.substring(1, cell.length() - 1).split("`, `"));
    }

    private static boolean isLike(String glob, String text) {
        return Pattern.compile(Pattern.quote(glob).replace("*", "\\E.*\\Q"), Pattern.DOTALL)
                .matcher(text)
                .matches();
    }
}
