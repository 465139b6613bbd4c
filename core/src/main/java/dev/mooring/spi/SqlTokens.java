package dev.mooring.spi;

import dev.mooring.spi.SqlSyntax.Rule;
import java.util.List;

/**
 * Reads a text of SQL token by token, in one pass, as the database with this {@link SqlSyntax} does. Refuses nothing: a
 * quote without an end goes to the end of the text, and {@link #isClosed} tells. Made by {@link SqlSyntax#tokens}; for one
 * use, in one thread.
 */
public final class SqlTokens {

    /** What a token is. */
    public enum Kind {
        /** Blanks and line ends. */
        SPACE,
        /** One comment. */
        COMMENT,
        /** A literal with its quotes, dollar quotes among them; of the prefixes only E belongs to it. */
        STRING,
        /** A name in double quotes, backticks or brackets, with these. */
        QUOTED_NAME,
        /** A keyword or a name without quotes. */
        WORD,
        /** Digits; what follows them in a number is read as tokens of its own. */
        NUMBER,
        /** A parameter as the database itself spells it: see {@link Rule#NAMED_PARAMETERS}, or PostgreSQL's {@code $1}. */
        PARAMETER,
        /** One character that is nothing else. */
        SYMBOL
    }

    private final SqlSyntax syntax;
    private final String text;
    private final TokenEnds ends;
    private final StatementBoundary boundary;
    private int start;
    private int end;
    private Kind kind = Kind.SPACE;
    private boolean closed = true;
    private boolean endsStatement;
    /** Whether the comment around this is one that is run. */
    private boolean inExecutable;

    SqlTokens(SqlSyntax syntax, String text) {
        this.syntax = syntax;
        this.text = text;
        this.ends = new TokenEnds(syntax, text);
        this.boundary = new StatementBoundary(syntax);
    }

    /** {@return whether there is one more token} If not, {@link #start()} and {@link #end()} are the end of the text. */
    public boolean next() {
        start = end;
        closed = true;
        if (endsStatement) {
            boundary.reset();
            endsStatement = false;
        }
        if (start == text.length()) {
            return false;
        }
        read(text.charAt(start));
        endsStatement = isCode() && boundary.endsWith(this);
        return true;
    }

    /** {@return what the current token is} */
    public Kind kind() {
        return kind;
    }

    /** {@return where the current token begins} */
    public int start() {
        return start;
    }

    /** {@return where the current token ends: behind its last character} */
    public int end() {
        return end;
    }

    /** {@return the current token} */
    public String token() {
        return text.substring(start, end);
    }

    /** {@return whether the current token is this keyword, given in lower case, in any case} */
    public boolean isWord(String word) {
        if (kind != Kind.WORD || end - start != word.length()) {
            return false;
        }
        for (int i = 0; i < word.length(); i++) {
            if (TokenEnds.lower(text.charAt(start + i)) != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** {@return whether the current token is this one character} */
    public boolean isSymbol(char symbol) {
        return kind == Kind.SYMBOL && text.charAt(start) == symbol;
    }

    /** {@return false for a quote or a comment that should have an end and has none} */
    public boolean isClosed() {
        return closed && !(inExecutable && end == text.length());
    }

    /** {@return whether the current token is a part of a statement, and neither a blank nor a comment} */
    public boolean isCode() {
        return kind != Kind.SPACE && kind != Kind.COMMENT;
    }

    /** {@return whether the current token is the semicolon that ends a statement, which may be an empty one} */
    public boolean endsStatement() {
        return endsStatement;
    }

    /** {@return the words that the current statement begins with, as far as it was read: {@link SqlStatement#words}} */
    public List<String> words() {
        return boundary.words();
    }

    /** {@return what the current statement lacks where it was read to; empty if it could end here} */
    public String missing() {
        return boundary.missing();
    }

    /** Goes on at that place, behind the beginning of the current token, whatever it would have been a part of. */
    public void skipTo(int position) {
        end = position;
    }

    private void read(char c) {
        if (ends.isSpace(c)) {
            take(Kind.SPACE, ends.ofSpace(start));
        } else if (TokenEnds.isWordStart(c)) {
            boolean escapes = syntax.has(Rule.ESCAPE_STRINGS) && TokenEnds.lower(c) == 'e' && ends.is('\'', start + 1);
            if (escapes) {
                take(Kind.STRING, ends.ofEscapeString(start + 2));
            } else {
                take(Kind.WORD, ends.ofWord(start));
            }
        } else if (TokenEnds.isDigit(c)) {
            take(Kind.NUMBER, ends.ofDigits(start));
        } else {
            readSign(c);
        }
    }

    private void readSign(char c) {
        if (c == '\'' || (c == '"' && syntax.has(Rule.DOUBLE_QUOTED_STRINGS))) {
            take(Kind.STRING, ends.ofString(start));
        } else if (c == '"' || (c == '`' && syntax.has(Rule.BACKTICK_NAMES))) {
            take(Kind.QUOTED_NAME, ends.ofQuote(start));
        } else if (c == '[' && syntax.has(Rule.BRACKET_NAMES)) {
            take(Kind.QUOTED_NAME, ends.after("]", start));
        } else if (!readComment(c)) {
            readDollarOrParameter(c);
        }
    }

    private boolean readComment(char c) {
        if (ends.beginsLineComment(start)) {
            take(Kind.COMMENT, ends.ofLine(start));
        } else if (c == '/' && ends.is('*', start + 1)) {
            int code = ends.ofExecutableOpening(start);
            inExecutable |= code > 0;
            take(Kind.COMMENT, code > 0 ? code : ends.ofBlockComment(start));
        } else if (c == '*' && inExecutable && ends.is('/', start + 1)) {
            inExecutable = false;
            take(Kind.COMMENT, start + 2);
        } else {
            return false;
        }
        return true;
    }

    private void readDollarOrParameter(char c) {
        if (c == '$' && syntax.has(Rule.DOLLAR_QUOTES)) {
            int parameter = ends.ofDigits(start + 1);
            int opening = ends.ofDollarTag(start);
            if (parameter > start + 1) {
                take(Kind.PARAMETER, parameter);
            } else if (opening > 0) {
                take(Kind.STRING, ends.after(text.substring(start, opening), opening));
            } else {
                take(Kind.SYMBOL, start + 1);
            }
        } else {
            int parameter = syntax.has(Rule.NAMED_PARAMETERS) ? ends.ofParameter(start) : 0;
            take(parameter > 0 ? Kind.PARAMETER : Kind.SYMBOL, Math.max(parameter, start + 1));
        }
    }

    /** Takes the token that ends there, or goes to the end of the text: -1. */
    private void take(Kind taken, int to) {
        kind = taken;
        closed = to >= 0;
        end = closed ? to : text.length();
    }
}
