package dev.mooring.postgres;

import dev.mooring.spi.Dialect;
import dev.mooring.spi.SqlSyntax;
import dev.mooring.spi.SqlSyntax.Rule;
import java.util.Collection;

/** Standard SQL with PostgreSQL's quotes. */
final class PostgresDialect implements Dialect {

    static final SqlSyntax SYNTAX = SqlSyntax.of(
            Rule.NESTED_COMMENTS,
            Rule.CARRIAGE_RETURN_ENDS_COMMENT,
            Rule.DOLLAR_QUOTES,
            Rule.ESCAPE_STRINGS,
            Rule.ATOMIC_BODIES);

    @Override
    public SqlSyntax syntax() {
        return SYNTAX;
    }

    /** pgjdbc takes a lone question mark for a parameter. */
    @Override
    public String questionMark() {
        return "??";
    }

    /** One text, and one prepared statement, whatever the length; the number of parameters is no limit. */
    @Override
    public Collection<?> inListParameter(Collection<?> elements) {
        return new ElementsBehindIn(elements);
    }

    @Override
    public String inList(boolean negated, int size) {
        return negated ? "<> ALL (%s)" : "= ANY (%s)";
    }
}
