package dev.mooring.schema;

import java.util.ArrayList;
import java.util.List;

/**
 * A name, a string or a sign in a piece of SQL, where comments and white space are left out. Enough to see which names a
 * condition or a statement of {@code sqlite_master} has; it is not a parser. Immutable.
 *
 * @param kind what it is
 * @param text a quoted name without its quotes; anything else as it is written
 * @param start where it begins in the SQL
 * @param end where the next thing begins
 */
public record SqlToken(Kind kind, String text, int start, int end) {

    /** What a token is. */
    public enum Kind {
        /** A name or a keyword without quotes, or a number. */
        WORD,
        /** A name in double quotes, backticks or brackets. */
        QUOTED_NAME,
        /** A string, dollar quotes included. */
        STRING,
        /** One character that is nothing else. */
        SIGN
    }

    /** {@return the tokens of a piece of SQL, in order} What has no end is taken to reach to the end. */
    public static List<SqlToken> of(String sql) {
        return new Scanner(sql).tokens();
    }

    /** {@return whether it may be the name of a column or of something else} */
    public boolean isName() {
        return kind == Kind.WORD || kind == Kind.QUOTED_NAME;
    }

    /** {@return whether it is this keyword or sign, not quoted} */
    public boolean is(String word) {
        return (kind == Kind.WORD || kind == Kind.SIGN) && text.equalsIgnoreCase(word);
    }

    /** Goes through the text once, character by character, so that its length does not matter. */
    private static final class Scanner {

        private final String sql;
        private final List<SqlToken> tokens = new ArrayList<>();

        private Scanner(String sql) {
            this.sql = sql;
        }

        private List<SqlToken> tokens() {
            int at = 0;
            while (at < sql.length()) {
                at = next(at);
            }
            return List.copyOf(tokens);
        }

        private int next(int at) {
            char c = sql.charAt(at);
            if (Character.isWhitespace(c)) {
                return at + 1;
            } else if (sql.startsWith("--", at)) {
                return lineEnd(at);
            } else if (sql.startsWith("/*", at)) {
                return after("*/", at + 2);
            } else if (c == '\'') {
                return add(Kind.STRING, at, quoteEnd(at, c, isEscapeString()));
            } else if (c == '"' || c == '`') {
                return add(Kind.QUOTED_NAME, at, quoteEnd(at, c, false));
            } else if (c == '[' && !isSubscript(at)) {
                return add(Kind.QUOTED_NAME, at, after("]", at + 1));
            } else if (isWord(c)) {
                return add(Kind.WORD, at, wordEnd(at));
            } else if (c == '$') {
                return dollar(at);
            }
            return add(Kind.SIGN, at, at + 1);
        }

        private int add(Kind kind, int start, int end) {
            String text = sql.substring(start, end);
            tokens.add(new SqlToken(kind, kind == Kind.QUOTED_NAME ? unquoted(text) : text, start, end));
            return end;
        }

        /** A lone CR ends a comment for PostgreSQL and not for SQLite: taken as an end, no name is overlooked. */
        private int lineEnd(int at) {
            int end = at;
            while (end < sql.length() && sql.charAt(end) != '\n' && sql.charAt(end) != '\r') {
                end++;
            }
            return end;
        }

        private int after(String mark, int from) {
            int found = sql.indexOf(mark, from);
            return found < 0 ? sql.length() : found + mark.length();
        }

        private int quoteEnd(int start, char quote, boolean backslashes) {
            int at = start + 1;
            while (at < sql.length()) {
                char c = sql.charAt(at);
                boolean doubled = c == quote && at + 1 < sql.length() && sql.charAt(at + 1) == quote;
                if (c == quote && !doubled) {
                    return at + 1;
                }
                at += doubled || (backslashes && c == '\\') ? 2 : 1;
            }
            return sql.length();
        }

        /** PostgreSQL's {@code E'...'}. */
        private boolean isEscapeString() {
            return !tokens.isEmpty() && last().is("E") && isAdjacent();
        }

        /** PostgreSQL's {@code names[1]}; elsewhere a bracket quotes a name, as in SQLite. */
        private boolean isSubscript(int at) {
            return at > 0
                    && !tokens.isEmpty()
                    && last().end() == at
                    && (last().isName() || last().is("]") || last().is(")"));
        }

        private boolean isAdjacent() {
            return last().end() < sql.length() && sql.charAt(last().end()) == '\'';
        }

        private SqlToken last() {
            return tokens.get(tokens.size() - 1);
        }

        private int wordEnd(int start) {
            int end = start;
            while (end < sql.length() && (isWord(sql.charAt(end)) || sql.charAt(end) == '$')) {
                end++;
            }
            return end;
        }

        /** A dollar quote, if that is one; else what SQLite calls a variable. */
        private int dollar(int at) {
            int tag = at + 1;
            while (tag < sql.length() && isWord(sql.charAt(tag))) {
                tag++;
            }
            boolean quote = tag < sql.length() && sql.charAt(tag) == '$';
            return quote ? add(Kind.STRING, at, after(sql.substring(at, tag + 1), tag + 1)) : add(Kind.SIGN, at, tag);
        }

        private static boolean isWord(char c) {
            return c >= 0x80 || c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        }

        private static String unquoted(String name) {
            char quote = name.charAt(0) == '[' ? ']' : name.charAt(0);
            boolean ended = name.length() > 1 && name.charAt(name.length() - 1) == quote;
            String inner = name.substring(1, name.length() - (ended ? 1 : 0));
            return quote == ']' ? inner : inner.replace("" + quote + quote, "" + quote);
        }
    }
}
