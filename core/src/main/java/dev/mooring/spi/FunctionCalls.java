package dev.mooring.spi;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;

/** Finds the functions that a statement calls: a name with an opening parenthesis behind it. */
public final class FunctionCalls {

    /** The schema of the database's own functions. */
    private static final String CATALOG = "pg_catalog";

    /** What names a table, a query or an alias, whose columns stand in the parentheses. */
    private static final Set<String> BEFORE_COLUMNS = Set.of("into", "table", "exists", "with", "recursive", "as");

    private final Set<String> found = new HashSet<>();
    private final SqlClauses clauses;
    private final SqlTokens tokens;

    /** The word before the name that was read last, with its schema. */
    private String before = "";

    private String schema = "";
    private String name = "";
    private boolean dot;

    private FunctionCalls(SqlSyntax syntax, String sql) {
        clauses = new SqlClauses(syntax, sql);
        tokens = clauses.token();
    }

    /**
     * {@return the names in {@code sql} with a parenthesis behind them, in lower case; {@code ()} ends those with nothing
     * between the parentheses, which are functions and no tables with a list of columns} A name of a schema other than
     * {@code pg_catalog} begins with a dot: it may be a function of the user's.
     */
    public static Set<String> in(SqlSyntax syntax, String sql) {
        return new FunctionCalls(syntax, sql).find(calls -> true);
    }

    /** {@return the same but for those in the RETURNING of an INSERT, which are called when its row has been written} */
    public static Set<String> beforeInserted(SqlSyntax syntax, String sql) {
        return new FunctionCalls(syntax, sql).find(calls -> !calls.isReturningInserted());
    }

    private Set<String> find(Predicate<SqlClauses> counts) {
        boolean opened = false;
        while (clauses.next()) {
            if (opened) {
                if (counts.test(clauses)) {
                    found.add(call());
                }
                name = "";
            }
            opened = !name.isEmpty() && tokens.isSymbol('(') && !BEFORE_COLUMNS.contains(before);
            if (!opened) {
                readName();
            }
        }
        return found;
    }

    private String call() {
        String prefix = schema.isEmpty() || schema.equals(CATALOG) ? "" : ".";
        return prefix + name + (tokens.isSymbol(')') ? "()" : "");
    }

    private void readName() {
        if (tokens.isSymbol('.')) {
            dot = true;
            return;
        }
        if (!dot) {
            before = name;
        }
        schema = dot ? name : "";
        name = name(tokens);
        dot = false;
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
