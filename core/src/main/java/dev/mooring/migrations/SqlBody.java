package dev.mooring.migrations;

import java.util.Locale;

/**
 * Knows whether a statement ends at a semicolon: not inside parentheses (PostgreSQL's rules), and not inside the body
 * of a trigger (SQLite) or a function (PostgreSQL), between BEGIN and END.
 */
final class SqlBody {

    private boolean create;
    private boolean mayHaveBody;
    private int words;
    private int blocks;
    private int parentheses;

    /** {@return whether the statement ends with this token} */
    boolean ends(String token, boolean word) {
        if (word) {
            read(token.toLowerCase(Locale.ROOT));
        } else if (token.equals("(")) {
            parentheses++;
        } else if (token.equals(")")) {
            parentheses = Math.max(0, parentheses - 1);
        }
        return token.equals(";") && !isOpen();
    }

    /** {@return whether something is missing from it} */
    boolean isOpen() {
        return blocks > 0 || parentheses > 0;
    }

    String missing() {
        return parentheses > 0 ? "a parenthesis that is not closed" : "a BEGIN or CASE without its END";
    }

    private void read(String word) {
        words++;
        if (words == 1) {
            create = word.equals("create");
        } else if (create && !mayHaveBody) {
            mayHaveBody = word.equals("trigger") || word.equals("function") || word.equals("procedure");
        } else if (mayHaveBody) {
            readInBody(word);
        }
    }

    private void readInBody(String word) {
        switch (word) {
            case "begin", "case" -> blocks++;
            case "end" -> blocks = Math.max(0, blocks - 1);
            default -> {}
        }
    }
}
