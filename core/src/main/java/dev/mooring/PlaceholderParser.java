package dev.mooring;

import dev.mooring.error.DatabaseException;
import dev.mooring.error.ErrorKind;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Turns Django's placeholders into the driver's: {@code %s} and {@code %(name)s} become {@code ?}, {@code %%} a percent
 * sign. Without parameters a percent sign is itself (django-behaviour 4.1).
 *
 * <p>A question mark outside quotes and comments is an operator, and is spelt as the driver wants it. Quotes, comments
 * and dollar quotes are passed over, so that what stands in them is never taken for a parameter.
 */
final class PlaceholderParser {

    private static final Pattern JDBC_ESCAPE =
            Pattern.compile("\\{\\s*(fn|d|t|ts|oj|escape|call|\\?\\s*=)(?![A-Za-z0-9_])", Pattern.CASE_INSENSITIVE);

    private final String sql;
    private final boolean parameters;
    private final String questionMark;
    private final StringBuilder out;
    private final List<String> names = new ArrayList<>();
    private int positional;
    private int at;

    PlaceholderParser(String sql, boolean parameters, String questionMark) {
        this.sql = sql;
        this.parameters = parameters;
        this.questionMark = questionMark;
        this.out = new StringBuilder(sql.length() + 16);
    }

    SqlText parse(boolean leavesSessionAlone, boolean mayWrite) {
        refuseNul(sql);
        while (at < sql.length()) {
            char c = sql.charAt(at);
            switch (c) {
                case '\'' -> quoted(endOfQuote(c, isEscapeString()));
                case '"', '`' -> quoted(endOfQuote(c, false));
                case '-' -> quoted(next('-') ? endOf("\n", at) : at + 1);
                case '/' -> quoted(next('*') ? endOfComment() : at + 1);
                case '$' -> quoted(endOfDollarQuote());
                case '?' -> replace(1, questionMark);
                case '{' -> brace();
                case '%' -> percent();
                default -> quoted(at + 1);
            }
        }
        if (!names.isEmpty() && positional > 0) {
            throw wrong("it mixes %s and %(name)s");
        }
        return new SqlText(
                out.toString(), names.isEmpty() ? positional : names.size(), names, leavesSessionAlone, mayWrite);
    }

    static void refuseNul(String sql) {
        if (sql.indexOf('\0') >= 0) {
            throw wrong(sql, "it holds a NUL character, after which databases stop reading");
        }
    }

    /** Drivers write JDBC's escapes anew, with no way to tell them not to; what is sent is to be what was written. */
    private void brace() {
        Matcher escape = JDBC_ESCAPE.matcher(sql).region(at, sql.length());
        if (escape.lookingAt()) {
            throw wrong("'%s' at position %d begins a JDBC escape; write it in the database's own SQL"
                    .formatted(escape.group(), at + 1));
        }
        quoted(at + 1);
    }

    private void percent() {
        if (!parameters) {
            quoted(at + 1);
        } else if (next('%')) {
            replace(2, "%");
        } else if (next('s')) {
            positional++;
            replace(2, "?");
        } else if (next('(') && sql.indexOf(")s", at) > 0) {
            int end = sql.indexOf(")s", at);
            names.add(sql.substring(at + 2, end));
            replace(end + 2 - at, "?");
        } else {
            throw wrong("the percent sign at position %d starts no placeholder; write %%%% for a percent sign"
                    .formatted(at + 1));
        }
    }

    /** Copies up to {@code end}; with parameters, a doubled percent sign stands for one in here too. */
    private void quoted(int end) {
        String part = sql.substring(at, end);
        if (parameters && part.length() > 1 && part.indexOf('%') >= 0) {
            String single = part.replace("%%", "");
            if (single.indexOf('%') >= 0) {
                throw wrong("a quoted text or comment holds a percent sign; with parameters write it as %%");
            }
            part = part.replace("%%", "%");
        }
        out.append(part);
        at = end;
    }

    private void replace(int length, String text) {
        out.append(text);
        at += length;
    }

    private boolean next(char expected) {
        return at + 1 < sql.length() && sql.charAt(at + 1) == expected;
    }

    /** {@return whether the quote here opens PostgreSQL's {@code E'...'}, in which a backslash escapes} */
    private boolean isEscapeString() {
        return at > 0
                && (sql.charAt(at - 1) == 'E' || sql.charAt(at - 1) == 'e')
                && (at == 1 || !Character.isJavaIdentifierPart(sql.charAt(at - 2)));
    }

    private int endOfQuote(char quote, boolean backslashEscapes) {
        for (int i = at + 1; i < sql.length(); i++) {
            char c = sql.charAt(i);
            boolean doubled = c == quote && i + 1 < sql.length() && sql.charAt(i + 1) == quote;
            if (doubled || (backslashEscapes && c == '\\')) {
                i++;
            } else if (c == quote) {
                return i + 1;
            }
        }
        return sql.length();
    }

    private int endOfComment() {
        int depth = 0;
        for (int i = at; i + 1 < sql.length(); i++) {
            if (sql.startsWith("/*", i)) {
                depth++;
                i++;
            } else if (sql.startsWith("*/", i)) {
                i++;
                if (--depth == 0) {
                    return i + 1;
                }
            }
        }
        return sql.length();
    }

    private int endOfDollarQuote() {
        if (at > 0 && Character.isJavaIdentifierPart(sql.charAt(at - 1))) {
            return at + 1;
        }
        int end = at + 1;
        while (end < sql.length() && isTagPart(sql.charAt(end), end == at + 1)) {
            end++;
        }
        boolean opens = end < sql.length() && sql.charAt(end) == '$';
        return opens ? endOf(sql.substring(at, end + 1), end + 1) : at + 1;
    }

    private static boolean isTagPart(char c, boolean first) {
        return c != '$' && (first ? Character.isJavaIdentifierStart(c) : Character.isJavaIdentifierPart(c));
    }

    private int endOf(String terminator, int from) {
        int found = sql.indexOf(terminator, from);
        return found < 0 ? sql.length() : found + terminator.length();
    }

    private DatabaseException wrong(String why) {
        return wrong(sql, why);
    }

    private static DatabaseException wrong(String sql, String why) {
        return ErrorKind.PROGRAMMING.exception("The statement cannot be read: " + why + "; statement: " + sql);
    }
}
