package dev.mooring.statement;

import dev.mooring.error.DatabaseException;
import dev.mooring.error.ErrorKind;
import dev.mooring.spi.Dialect;
import dev.mooring.spi.SqlTokens;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Turns Django's placeholders into the driver's: {@code %s} and {@code %(name)s} become {@code ?}, {@code %%} a percent
 * sign. Without parameters a percent sign is itself, as in Django.
 *
 * <p>A question mark outside quotes and comments is an operator, and is spelt as the driver wants it. Quotes, comments
 * and dollar quotes are passed over as the database reads them, so that what stands in them is never taken for a
 * parameter.
 */
final class PlaceholderParser {

    private static final Pattern JDBC_ESCAPE =
            Pattern.compile("\\{\\s*(fn|d|t|ts|oj|escape|call|\\?\\s*=)(?![A-Za-z0-9_])", Pattern.CASE_INSENSITIVE);

    private final String sql;
    private final boolean parameters;
    private final String questionMark;
    private final SqlTokens tokens;
    private final StringBuilder out;
    private final List<String> names = new ArrayList<>();
    private int positional;
    /** Where the last placeholder ends in {@link #out}. */
    private int placeholderEnd = -1;

    private boolean behindIn;
    private boolean takesList;
    /** Whether there is a call of {@code position(text IN text)}, the one place where IN takes something else than a list. */
    private boolean hasPosition;

    PlaceholderParser(String sql, boolean parameters, Dialect dialect) {
        this.sql = sql;
        this.parameters = parameters;
        this.questionMark = dialect.questionMark();
        this.tokens = dialect.syntax().tokens(sql);
        this.out = new StringBuilder(sql.length() + 16);
    }

    public SqlText parse(boolean leavesSessionAlone, boolean mayWrite) {
        refuseNul(sql);
        while (tokens.next()) {
            switch (tokens.kind()) {
                case STRING, QUOTED_NAME, COMMENT -> quoted();
                case SYMBOL -> symbol(sql.charAt(tokens.start()));
                default -> out.append(sql, tokens.start(), tokens.end());
            }
            if (tokens.isCode()) {
                behindIn = tokens.isWord("in");
                hasPosition |= tokens.isWord("position");
            }
        }
        if (!names.isEmpty() && positional > 0) {
            throw wrong("it mixes %s and %(name)s");
        }
        return new SqlText(
                        out.toString(),
                        names.isEmpty() ? positional : names.size(),
                        names,
                        leavesSessionAlone,
                        mayWrite)
                .withList(takesList && !hasPosition);
    }

    static void refuseNul(String sql) {
        if (sql.indexOf('\0') >= 0) {
            throw wrong(sql, "it holds a NUL character, after which databases stop reading");
        }
    }

    private void symbol(char c) {
        switch (c) {
            case '?' -> operator();
            case '{' -> brace();
            case '%' -> percent();
            default -> out.append(c);
        }
    }

    /** Drivers write JDBC's escapes anew, with no way to tell them not to; what is sent is to be what was written. */
    private void brace() {
        Matcher escape = JDBC_ESCAPE.matcher(sql).region(tokens.start(), sql.length());
        if (escape.lookingAt()) {
            throw wrong("'%s' at position %d begins a JDBC escape; write it in the database's own SQL"
                    .formatted(escape.group(), tokens.start() + 1));
        }
        out.append('{');
    }

    private void percent() {
        int at = tokens.start();
        int name = sql.startsWith("%(", at) ? sql.indexOf(")s", at) : -1;
        if (!parameters) {
            out.append('%');
        } else if (sql.startsWith("%%", at)) {
            out.append('%');
            tokens.skipTo(at + 2);
        } else if (sql.startsWith("%s", at)) {
            positional++;
            placeholder(at + 2);
        } else if (name > 0) {
            names.add(sql.substring(at + 2, name));
            placeholder(name + 2);
        } else {
            throw wrong("the percent sign at position %d starts no placeholder; write %%%% for a percent sign"
                    .formatted(at + 1));
        }
    }

    /** Kept apart from what would make something else of it: {@code ??}, {@code ?1}, {@code name$1}. */
    private void placeholder(int end) {
        takesList |= behindIn;
        char before = out.isEmpty() ? ' ' : out.charAt(out.length() - 1);
        if (before == '?' || isNamePart(before)) {
            out.append(' ');
        }
        out.append('?');
        placeholderEnd = out.length();
        if (end < sql.length() && isNamePart(sql.charAt(end))) {
            out.append(' ');
        }
        tokens.skipTo(end);
    }

    /** Two operators side by side are one, and a placeholder before one is not a part of it. */
    private void operator() {
        if (placeholderEnd == out.length()) {
            out.append(' ');
        }
        out.append(questionMark);
    }

    private static boolean isNamePart(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '$';
    }

    /** Copies the token; with parameters, a doubled percent sign stands for one in here too. */
    private void quoted() {
        String part = tokens.token();
        if (parameters && part.indexOf('%') >= 0) {
            String single = part.replace("%%", "");
            if (single.indexOf('%') >= 0) {
                throw wrong("a quoted text or comment holds a percent sign; with parameters write it as %%");
            }
            part = part.replace("%%", "%");
        }
        out.append(part);
    }

    private DatabaseException wrong(String why) {
        return wrong(sql, why);
    }

    private static DatabaseException wrong(String sql, String why) {
        return ErrorKind.PROGRAMMING.exception(
                "The statement cannot be read: " + why + "; statement: " + ErrorTranslator.shortened(sql));
    }
}
