package dev.mooring.spi;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;

/** Finds the functions that a statement calls: a name with an opening parenthesis behind it. */
public final class FunctionCalls {

    private FunctionCalls() {}

    /**
     * {@return the names in {@code sql} with a parenthesis behind them, in lower case and without their schema; {@code ()}
     * ends those with nothing between the parentheses, which are functions and no tables with a list of columns}
     */
    public static Set<String> in(SqlSyntax syntax, String sql) {
        return in(syntax, sql, clauses -> true);
    }

    /** {@return the same but for those in the RETURNING of an INSERT, which are called when its row has been written} */
    public static Set<String> beforeInserted(SqlSyntax syntax, String sql) {
        return in(syntax, sql, clauses -> !clauses.isReturningInserted());
    }

    private static Set<String> in(SqlSyntax syntax, String sql, Predicate<SqlClauses> counts) {
        Set<String> found = new HashSet<>();
        SqlClauses clauses = new SqlClauses(syntax, sql);
        SqlTokens tokens = clauses.token();
        String name = "";
        boolean opened = false;
        while (clauses.next()) {
            if (opened && counts.test(clauses)) {
                found.add(tokens.isSymbol(')') ? name + "()" : name);
            }
            opened = !name.isEmpty() && !opened && tokens.isSymbol('(');
            if (!opened) {
                name = name(tokens);
            }
        }
        return found;
    }

    private static String name(SqlTokens tokens) {
        String token = tokens.token();
        return switch (tokens.kind()) {
            case WORD -> token.toLowerCase(Locale.ROOT);
            case QUOTED_NAME -> token.length() > 2 ? token.substring(1, token.length() - 1) : "";
            default -> "";
        };
    }
}
