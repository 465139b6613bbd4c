package dev.mooring.spi;

import dev.mooring.spi.SqlSyntax.Rule;

/** Finds the ends of tokens in one text: each method has the place behind the token's last character, or -1 if it has no end. */
final class TokenEnds {

    private final SqlSyntax syntax;
    private final String text;

    TokenEnds(SqlSyntax syntax, String text) {
        this.syntax = syntax;
        this.text = text;
    }

    boolean is(char c, int at) {
        return at < text.length() && text.charAt(at) == c;
    }

    int after(String closing, int from) {
        int at = text.indexOf(closing, from);
        return at < 0 ? -1 : at + closing.length();
    }

    int ofSpace(int from) {
        int at = from;
        while (at < text.length() && isSpace(text.charAt(at))) {
            at++;
        }
        return at;
    }

    int ofWord(int from) {
        int at = from;
        while (at < text.length() && isWordPart(text.charAt(at))) {
            at++;
        }
        return at;
    }

    int ofDigits(int from) {
        int at = from;
        while (at < text.length() && isDigit(text.charAt(at))) {
            at++;
        }
        return at;
    }

    /** A quote that is doubled ends nothing. */
    int ofQuote(int opening) {
        char quote = text.charAt(opening);
        int at = text.indexOf(quote, opening + 1);
        while (at >= 0 && is(quote, at + 1)) {
            at = text.indexOf(quote, at + 2);
        }
        return at < 0 ? -1 : at + 1;
    }

    /** {@return the end of a literal in either quote, in which a backslash may escape} */
    int ofString(int opening) {
        if (!syntax.has(Rule.BACKSLASH_ESCAPES)) {
            return ofQuote(opening);
        }
        char quote = text.charAt(opening);
        for (int at = opening + 1; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '\\' || (c == quote && is(quote, at + 1))) {
                at++;
            } else if (c == quote) {
                return at + 1;
            }
        }
        return -1;
    }

    /** Behind a line break the text may go on with another quote, and the backslash still escapes there. */
    int ofEscapeString(int from) {
        for (int at = from; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '\\') {
                at++;
            } else if (c == '\'') {
                int next = is('\'', at + 1) ? at + 1 : continuation(at + 1);
                if (next < 0) {
                    return at + 1;
                }
                at = next;
            }
        }
        return -1;
    }

    /** {@return where the quote is with which a text goes on, behind a line break and perhaps comments; -1 if it does not} */
    private int continuation(int from) {
        boolean newLine = false;
        for (int at = from; at < text.length(); ) {
            char c = text.charAt(at);
            if (c == '\'') {
                return newLine ? at : -1;
            } else if (isSpace(c)) {
                newLine |= c == '\n' || c == '\r';
                at++;
            } else if (c == '-' && is('-', at + 1)) {
                at = ofLine(at);
            } else {
                return -1;
            }
        }
        return -1;
    }

    boolean beginsLineComment(int at) {
        if (is('#', at)) {
            return syntax.has(Rule.HASH_COMMENTS);
        }
        boolean dashes = is('-', at) && is('-', at + 1);
        return dashes
                && (!syntax.has(Rule.SPACE_AFTER_DASHES) || at + 2 == text.length() || text.charAt(at + 2) <= ' ');
    }

    /** {@return the end of what opens a comment that is run, a version with it; -1 if none is opened here, or one that is skipped} */
    int ofExecutableOpening(int from) {
        if (!syntax.has(Rule.EXECUTABLE_COMMENTS)) {
            return -1;
        }
        boolean ofMariadb = is('M', from + 2);
        int mark = ofMariadb ? from + 3 : from + 2;
        if (!is('!', mark)) {
            return -1;
        }
        int end = ofDigits(mark + 1);
        return isSkipped(text.substring(mark + 1, end), ofMariadb) ? -1 : end;
    }

    /**
     * MariaDB does not run a comment for MySQL 5.7 or later, nor one for version 99.99.99, which dump tools give to comments
     * that nobody is to run.
     */
    private static boolean isSkipped(String version, boolean ofMariadb) {
        return version.equals("999999") || (!ofMariadb && version.length() == 5 && version.compareTo("50700") >= 0);
    }

    int ofLine(int from) {
        boolean carriageReturn = syntax.has(Rule.CARRIAGE_RETURN_ENDS_COMMENT);
        int at = from;
        while (at < text.length() && text.charAt(at) != '\n' && !(carriageReturn && text.charAt(at) == '\r')) {
            at++;
        }
        return at;
    }

    int ofBlockComment(int opening) {
        if (!syntax.has(Rule.NESTED_COMMENTS)) {
            return after("*/", opening + 2);
        }
        int depth = 1;
        for (int at = opening + 2; at < text.length() - 1; at++) {
            char c = text.charAt(at);
            if (c == '*' && is('/', at + 1)) {
                at++;
                if (--depth == 0) {
                    return at + 1;
                }
            } else if (c == '/' && is('*', at + 1)) {
                depth++;
                at++;
            }
        }
        return -1;
    }

    /** {@return the end of the {@code $tag$} that opens a quote here; -1 if none does} */
    int ofDollarTag(int from) {
        int at = from + 1;
        if (at < text.length() && isWordStart(text.charAt(at))) {
            while (at < text.length() && isWordPart(text.charAt(at)) && text.charAt(at) != '$') {
                at++;
            }
        }
        return is('$', at) ? at + 1 : -1;
    }

    /** {@return the end of {@code ?}, {@code ?1}, or a sign and a name, which may be one of Tcl's, {@code $a::b(c)}; or -1} */
    int ofParameter(int from) {
        char sign = text.charAt(from);
        if (sign == '?') {
            return ofDigits(from + 1);
        }
        if (":@#$".indexOf(sign) < 0) {
            return -1;
        }
        int at = from + 1;
        boolean named = false;
        while (at < text.length()) {
            if (isWordPart(text.charAt(at))) {
                named = true;
                at++;
            } else if (text.startsWith("::", at)) {
                at += 2;
            } else if (named && text.charAt(at) == '(') {
                return ofTclIndex(at);
            } else {
                break;
            }
        }
        return named ? at : -1;
    }

    private int ofTclIndex(int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) != ')' && !isSpace(text.charAt(at))) {
            at++;
        }
        return is(')', at) ? at + 1 : at;
    }

    boolean isSpace(char c) {
        return c == ' ' || (c >= '\t' && c <= '\r') || (c == '\uFEFF' && syntax.has(Rule.BYTE_ORDER_MARK_IS_SPACE));
    }

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /** What is not ASCII belongs to a name, whatever Java takes it for. */
    static boolean isWordStart(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c > 127;
    }

    static boolean isWordPart(char c) {
        return isWordStart(c) || isDigit(c) || c == '$';
    }

    static char lower(char c) {
        return c >= 'A' && c <= 'Z' ? (char) (c + 32) : c;
    }
}
