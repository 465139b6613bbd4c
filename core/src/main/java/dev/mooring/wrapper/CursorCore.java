package dev.mooring.wrapper;

import static java.util.Objects.requireNonNull;

import dev.mooring.error.ErrorKind;
import dev.mooring.statement.Batch;
import dev.mooring.statement.CachedStatement;
import dev.mooring.statement.Columns;
import dev.mooring.statement.Failures;
import dev.mooring.statement.InLists;
import dev.mooring.statement.PreparedStatements;
import dev.mooring.statement.RowMapper;
import dev.mooring.statement.SqlText;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a cursor is without its public API: a statement at a time, open from its execution until its last row was fetched. It
 * makes an {@code R} of each row. Confined to the wrapper's thread.
 */
public final class CursorCore<R> implements OpenResource {

    private final String alias;
    private final OpenResources open;
    private final Streams streams;
    private final AtomicBlocks blocks;
    private final StatementExecutor executor;
    private final StatementOperations operations;
    private final PreparedStatements statements;
    private final RowMapper<R> mapper;

    private int fetchSize;
    private String sql = "";
    private @Nullable PreparedRun run;
    private @Nullable ResultSet rows;
    private @Nullable Columns columns;
    private @Nullable R row;
    /** The rows that a change had for its result, all of which are in memory. */
    private @Nullable Iterator<R> changed;

    private int rowCount = -1;
    /** Whether batches are collected, which may be the work of the caller's code. */
    private boolean batching;

    private boolean closed;

    CursorCore(
            String alias,
            OpenResources open,
            Streams streams,
            AtomicBlocks blocks,
            StatementExecutor executor,
            StatementOperations operations,
            RowMapper<R> mapper) {
        this.alias = alias;
        this.open = open;
        this.streams = streams;
        this.blocks = blocks;
        this.executor = executor;
        this.operations = operations;
        this.statements = executor.statements();
        this.mapper = mapper;
    }

    @Override
    public String describe() {
        return "a cursor or stream of: " + sql;
    }

    @Override
    public String forgotten() {
        return "A cursor with unread rows of: " + sql;
    }

    public int rowCount() {
        return rowCount;
    }

    public List<String> columnNames() {
        return columns == null ? List.of() : columns.names();
    }

    /** Has the rows of later statements come that many at a time, or as the driver likes if that is 0. */
    public void fetchSize(int size) {
        open.checkThread();
        if (size < 0) {
            throw new IllegalArgumentException("The fetch size must not be negative, but was " + size);
        }
        fetchSize = size;
    }

    public void execute(String sql, @Nullable Object @Nullable [] parameters) {
        drop();
        SqlText text = statements.parse(sql, parameters);
        if (parameters != null && PreparedStatements.hasLists(text, parameters)) {
            InLists.Statement expanded = statements.expand(sql, text, parameters);
            execute(expanded.sql(), statements.parse(expanded), expanded.array());
        } else {
            execute(sql, text, parameters);
        }
    }

    private void execute(String sql, SqlText text, @Nullable Object @Nullable [] parameters) {
        PreparedRun opened = open(sql, text);
        guarded(() -> opened.execute(fetchSize, parameters, this::executed));
        if (rows == null) {
            finish();
        }
    }

    private boolean executed(CachedStatement statement) throws SQLException {
        boolean hasRows = executor.lockRetry().call(statement::execute);
        if (!hasRows) {
            rowCount = statement.updateCount();
            return false;
        }
        columns = statements.columns(statement);
        if (statement.text().returning() && (fetchSize == 0 || executor.unread() != null)) {
            keep(statements.readAll(statement, mapper));
            statement.closeRows();
        } else {
            rows = statement.rows();
        }
        return true;
    }

    /** A change is done when its rows were read to the end, and only then is it known how many there are. */
    private void keep(List<R> all) {
        rowCount = all.size();
        changed = all.iterator();
    }

    /** Runs {@code sql} once for each list of parameters, all or none of them. */
    public void executeMany(String sql, Iterable<? extends List<? extends @Nullable Object>> batches) {
        drop();
        List<@Nullable Object[]> lists = collect(batches);
        rowCount = 0;
        if (lists.isEmpty()) {
            return;
        }
        List<Batch> parts = Batch.of(sql, lists, statements);
        if (lists.size() > 1 && executor.isAutocommit()) {
            open.checkUnambiguous("begin atomic");
            blocks.run(() -> runParts(parts));
        } else {
            runParts(parts);
        }
    }

