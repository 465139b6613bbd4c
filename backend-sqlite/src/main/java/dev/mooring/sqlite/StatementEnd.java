package dev.mooring.sqlite;

/**
 * Finds where the first statement of a text ends: at a semicolon outside quotes and comments, and for a trigger at the one
 * after the END that follows a semicolon, as SQLite's own {@code sqlite3_complete} has it. For one use.
 */
final class StatementEnd {

    private static final char WORD = 'w';
    private static final char NOTHING = 0;
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final String sql;
    private int at;
    private int start;

    StatementEnd(String sql) {
        this.sql = sql;
    }

    /** {@return whether anything but blanks, comments and semicolons follows the first statement} */
    boolean hasMoreBehind() {
        char token = skipSemicolons();
        boolean trigger = isTrigger(token);
        char before = NOTHING;
        boolean ending = !trigger;
        while (token != NOTHING) {
            if (token == ';' && ending) {
                return skipSemicolons() != NOTHING;
            }
            ending = !trigger || (before == ';' && token == WORD && isWord("end"));
            before = token;
            token = next();
        }
        return false;
    }

    /** {@return whether there is nothing but blanks, comments and semicolons} */
    boolean isEmpty() {
        return skipSemicolons() == NOTHING;
    }

    /** Goes past the words that begin CREATE TRIGGER, and otherwise nowhere. */
    private boolean isTrigger(char first) {
        int from = at;
        int fromStart = start;
        boolean explained = first == WORD && isWord("explain");
        boolean trigger = explained ? isTriggerAfterExplain() : createsTrigger(first);
        at = from;
        start = fromStart;
        return trigger;
    }

    private boolean isTriggerAfterExplain() {
        char token = next();
        if (token == WORD && isWord("query")) {
            next();
            token = next();
        }
        return createsTrigger(token);
    }

    private boolean createsTrigger(char token) {
        if (token != WORD || !isWord("create")) {
            return false;
        }
        char second = next();
        if (second == WORD && (isWord("temp") || isWord("temporary"))) {
            second = next();
        }
        return second == WORD && isWord("trigger");
    }

    private char skipSemicolons() {
        char token = next();
        while (token == ';') {
            token = next();
        }
        return token;
    }

    private boolean isWord(String word) {
        return at - start == word.length() && sql.regionMatches(true, start, word, 0, word.length());
    }

    /** {@return the kind of the next token, its first character unless it is a word; NOTHING at the end} */
    private char next() {
        while (at < sql.length()) {
            char c = sql.charAt(at);
            start = at;
            if (isBlank(c)) {
                at++;
            } else if (sql.startsWith("--", at)) {
                at = after("\n", at + 2);
            } else if (sql.startsWith("/*", at)) {
                at = after("*/", at + 2);
            } else if (c == '\'' || c == '"' || c == '`') {
                at = after(String.valueOf(c), at + 1);
                return c;
            } else if (c == '[') {
                at = after("]", at + 1);
                return c;
            } else if (isWordPart(c)) {
                while (at < sql.length() && isWordPart(sql.charAt(at))) {
                    at++;
                }
                return WORD;
            } else {
                at++;
                return c;
            }
        }
        start = at;
        return NOTHING;
    }

    private int after(String mark, int from) {
        int found = sql.indexOf(mark, from);
        return found < 0 ? sql.length() : found + mark.length();
    }

    private static boolean isBlank(char c) {
        return c == ' ' || (c >= '\t' && c <= '\r') || c == BYTE_ORDER_MARK;
    }

    private static boolean isWordPart(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '_'
                || c > 127
                || c == '$';
    }
}
