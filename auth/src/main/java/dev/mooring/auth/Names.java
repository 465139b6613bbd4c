package dev.mooring.auth;

import dev.mooring.Database;

/** Names in SQL as the dialect of a database quotes them. Thread-safe. */
final class Names {

    private final Database database;

    Names(Database database) {
        this.database = database;
    }

    /** {@return the name of a table or a column, ready for a statement with parameters} */
    String quote(String name) {
        return database.backend().dialect().quoteName(name).replace("%", "%%");
    }

    /** {@return the column with its table in front} */
    String column(String table, String column) {
        return quote(table) + "." + quote(column);
    }

    /** {@return {@code text} with each name in braces quoted: {@code {auth_group}.{id}}} */
    String sql(String text) {
        StringBuilder sql = new StringBuilder();
        int from = 0;
        for (int open = text.indexOf('{'); open >= 0; open = text.indexOf('{', from)) {
            int close = text.indexOf('}', open);
            sql.append(text, from, open).append(quote(text.substring(open + 1, close)));
            from = close + 1;
        }
        return sql.append(text.substring(from)).toString();
    }
}
