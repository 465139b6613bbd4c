package dev.mooring.sqlite;

import dev.mooring.spi.Dialect;

/** Standard SQL, one statement at a time. */
final class SqliteDialect implements Dialect {

    /** SQLITE_MAX_VARIABLE_NUMBER as it has been since 3.32. */
    @Override
    public int maxParameters() {
        return 32_766;
    }

    /** The driver prepares the first statement of a text and drops the rest without a word. */
    @Override
    public boolean runsWhole(String sql) {
        return !new StatementEnd(sql).hasMoreBehind();
    }
}
