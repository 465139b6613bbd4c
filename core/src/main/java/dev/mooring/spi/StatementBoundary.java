package dev.mooring.spi;

import dev.mooring.spi.SqlSyntax.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Knows which semicolon ends a statement: none in parentheses, and none in the body of a trigger (SQLite), of a function
 * (PostgreSQL) or of any routine (MariaDB, see {@link CompoundBody}). On the first two such a body ends at an END where one of its statements would begin, so that no name and no CASE has to be
 * told apart from it; SQLite's own {@code sqlite3_complete} goes by the same rule.
 */
final class StatementBoundary {

    private static final Set<String> TEMPORARY = Set.of("temp", "temporary");

    private final boolean triggers;
    private final boolean routines;
    private final boolean compound;
    private final List<String> words = new ArrayList<>(SqlStatement.MAX_WORDS);
    private boolean beginning = true;
    private boolean isRoutine;
    private int parentheses;
    private boolean afterBegin;
    private boolean inBody;
    private boolean atStatementOfBody;
    private CompoundBody body = new CompoundBody();

    StatementBoundary(SqlSyntax syntax) {
        triggers = syntax.has(Rule.TRIGGER_BODIES);
        routines = syntax.has(Rule.ATOMIC_BODIES);
        compound = syntax.has(Rule.COMPOUND_BODIES);
    }

    void reset() {
        words.clear();
        beginning = true;
        isRoutine = false;
        parentheses = 0;
        afterBegin = false;
        inBody = false;
        atStatementOfBody = false;
        body = new CompoundBody();
    }

    /** {@return whether the statement ends with this token} */
    boolean endsWith(SqlTokens token) {
        if (beginning) {
            begin(token);
        }
        if (compound) {
            body.read(
                    token.kind() == SqlTokens.Kind.WORD || token.kind() == SqlTokens.Kind.SYMBOL
                            ? token.token().toLowerCase(Locale.ROOT)
                            : "");
            if (body.isOpen()) {
                return false;
            }
        }
        if (token.isSymbol(';') && parentheses == 0) {
            atStatementOfBody = inBody;
            return !inBody;
        }
        if (inBody) {
            inBody = !(atStatementOfBody && token.isWord("end"));
            atStatementOfBody = false;
        } else if (isRoutine && parentheses == 0) {
            inBody = afterBegin && token.isWord("atomic");
            atStatementOfBody = inBody;
            afterBegin = token.isWord("begin");
        }
        if (token.isSymbol('(')) {
            parentheses++;
        } else if (token.isSymbol(')')) {
            parentheses = Math.max(0, parentheses - 1);
        }
        return false;
    }

    List<String> words() {
        return List.copyOf(words);
    }

    String missing() {
        if (parentheses > 0) {
            return "a parenthesis that is not closed";
        }
        return inBody || body.isOpen() ? "a body without its END" : "";
    }

    private void begin(SqlTokens token) {
        if (token.kind() == SqlTokens.Kind.WORD && words.size() < SqlStatement.MAX_WORDS) {
            words.add(token.token().toLowerCase(Locale.ROOT));
            inBody |= triggers && token.isWord("trigger") && createsTrigger();
            isRoutine |= routines && createsRoutine();
        } else {
            beginning = words.isEmpty() && token.isSymbol('(');
        }
    }

    /** CREATE [TEMP] TRIGGER, perhaps behind EXPLAIN [QUERY PLAN]. */
    private boolean createsTrigger() {
        int create = 0;
        if (words.get(0).equals("explain")) {
            create = words.get(1).equals("query") ? 3 : 1;
        }
        List<String> rest = words.subList(Math.min(create, words.size()), words.size());
        return rest.size() >= 2
                && rest.get(0).equals("create")
                && (rest.size() == 2 || (rest.size() == 3 && TEMPORARY.contains(rest.get(1))));
    }

    /** CREATE [OR REPLACE] FUNCTION or PROCEDURE. */
    private boolean createsRoutine() {
        List<String> prefix = words.subList(0, words.size() - 1);
        String last = words.get(words.size() - 1);
        return (last.equals("function") || last.equals("procedure"))
                && (prefix.equals(List.of("create")) || prefix.equals(List.of("create", "or", "replace")));
    }
}
