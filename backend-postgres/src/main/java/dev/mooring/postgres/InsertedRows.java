package dev.mooring.postgres;

import dev.mooring.spi.SqlTokens;

/** Says how many rows an INSERT makes, as far as its text tells. */
final class InsertedRows {

    private InsertedRows() {}

    /** {@return whether {@code sql} is an INSERT ... VALUES that need not insert just one row: several, or ON CONFLICT} */
    static boolean mayDiffer(String sql) {
        SqlTokens tokens = PostgresDialect.SYNTAX.tokens(sql);
        int depth = 0;
        boolean values = false;
        boolean closed = false;
        while (tokens.next()) {
            if (!tokens.isCode() || tokens.isSymbol(';')) {
                continue;
            }
            if (closed) {
                return true;
            }
            if (tokens.isSymbol('(')) {
                depth++;
            } else if (tokens.isSymbol(')')) {
                closed = --depth == 0 && values;
            } else {
                values |= depth == 0 && tokens.isWord("values");
            }
        }
        return false;
    }
}
