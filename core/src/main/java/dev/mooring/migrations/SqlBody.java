package dev.mooring.migrations;

import java.util.Locale;
import java.util.Set;

/**
 * Knows whether a statement ends at a semicolon: not inside parentheses (PostgreSQL's rules), and not inside the body
 * of a trigger (SQLite) or a function (PostgreSQL), between BEGIN and END.
 */
final class SqlBody {

    /** What may stand between CREATE and what is created. */
    private static final Set<String> BEFORE_THE_KIND = Set.of("or", "replace", "temp", "temporary", "constraint");

    private static final Set<String> KINDS_WITH_BODY = Set.of("trigger", "function", "procedure");

    /** Whether the words so far leave open what is created. */
    private boolean creating;

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
            creating = word.equals("create");
        } else if (creating) {
            mayHaveBody = KINDS_WITH_BODY.contains(word);
            creating = BEFORE_THE_KIND.contains(word);
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
