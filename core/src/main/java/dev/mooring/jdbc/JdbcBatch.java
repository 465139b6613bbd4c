package dev.mooring.jdbc;

import dev.mooring.statement.SqlText;

/** What was added to the batch of a statement since it was run. Confined to the statement's thread. */
final class JdbcBatch {

    /** What the texts do together. */
    private SqlText text = SqlText.EMPTY;

    /** How many statements, or lists of parameters. */
    private int count;

    void add(SqlText more) {
        count++;
        text = new SqlText(
                        more.sql(),
                        0,
                        more.names(),
                        more.leavesSessionAlone() && text.leavesSessionAlone(),
                        more.mayWrite() || text.mayWrite())
                .with(more.use().isNone() ? text.use() : more.use());
    }

    void addParameters() {
        count++;
    }

    SqlText text() {
        return text;
    }

    int count() {
        return count;
    }

    void clear() {
        text = SqlText.EMPTY;
        count = 0;
    }
}
