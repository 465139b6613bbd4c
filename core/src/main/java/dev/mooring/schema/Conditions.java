package dev.mooring.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Conditions in SQL, as far as they name columns. Names are compared without case, as SQLite does: on PostgreSQL a column
 * that differs from another one in case only is taken for it.
 */
final class Conditions {

    /** After these comes the name of a type or a collation. */
    private static final Set<String> NOT_BEFORE_COLUMNS = Set.of("AS", "COLLATE");

    private Conditions() {}

    /** {@return whether the condition names the column, in quotes or without} */
    static boolean names(String condition, String column) {
        return !references(condition, column).isEmpty();
    }

    /** {@return the condition with another name for the column, in quotes wherever it is named} */
    static String renamed(String condition, String from, String to) {
        return replaced(condition, references(condition, from), quoted(to));
    }

    /** {@return the condition with another name for the table, where a column is named with it} */
    static String retargeted(String condition, String from, String to) {
        List<SqlToken> tokens = SqlToken.of(condition);
        List<SqlToken> found = new ArrayList<>();
        for (int i = 0; i + 1 < tokens.size(); i++) {
            if (isNamed(tokens.get(i), from) && tokens.get(i + 1).is(".")) {
                found.add(tokens.get(i));
            }
        }
        return replaced(condition, found, quoted(to));
    }

    private static List<SqlToken> references(String condition, String column) {
        List<SqlToken> tokens = SqlToken.of(condition);
        List<SqlToken> found = new ArrayList<>();
        for (int i = 0; i < tokens.size(); i++) {
            if (isNamed(tokens.get(i), column) && isColumn(tokens, i)) {
                found.add(tokens.get(i));
            }
        }
        return found;
    }

    private static boolean isNamed(SqlToken token, String name) {
        return token.isName() && token.text().equalsIgnoreCase(name);
    }

    /** A function, a table, a type and a collation may be called like a column. */
    private static boolean isColumn(List<SqlToken> tokens, int at) {
        SqlToken token = tokens.get(at);
        boolean last = at + 1 == tokens.size();
        if (!last && (tokens.get(at + 1).is("(") || tokens.get(at + 1).is("."))) {
            return false;
        }
        boolean typed = !last
                && token.kind() == SqlToken.Kind.WORD
                && tokens.get(at + 1).kind() == SqlToken.Kind.STRING;
        return !typed && !followsType(tokens, at);
    }

    private static boolean followsType(List<SqlToken> tokens, int at) {
        if (at == 0) {
            return false;
        }
        SqlToken before = tokens.get(at - 1);
        boolean cast = at > 1 && before.is(":") && tokens.get(at - 2).is(":");
        return cast
                || (before.kind() == SqlToken.Kind.WORD
                        && NOT_BEFORE_COLUMNS.contains(before.text().toUpperCase(Locale.ROOT)));
    }

    private static String replaced(String condition, List<SqlToken> tokens, String name) {
        StringBuilder changed = new StringBuilder();
        int copied = 0;
        for (SqlToken token : tokens) {
            changed.append(condition, copied, token.start()).append(name);
            copied = token.end();
        }
        return changed.append(condition, copied, condition.length()).toString();
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
