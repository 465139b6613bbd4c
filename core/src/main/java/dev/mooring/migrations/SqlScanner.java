package dev.mooring.migrations;

import org.jspecify.annotations.Nullable;

/** Reads SQL token by token: far enough to know what is text, what is a comment, and what is neither. */
final class SqlScanner {

    /** What a token is; {@code QUOTED} has an end of its own, and {@code OTHER} is one character. */
    enum Kind {
        SPACE,
        COMMENT,
        QUOTED,
        WORD,
        OTHER
    }

    private final String source;
    private final String text;
    private int start;
    private int end;
    private Kind kind = Kind.SPACE;

    SqlScanner(String source, String text) {
        this.source = source;
        this.text = text;
    }

    /** {@return whether there is one more token} If not, {@link #start()} is the end of the text. */
    boolean next() {
        start = end;
        if (start == text.length()) {
            return false;
        }
        char c = text.charAt(start);
        if (Character.isWhitespace(c)) {
            take(Kind.SPACE, start + 1);
        } else if (text.startsWith("--", start)) {
            int newline = text.indexOf('\n', start);
            take(Kind.COMMENT, newline < 0 ? text.length() : newline);
        } else if (text.startsWith("/*", start)) {
            take(Kind.COMMENT, endOfComment());
        } else if (c == '\'' || c == '"' || c == '`') {
            take(Kind.QUOTED, endOfQuote(start, c, false));
        } else if (Character.isJavaIdentifierStart(c) && c != '$') {
            word();
        } else if (c == '[' && bracketed() > 0) {
            take(Kind.QUOTED, bracketed());
        } else {
            String tag = dollarTag();
            if (tag == null) {
                take(Kind.OTHER, start + 1);
            } else {
                take(Kind.QUOTED, endOf(tag, start + tag.length(), "dollar quote " + tag));
            }
        }
        return true;
    }

    Kind kind() {
        return kind;
    }

    String token() {
        return text.substring(start, end);
    }

    int start() {
        return start;
    }

    String text(int from, int to) {
        return text.substring(from, to);
    }

    /** {@return the line of that position, from 1} */
    int line(int position) {
        return 1
                + (int) text.substring(0, position)
                        .chars()
                        .filter(c -> c == '\n')
                        .count();
    }

    private void take(Kind taken, int to) {
        kind = taken;
        end = to;
    }

    private void word() {
        int at = start;
        while (at < text.length() && Character.isJavaIdentifierPart(text.charAt(at))) {
            at++;
        }
        boolean escapes = at == start + 1 && text.startsWith("'", at) && "eE".indexOf(text.charAt(start)) >= 0;
        if (escapes) {
            take(Kind.QUOTED, endOfQuote(at, '\'', true));
        } else {
            take(Kind.WORD, at);
        }
    }

    /** A doubled quote reads as two quoted texts side by side, which is as good. */
    private int endOfQuote(int opening, char quote, boolean escapes) {
        for (int at = opening + 1; at < text.length(); at++) {
            if (escapes && text.charAt(at) == '\\') {
                at++;
            } else if (text.charAt(at) == quote) {
                return at + 1;
            }
        }
        throw unended("quote " + quote);
    }

    /** PostgreSQL's comments are nested. */
    private int endOfComment() {
        int depth = 1;
        for (int at = start + 2; at < text.length() - 1; at++) {
            if (text.startsWith("*/", at)) {
                depth--;
                at++;
            } else if (text.startsWith("/*", at)) {
                depth++;
                at++;
            }
            if (depth == 0) {
                return at + 1;
            }
        }
        throw unended("comment /*");
    }

    /**
     * {@return where the name ends that SQLite takes for one between brackets; 0 if there is none here} PostgreSQL has the
     * subscripts and elements of arrays there: what holds a quote is one of those.
     */
    private int bracketed() {
        for (int at = start + 1; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == ']') {
                return at + 1;
            }
            if (c == '\'' || c == '"' || c == '$' || c == '\n') {
                return 0;
            }
        }
        return 0;
    }

    private int endOf(String closing, int from, String what) {
        int at = text.indexOf(closing, from);
        if (at < 0) {
            throw unended(what);
        }
        return at + closing.length();
    }

    /** {@return the dollar sign, perhaps a word, and another dollar sign, with which a quoted text begins here} */
    private @Nullable String dollarTag() {
        if (text.charAt(start) != '$') {
            return null;
        }
        int at = start + 1;
        while (at < text.length() && Character.isJavaIdentifierPart(text.charAt(at)) && text.charAt(at) != '$') {
            at++;
        }
        boolean number = at > start + 1 && Character.isDigit(text.charAt(start + 1));
        return at < text.length() && text.charAt(at) == '$' && !number ? text.substring(start, at + 1) : null;
    }

    private BadMigrationException unended(String what) {
        return new BadMigrationException(source + ":" + line(start) + ": the " + what + " that begins here has no end");
    }
}
