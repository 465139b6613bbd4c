package dev.mooring.migrations;

/**
 * A statement and where it was written. Immutable.
 *
 * @param sql the text, without a semicolon at its end
 * @param source the file
 * @param line the line on which it begins, from 1
 */
record SqlStatement(String sql, String source, int line) {

    String place() {
        return source + ":" + line;
    }
}
