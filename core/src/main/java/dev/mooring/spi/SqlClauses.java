package dev.mooring.spi;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Set;

/**
 * Reads one statement token by token and knows in which clause of which of its parts each token is: a statement in
 * parentheses, such as one of WITH, is a part of its own. For one use, in one thread.
 */
public final class SqlClauses {

    private static final Set<String> CHANGES = Set.of("insert", "update", "delete", "merge", "replace");
    private static final Set<String> READS = Set.of("select", "values", "table");

    /** What may stand between CREATE and the kind of what it makes. */
    private static final Set<String> BEFORE_KIND =
            Set.of("create", "or", "replace", "global", "local", "temp", "temporary", "unlogged");

    private final SqlTokens tokens;
    private final Deque<Part> parts = new ArrayDeque<>();

    /** Reads {@code statement}, which is one that {@link SqlSyntax#statements} gave. */
    public SqlClauses(SqlSyntax syntax, String statement) {
        tokens = syntax.tokens(statement);
        parts.push(new Part("", false));
    }

    /** {@return whether there is one more token that is neither a blank nor a comment} */
    public boolean next() {
        while (tokens.next()) {
            if (tokens.isCode()) {
                read();
                return true;
            }
        }
        return false;
    }

    private void read() {
        Part part = parts.element();
        if (tokens.isSymbol('(')) {
            parts.push(new Part(part.returning ? part.command : "", part.returning));
        } else if (tokens.isSymbol(')') && parts.size() > 1) {
            parts.pop();
            parts.element().mayBegin = true;
        } else {
            part.read(tokens);
        }
    }

    /** {@return the current token} */
    public SqlTokens token() {
        return tokens;
    }

    /** {@return whether the current token is outside all parentheses} */
    public boolean isOutermost() {
        return parts.size() == 1;
    }

    /** {@return whether the current token is in the RETURNING of a change, whose rows are written by then} */
    public boolean isReturning() {
        return parts.element().returning;
    }

    /** {@return whether the current token is in the RETURNING of a statement that inserts the row} */
    public boolean isReturningInserted() {
        Part part = parts.element();
        return part.returning && (part.command.equals("insert") || part.command.equals("replace"));
    }

    /** {@return whether {@code statement} returns the rows that it changes itself} One whose WITH has RETURNING alone does not. */
    public static boolean returnsChanged(SqlSyntax syntax, String statement) {
        SqlClauses clauses = new SqlClauses(syntax, statement);
        while (clauses.next()) {
            if (clauses.isOutermost() && clauses.isReturning()) {
                return true;
            }
        }
        return false;
    }

    /** {@return whether {@code statement} makes a table from a query, which runs at once, unlike one in a definition} */
    public static boolean fillsTable(SqlSyntax syntax, SqlStatement statement) {
        String kind = statement.words().stream()
                .filter(word -> !BEFORE_KIND.contains(word))
                .findFirst()
                .orElse("");
        if (!statement.firstWord().equals("create") || !(kind.equals("table") || kind.equals("materialized"))) {
            return false;
        }
        SqlClauses clauses = new SqlClauses(syntax, statement.text());
        while (clauses.next()) {
            if (clauses.isOutermost() && clauses.token().isWord("as")) {
                return true;
            }
        }
        return false;
    }

    /** A statement, or what else stands in parentheses. */
    private static final class Part {
        private String command;
        private boolean returning;

        /** Whether a statement can begin with the next token: with the first one, and behind what WITH has defined. */
        private boolean mayBegin = true;

        Part(String command, boolean returning) {
            this.command = command;
            this.returning = returning;
        }

        void read(SqlTokens tokens) {
            if (tokens.kind() == SqlTokens.Kind.WORD) {
                String word = tokens.token().toLowerCase(Locale.ROOT);
                if (mayBegin && command.isEmpty() && (CHANGES.contains(word) || READS.contains(word))) {
                    command = word;
                }
                returning |= CHANGES.contains(command) && word.equals("returning");
            }
            mayBegin = false;
        }
    }
}
