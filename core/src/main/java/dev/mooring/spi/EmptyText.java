package dev.mooring.spi;

/** Passes over blanks, semicolons and comments as the SQL standard has them. For one use. */
final class EmptyText {

    private final String sql;
    private int at;

    EmptyText(String sql) {
        this.sql = sql;
    }

    boolean isEmpty() {
        while (at < sql.length()) {
            char c = sql.charAt(at);
            if (c == ';' || Character.isWhitespace(c)) {
                at++;
            } else if (sql.startsWith("--", at)) {
                skipLine();
            } else if (!sql.startsWith("/*", at) || !skipComment()) {
                return false;
            }
        }
        return true;
    }

    private void skipLine() {
        while (at < sql.length() && sql.charAt(at) != '\n' && sql.charAt(at) != '\r') {
            at++;
        }
    }

    /** {@return whether the comment ends} */
    private boolean skipComment() {
        int depth = 0;
        while (at < sql.length()) {
            if (sql.startsWith("/*", at)) {
                depth++;
                at += 2;
            } else if (sql.startsWith("*/", at)) {
                depth--;
                at += 2;
                if (depth == 0) {
                    return true;
                }
            } else {
                at++;
            }
        }
        return false;
    }
}
