package dev.mooring.sqlite;

import dev.mooring.schema.Attachment;
import dev.mooring.schema.Attachment.Kind;
import dev.mooring.schema.SqlToken;
import dev.mooring.spi.SqlRunner;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What in {@code sqlite_master} names a table. */
final class SqliteAttachments {

    /** What a constraint makes has no statement of its own. */
    private static final String STATEMENTS = "SELECT name, type, sql, tbl_name = %s COLLATE NOCASE FROM sqlite_master"
            + " WHERE type IN ('index', 'trigger', 'view') AND sql IS NOT NULL ORDER BY rowid";

    private SqliteAttachments() {}

    static List<Attachment> of(SqlRunner sql, String table) {
        List<List<@Nullable Object>> rows = sql.query(STATEMENTS, table);
        Set<String> tables = namedThrough(rows, table);
        List<Attachment> found = new ArrayList<>();
        for (List<@Nullable Object> row : rows) {
            String statement = text(row, 2);
            boolean own = row.get(3) instanceof Number number && number.intValue() != 0;
            switch (text(row, 1)) {
                case "index" -> add(own, row, Kind.INDEX, found);
                case "view" -> add(names(statement, tables), row, Kind.VIEW, found);
                default -> add(own || names(statement, tables), row, own ? Kind.TRIGGER : Kind.OTHER_TRIGGER, found);
            }
        }
        return found;
    }

    private static void add(boolean due, List<@Nullable Object> row, Kind kind, List<Attachment> found) {
        if (due) {
            found.add(new Attachment(text(row, 0), kind, text(row, 2)));
        }
    }

    /** {@return the table, and the views that it is seen through, in lower case} */
    private static Set<String> namedThrough(List<List<@Nullable Object>> rows, String table) {
        Set<String> found = new HashSet<>(Set.of(table.toLowerCase(Locale.ROOT)));
        boolean more = true;
        while (more) {
            more = false;
            for (List<@Nullable Object> row : rows) {
                more |= text(row, 1).equals("view")
                        && names(text(row, 2), found)
                        && found.add(text(row, 0).toLowerCase(Locale.ROOT));
            }
        }
        return found;
    }

    private static boolean names(String statement, Set<String> tables) {
        return SqlToken.of(statement).stream()
                .anyMatch(
                        token -> token.isName() && tables.contains(token.text().toLowerCase(Locale.ROOT)));
    }

    private static String text(List<@Nullable Object> row, int column) {
        return String.valueOf(row.get(column));
    }
}
