package dev.mooring.wrapper;

import dev.mooring.spi.Connector;
import dev.mooring.statement.CachedStatement;
import dev.mooring.statement.InLists;
import dev.mooring.statement.LockRetry;
import dev.mooring.statement.PreparedStatements;
import dev.mooring.statement.PreparedStatements.StatementCall;
import dev.mooring.statement.RowMapper;
import dev.mooring.statement.SqlText;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The calls of a prepared statement that read all rows, change rows, or change rows many times, and what runs them from begin
 * to end. One per wrapper, confined to its thread.
 */
public final class StatementOperations {

    private final StatementExecutor executor;
    private final OpenResources open;
    private final PreparedStatements statements;
    private final LockRetry lockRetry;
    private final Connector connector;

    StatementOperations(StatementExecutor executor, OpenResources open, Connector connector) {
        this.executor = executor;
        this.open = open;
        this.statements = executor.statements();
        this.lockRetry = executor.lockRetry();
        this.connector = connector;
    }

    /** {@return what {@code call} makes of the statement} Without parameters, {@code null}, a percent sign is itself. */
    public <T> T run(String sql, @Nullable Object @Nullable [] parameters, StatementCall<T> call) {
        open.checkThread();
        SqlText text = statements.parse(sql, parameters);
        if (parameters != null && PreparedStatements.hasLists(text, parameters)) {
            InLists.Statement expanded = statements.expand(sql, text, parameters);
            return run(expanded.sql(), statements.parse(expanded), expanded.array(), call);
        }
        return run(sql, text, parameters, call);
    }

    private <T> T run(String sql, SqlText text, @Nullable Object @Nullable [] parameters, StatementCall<T> call) {
        open.checkUnambiguous("run a statement");
        PreparedRun run = PreparedRun.open(executor, sql, text);
        try {
            return run.execute(0, parameters, call);
        } finally {
            run.close();
        }
    }

    /** {@return all rows of a statement; none if it is one that has no rows} */
    public <R> List<R> read(CachedStatement statement, RowMapper<R> mapper) throws SQLException {
        if (!lockRetry.call(statement::execute)) {
            return List.of();
        }
        List<R> read = statements.readAll(statement, mapper);
        statement.closeRows();
        return read;
    }

    /** {@return how many rows a statement changed} */
    public int change(CachedStatement statement) throws SQLException {
        if (!lockRetry.call(statement::execute)) {
            return statement.updateCount();
        }
        int changed = statement.text().returning() ? statement.countRows() : 0;
        statement.closeRows();
        return changed;
    }

    /** {@return whether the calls of a batch are made one by one} So they are where the driver's own would not say enough. */
    private boolean runsOneByOne(SqlText text) {
        return text.returning() || text.several() || lockRetry.isNeeded() || !connector.countsBatch(text.sql());
    }

    /** {@return how many rows the statement changes, run with each of {@code lists}} */
    int changeMany(CachedStatement statement, List<@Nullable Object[]> lists) throws SQLException {
        return runsOneByOne(statement.text()) ? changeEach(statement, lists) : changeBatch(statement, lists);
    }

    private int changeEach(CachedStatement statement, List<@Nullable Object[]> lists) throws SQLException {
        int changed = 0;
        for (@Nullable Object[] parameters : lists) {
            statements.bind(statement, parameters);
            changed += change(statement);
        }
        return changed;
    }

    private int changeBatch(CachedStatement statement, List<@Nullable Object[]> lists) throws SQLException {
        for (@Nullable Object[] parameters : lists) {
            statements.bind(statement, parameters);
            statement.jdbc().addBatch();
        }
        int changed = 0;
        for (int count : statement.jdbc().executeBatch()) {
            // A driver that puts inserts of one row together does not say more, but each inserted its row.
            changed += count == Statement.SUCCESS_NO_INFO ? 1 : Math.max(0, count);
        }
        return changed;
    }
}
