package dev.mooring.sqlite;

import dev.mooring.error.ErrorKind;
import dev.mooring.schema.SqlToken;
import dev.mooring.schema.Table;
import java.util.List;
import java.util.Set;

/**
 * Conditions of checks and indexes. SQLite takes a name in double quotes that is no column for a text, and so a condition
 * that no row fails: here it is the error that it is elsewhere.
 */
final class SqliteConditions {

    private static final Set<String> ROW_NUMBER = Set.of("rowid", "oid", "_rowid_");

    private SqliteConditions() {}

    /**
     * {@return the condition, each of whose quoted names is a column of the table}
     *
     * @param part what has the condition, for the error
     */
    static String checked(Table table, String part, String condition) {
        List<SqlToken> tokens = SqlToken.of(condition);
        for (int i = 0; i < tokens.size(); i++) {
            SqlToken token = tokens.get(i);
            if (token.kind() == SqlToken.Kind.QUOTED_NAME && isColumn(tokens, i) && !has(table, token.text())) {
                throw ErrorKind.PROGRAMMING.exception(
                        ("The condition of \"%s\" names \"%s\", which is no column of table \"%s\" and which SQLite would "
                                        + "take for a text; name a column, or write a text in single quotes")
                                .formatted(part, token.text(), table.name()));
            }
        }
        return condition;
    }

    /** {@return the condition without the table's name before its columns} The table is built under another name. */
    static String unqualified(Table table, String condition) {
        List<SqlToken> tokens = SqlToken.of(condition);
        StringBuilder text = new StringBuilder();
        int copied = 0;
        for (int i = 0; i + 1 < tokens.size(); i++) {
            SqlToken token = tokens.get(i);
            if (token.isName() && token.text().equalsIgnoreCase(table.name()) && isFollowedBy(tokens, i, ".")) {
                text.append(condition, copied, token.start());
                copied = tokens.get(i + 1).end();
            }
        }
        return text.append(condition, copied, condition.length()).toString();
    }

    private static boolean isColumn(List<SqlToken> tokens, int at) {
        boolean typeOrCollation =
                at > 0 && (tokens.get(at - 1).is("AS") || tokens.get(at - 1).is("COLLATE"));
        return !typeOrCollation && !isFollowedBy(tokens, at, "(") && !isFollowedBy(tokens, at, ".");
    }

    private static boolean isFollowedBy(List<SqlToken> tokens, int at, String sign) {
        return at + 1 < tokens.size() && tokens.get(at + 1).is(sign);
    }

    private static boolean has(Table table, String name) {
        return table.columns().stream().anyMatch(column -> column.name().equalsIgnoreCase(name))
                || ROW_NUMBER.stream().anyMatch(name::equalsIgnoreCase);
    }
}
