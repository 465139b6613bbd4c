package dev.mooring.migrations;

import java.util.List;

/**
 * A statement of a script and where it was written. Immutable.
 *
 * @param sql the text, without a semicolon at its end
 * @param words the words it begins with, in lower case
 * @param line the line on which it begins, from 1
 */
record SqlStatement(String sql, List<String> words, int line) {

    boolean beginsTransaction() {
        return firstWord().equals("begin") || firstWord().equals("start");
    }

    boolean commits() {
        return firstWord().equals("commit") || firstWord().equals("end");
    }

    String firstWord() {
        return words.isEmpty() ? "" : words.get(0);
    }

    /** {@return how it begins, to be found by} */
    String beginning() {
        int most = 40;
        String first = sql.lines().findFirst().orElse("");
        return first.length() <= most ? first : first.substring(0, most) + "...";
    }
}
