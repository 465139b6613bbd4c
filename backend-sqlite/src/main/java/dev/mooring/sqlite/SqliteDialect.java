package dev.mooring.sqlite;

import dev.mooring.spi.Dialect;
import dev.mooring.spi.SqlSyntax;
import dev.mooring.spi.SqlSyntax.Rule;

/** Standard SQL, one statement at a time. */
final class SqliteDialect implements Dialect {

    static final SqlSyntax SYNTAX = SqlSyntax.of(
            Rule.BACKTICK_NAMES,
            Rule.BRACKET_NAMES,
            Rule.NAMED_PARAMETERS,
            Rule.BYTE_ORDER_MARK_IS_SPACE,
            Rule.TRIGGER_BODIES);

    @Override
    public SqlSyntax syntax() {
        return SYNTAX;
    }

    /** SQLITE_MAX_VARIABLE_NUMBER as it has been since 3.32. */
    @Override
    public int maxParameters() {
        return 32_766;
    }

    /** The driver prepares the first statement of a text and drops the rest without a word. */
    @Override
    public boolean runsWhole(String sql) {
        return SYNTAX.statements(sql).size() <= 1;
    }

    /** After one the connection's {@code close()} fails, and what it has locked stays locked. */
    @Override
    public boolean runsEmpty() {
        return false;
    }
}
