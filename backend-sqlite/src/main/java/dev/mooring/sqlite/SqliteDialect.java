package dev.mooring.sqlite;

import dev.mooring.spi.Dialect;

/** Standard SQL, one statement at a time. */
final class SqliteDialect implements Dialect {

    /** The driver prepares the first statement of a text and drops the rest without a word. */
    @Override
    public boolean runsWhole(String sql) {
        return !new StatementEnd(sql).hasMoreBehind();
    }
}