    private void runParts(List<Batch> parts) {
        int changes = 0;
        for (Batch part : parts) {
            runMany(part);
            changes += rowCount;
        }
        rowCount = changes;
    }

    private void runMany(Batch batch) {
        PreparedRun opened = open(batch.sql(), batch.text());
        rowCount = guarded(() -> opened.executeMany(
                fetchSize, batch.lists().size(), statement -> operations.changeMany(statement, batch.lists())));
        finish();
    }

    private List<@Nullable Object[]> collect(Iterable<? extends List<? extends @Nullable Object>> batches) {
        List<@Nullable Object[]> lists = new ArrayList<>();
        batching = true;
        try {
            for (List<? extends @Nullable Object> batch : batches) {
                lists.add(batch.toArray());
            }
            return lists;
        } finally {
            batching = false;
        }
    }

    private PreparedRun open(String sql, SqlText text) {
        checkOpen();
        open.checkUnambiguous("run a statement");
        this.sql = sql;
        PreparedRun opened = PreparedRun.open(executor, sql, text);
        run = opened;
        try {
            open.openedCursor(this);
            streams.opened(this);
        } catch (Throwable e) {
            finish();
            throw e;
        }
        return opened;
    }

    /** {@return the next row, or null after the last} If that fails, nothing is left to read here. */
    public @Nullable R fetch() {
        checkUsable();
        if (rows == null && changed == null) {
            return null;
        }
        R next;
        try {
            next = next();
        } catch (RuntimeException | Error e) {
            endStreamsAfter(e);
            throw e;
        }
        if (next == null) {
            streams.endUnlessRead();
        }
        return next;
    }

    private @Nullable R next() {
        if (changed != null) {
            return nextChanged(changed);
        }
        PreparedRun current = run;
        boolean found = current != null && guarded(() -> current.step(this::readNext));
        if (!found) {
            finish();
            return null;
        }
        return row;
    }

    private @Nullable R nextChanged(Iterator<R> left) {
        if (left.hasNext()) {
            return left.next();
        }
        changed = null;
        return null;
    }

    private boolean readNext() throws SQLException {
        ResultSet from = rows;
        Columns of = columns;
        boolean found = from != null && of != null && from.next();
        row = found ? mapper.map(requireNonNull(of), of.read(requireNonNull(from))) : null;
        return found;
    }

    /** Drops what was left unread, and with it the transaction for streams if this was the last in it. */
    public void drop() {
        checkUsable();
        forget();
        streams.endUnlessRead();
    }

    @Override
    public void close() {
        if (!closed) {
            open.checkThread();
            closed = true;
            try {
                finish();
            } catch (RuntimeException | Error e) {
                endStreamsAfter(e);
                throw e;
            }
            streams.endUnlessRead();
        }
    }

    private void endStreamsAfter(Throwable failure) {
        try {
            streams.endUnlessRead();
        } catch (RuntimeException | Error later) {
            Failures.suppress(failure, later);
        }
    }

    private void checkUsable() {
        checkOpen();
        if (batching) {
            throw ErrorKind.PROGRAMMING.exception(
                    ("The cursor on database '%s' is in the middle of executeMany, whose batches were made with it:"
                                    + " make them with another")
                            .formatted(alias));
        }
    }

    private void checkOpen() {
        open.checkThread();
        if (closed) {
            throw ErrorKind.INTERFACE.exception("The cursor on database '%s' is closed".formatted(alias));
        }
    }

    private void forget() {
        finish();
        changed = null;
        columns = null;
        rowCount = -1;
    }

    /** Ends the statement and the lease that went with it. */
    private void finish() {
        PreparedRun ending = run;
        rows = null;
        if (ending == null) {
            return;
        }
        run = null;
        try {
            ending.close();
        } catch (Error e) {
            streams.failed(this);
            throw e;
        } finally {
            open.closedCursor(this);
            streams.closed(this);
        }
    }

    /** {@return what {@code call} returns} If it fails, nothing of the statement stays open. */
    private <T> T guarded(Supplier<T> call) {
        try {
            return call.get();
        } catch (Throwable e) {
            streams.failed(this);
            finish();
            throw e;
        }
    }
}
