package dev.mooring.migrations;

import dev.mooring.spi.SqlStatement;

/**
 * A text of SQL and where it was written. Immutable.
 *
 * @param name what errors call it: a file, or the migration
 */
record SqlSource(String name, String text) {

    private static final int BEGINNING = 40;

    /** {@return the line of that position, from 1, whatever ends the lines} */
    int line(int position) {
        int line = 1;
        for (int at = 0; at < position; at++) {
            char c = text.charAt(at);
            boolean pair = c == '\r' && at + 1 < text.length() && text.charAt(at + 1) == '\n';
            if ((c == '\n' || c == '\r') && !pair) {
                line++;
            }
        }
        return line;
    }

    /** {@return whether nothing but blanks stands on the same lines before {@code start} and behind {@code end}} */
    boolean isAlone(int start, int end) {
        int before = start - 1;
        while (before >= 0 && isBlank(text.charAt(before))) {
            before--;
        }
        int behind = end;
        while (behind < text.length() && isBlank(text.charAt(behind))) {
            behind++;
        }
        return (before < 0 || isLineEnd(text.charAt(before)))
                && (behind == text.length() || isLineEnd(text.charAt(behind)));
    }

    String place(int line) {
        return name + ":" + line;
    }

    BadMigrationException wrong(int position, String what) {
        return new BadMigrationException(place(line(position)) + ": " + what);
    }

    /** {@return how {@code statement} begins, by which it is found} */
    static String beginning(SqlStatement statement) {
        String first = statement.text().lines().findFirst().orElse("");
        return first.length() <= BEGINNING ? first : first.substring(0, BEGINNING) + "...";
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }

    private static boolean isLineEnd(char c) {
        return c == '\n' || c == '\r';
    }
}
