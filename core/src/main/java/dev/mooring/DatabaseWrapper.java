package dev.mooring;

import dev.mooring.config.DatabaseSettings;
import dev.mooring.config.LeaseScope;
import dev.mooring.jdbc.JdbcConnections;
import dev.mooring.statement.PreparedStatements;
import dev.mooring.statement.PreparedStatements.StatementCall;
import dev.mooring.wrapper.StatementOperations;
import dev.mooring.wrapper.ThreadGuard;
import dev.mooring.wrapper.WrapperCore;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One database as seen by one thread: Django's {@code DatabaseWrapper}. Owns the transaction, and holds a connection for
 * as long as the {@linkplain LeaseScope lease scope} says and not longer.
 *
 * <p>Get it from {@link Databases#get()} where it is used, and keep it in a local variable: on another thread it refuses
 * to work, unless {@link #incThreadSharing()} allowed that.
 */
public final class DatabaseWrapper {

    private final WrapperCore core;
    private final ThreadGuard guard;
    private final StatementOperations operations;
    private final ExecuteWrappers around;
    private final AtomicRunner atomicRunner;
    private final Transaction transaction;
    private final StatementCall<List<Row>> read;
    private final StatementCall<Integer> change;

    DatabaseWrapper(WrapperCore core, List<ExecuteWrapper> everywhere) {
        StatementOperations made = core.operations();
        this.core = core;
        this.guard = core.guard();
        this.operations = made;
        this.around = new ExecuteWrappers(core.alias(), guard, everywhere);
        this.atomicRunner =
                new AtomicRunner(core.blocks(), core.context().registry().sleeper());
        this.transaction = new Transaction(core.manual(), guard, core.unit());
        this.read = statement -> made.read(statement, Row::new);
        this.change = made::change;
        core.join(around);
    }

    /** {@return the alias of the database} */
    public String alias() {
        return core.alias();
    }

    /** {@return the settings of the database} */
    public DatabaseSettings settings() {
        return core.context().settings();
    }

    /**
     * Makes sure that a working connection is there. Under {@link LeaseScope#REQUEST} within a unit of work, and under
     * {@link LeaseScope#THREAD}, it is then held; else it is parked, and this thread's next operation finds it.
     *
     * @throws dev.mooring.error.LeaseTimeoutException if none came free in time
     * @throws dev.mooring.error.OperationalException if the database cannot be reached
     */
    public void ensureConnection() {
        core.held().ensure();
    }

    /**
     * {@return the connection held now; null if none is} It is good until the lease ends, then it says that it is closed.
     *
     * <p>It behaves as those of {@link Database#dataSource()} do inside {@code atomic} and outside. What is changed through it
     * does not reach the next user: the session is reset, or the connection closed after use. {@code close()} closes what was
     * opened through it and leaves the lease alone; for the connection there is {@link #close()}.
     */
    public @Nullable Connection connection() {
        if (core.driverConnection() == null) {
            return null;
        }
        guard.check();
        return JdbcConnections.of(core).underlying();
    }

    /**
     * Closes the connection that this wrapper holds, or the one it used last if nobody else has it. Inside atomic the
     * transaction is lost: statements fail until the outermost block ends. A transaction by hand is lost too, and
     * autocommit on again. Commit hooks are dropped. Does nothing to a database in memory.
     */
    public void close() {
        core.close();
    }

    /**
     * The boundary of a unit of work: closes the connection that is held if it is too old, and has the next use of it
     * checked. Inside atomic it waits for the outermost block to end: Django closes in mid-transaction there.
     */
    public void closeIfUnusableOrObsolete() {
        core.closeIfUnusableOrObsolete();
    }

    /** {@return whether a connection is there that answers} Never throws for a lost one. */
    public boolean isUsable() {
        return core.isUsable();
    }

    /**
     * {@return the rows that {@code sql} selects, all of them; none if it is a statement that has no rows} There are no
     * parameters: a percent sign is itself.
     */
    public Rows<Row> query(String sql) {
        return rows(run(sql, null, read, List.of()), sql);
    }

    /**
     * {@return the rows that {@code sql} selects, all of them; none if it is a statement that has no rows}
     *
     * <p>Parameters are {@code %s} in the text, and {@code %%} is a percent sign, also where the array is empty: the text of a
     * dynamic query is read the same way whether or not there is a last filter. This is Django's rule, for which
     * {@code params=[]} are parameters and {@code params=None} are none. With {@code %(name)s} in the text, the one parameter
     * is a {@link java.util.Map} of them.
     *
     * @throws dev.mooring.error.ProgrammingException if the array is null, or has more or fewer values than the text takes
     */
    public Rows<Row> query(String sql, @Nullable Object... parameters) {
        return rows(run(sql, PreparedStatements.given(parameters), read, List.of()), sql);
    }

    /**
     * {@return the rows that {@code sql} selects, each as a {@code type}} A percent sign is itself.
     *
     * @param type a record, see {@link Row#to}; or the class of the only column's values, see {@link Row#value}
     */
    public <T> Rows<T> query(Class<T> type, String sql) {
        return query(sql).map(row -> row.as(type));
    }

    /**
     * {@return the rows that {@code sql} selects, each as a {@code type}} Parameters are {@code %s} in the text; see
     * {@link #query(String, Object...)}.
     *
     * @param type a record, see {@link Row#to}; or the class of the only column's values, see {@link Row#value}
     */
    public <T> Rows<T> query(Class<T> type, String sql, @Nullable Object... parameters) {
        return query(sql, parameters).map(row -> row.as(type));
    }

    private Rows<Row> rows(List<Row> rows, String sql) {
        return new Rows<>(rows, alias(), sql);
    }

    /**
     * {@return the rows that {@code sql} selects, fetched in chunks while they are read; see
     * {@link #stream(String, Object...)}} A percent sign is itself.
     */
    public Stream<Row> stream(String sql) {
        return RowStream.open(this, sql, null);
    }

    /**
     * {@return the rows that {@code sql} selects, fetched in chunks while they are read} Close it: until then it keeps the
     * connection leased. Parameters are {@code %s} in the text; see {@link #query(String, Object...)}.
     *
     * <p>With autocommit on, outside atomic, the stream is a read-only transaction that ends with the last row or when it is
     * closed. What this thread does before is done in it, and what writes is refused: to write while reading, stream inside
     * atomic. Streams and cursors that are open at a time share it, and the last one ends it; if all are forgotten, the end or
     * the next begin of a unit of work does, with a warning.
     */
    public Stream<Row> stream(String sql, @Nullable Object... parameters) {
        return RowStream.open(this, sql, PreparedStatements.given(parameters));
    }

    /** {@return how many rows {@code sql} changed; see {@link #execute(String, Object...)}} A percent sign is itself. */
    public int execute(String sql) {
        return run(sql, null, change, 0);
    }

    /**
     * {@return how many rows {@code sql} changed} With RETURNING too; 0 for a query, also for one whose WITH changes rows, and for
     * what changes none. Parameters are {@code %s} in the text; see {@link #query(String, Object...)}.
     */
    public int execute(String sql, @Nullable Object... parameters) {
        return run(sql, PreparedStatements.given(parameters), change, 0);
    }

    private <T> T run(String sql, @Nullable Object @Nullable [] parameters, StatementCall<T> call, T nothing) {
        return around.isEmpty()
                ? operations.run(sql, parameters, call)
                : around.run(
                        this,
                        sql,
                        parameters,
                        nothing,
                        execution -> operations.run(execution.sql(), execution.array(), call));
    }

    /**
     * {@return how many rows {@code sql} changed, run once for each list of parameters} All or nothing; see
     * {@link Cursor#executeMany}.
     */
    public int executeMany(String sql, Iterable<? extends List<? extends @Nullable Object>> batches) {
        try (Cursor cursor = cursor()) {
            return Math.max(0, cursor.executeMany(sql, batches).rowCount());
        }
    }

    /**
     * {@return the rows that {@code sql} returned, run once for each list of parameters, in their order} For the keys of new
     * rows: {@code INSERT INTO label (name) VALUES (%s) RETURNING id}. All or nothing: outside a transaction, with autocommit
     * on, several lists are one of their own. Each list is a round trip.
     */
    public Rows<Row> queryMany(String sql, Iterable<? extends List<? extends @Nullable Object>> batches) {
        List<@Nullable Object[]> lists = new ArrayList<>();
        batches.forEach(batch -> lists.add(batch.toArray()));
        if (lists.size() > 1 && core.executor().isAutocommit()) {
            return atomic(() -> queryEach(sql, lists));
        }
        return queryEach(sql, lists);
    }

    private Rows<Row> queryEach(String sql, List<@Nullable Object[]> lists) {
        List<Row> all = new ArrayList<>();
        lists.forEach(parameters -> all.addAll(query(sql, parameters)));
        return rows(all, sql);
    }

    /** {@return a new cursor} Close it: from its first statement on it keeps the connection leased. */
    public Cursor cursor() {
        return new Cursor(this, around, core.cursor(Row::new));
    }

    /**
     * Puts {@code around} around this wrapper's statements, inside what is there, until the scope is closed, or the unit of
     * work ends in which that was done. Outside a unit nothing else takes it out.
     */
    public ExecuteWrapper.Scope executeWrapper(ExecuteWrapper around) {
        guard.check();
        return this.around.install(around, core.unit().inUnit());
    }

    /** Begins to capture this wrapper's queries, once the connection is there, so that those of a new one are not in it. */
    public CapturedQueries captureQueries() {
        ensureConnection();
        return new CapturedQueries(core.queries().capture(core.unit().inUnit()));
    }

    /** {@return the last queries since {@link #resetQueries()}, as many as the setting {@code queriesLimit} says} */
    public List<ExecutedQuery> queries() {
        guard.check();
        return core.queries().queries().stream().map(ExecutedQuery::new).toList();
    }

    /** Forgets what {@link #queries()} has, as the begin of a unit of work does. */
    public void resetQueries() {
        guard.check();
        core.queries().reset();
    }

    /** Runs {@code block} in a transaction; nested, under a savepoint. */
    public <X extends Throwable> void atomic(AtomicRunnable<X> block) throws X {
        atomic(AtomicOptions.defaults(), block);
    }

    /** Runs {@code block} in a transaction; nested, under a savepoint. */
    public <T extends @Nullable Object, X extends Throwable> T atomic(AtomicCallable<T, X> block) throws X {
        return atomic(AtomicOptions.defaults(), block);
    }

    /** Runs {@code block} in a transaction. */
    public <X extends Throwable> void atomic(AtomicOptions options, AtomicRunnable<X> block) throws X {
        this.<Boolean, X>atomic(options, () -> {
            block.run();
            return true;
        });
    }

    /**
     * Runs {@code block} in a transaction: committed if it returns, rolled back if it throws anything.
     *
     * <p>Two things roll back although the block returns, as in Django: a nested block without a savepoint that failed,
     * its error swallowed, and {@link #close()} inside the block.
     *
     * @throws dev.mooring.error.TransactionManagementException if a failed statement's error was swallowed, or the refusal of
     *     a commit or rollback that a library asked for through JDBC; what the block did is rolled back
     * @throws dev.mooring.error.CommitOutcomeUnknownException if the answer to the commit was lost
     */
    public <T extends @Nullable Object, X extends Throwable> T atomic(AtomicOptions options, AtomicCallable<T, X> block)
            throws X {
        core.open().checkUnambiguous("begin atomic");
        return atomicRunner.run(options, block);
    }

    /** Begins a block of {@link #atomic} for try-with-resources. */
    public AtomicBlock beginAtomic() {
        return beginAtomic(AtomicOptions.defaults());
    }

    /**
     * Begins a block of {@link #atomic} for try-with-resources.
     *
     * @throws IllegalArgumentException if it is to be retried, which takes a lambda
     */
    public AtomicBlock beginAtomic(AtomicOptions options) {
        core.open().checkUnambiguous("begin atomic");
        return atomicRunner.begin(options, core.purposeOfHandle(), origin());
    }

    /**
     * Runs {@code hook} once the outermost block is committed, and never if it is not; at once outside atomic. If it
     * fails, those after it do not run, and whoever committed sees its error although the data is there.
     *
     * @throws dev.mooring.error.TransactionManagementException outside atomic with autocommit off
     */
    public void onCommit(Runnable hook) {
        core.manual().onCommit(hook, false);
    }

    /** Does what {@link #onCommit} does, but an exception out of {@code hook} goes to the log alone. */
    public void onCommitRobust(Runnable hook) {
        core.manual().onCommit(hook, true);
    }

    /** {@return transactions by hand, and the marks of atomic blocks: Django's module of that name} */
    public Transaction transaction() {
        return transaction;
    }

    /** {@return whether this thread is inside {@code atomic}} */
    public boolean inAtomicBlock() {
        return core.state().inAtomic();
    }

    /**
     * {@return what this thread has begun on the database and not ended, a line for each: cursors and streams, holds,
     * atomic blocks, a transaction by hand, execute wrappers, captures of queries, a unit of work} For messages.
     */
    public List<String> unfinished() {
        return core.unfinished();
    }

    /** Keeps the connection leased until the result is closed, or a unit of work begins or ends. */
    public Lease hold() {
        return new Lease(core.hold(origin()));
    }

    /** {@return where the application called this, for what the begin of a unit of work ends; null inside a unit} */
    private @Nullable String origin() {
        return core.unit().inUnit() ? null : CallSite.current();
    }

    /**
     * Says that the session was changed in a way that the layer cannot see, such as inside a stored function: the
     * connection stays with this thread until the unit of work ends, and is reset before anyone else gets it.
     */
    public void pin() {
        core.pin();
    }

    /**
     * Lets other threads use this wrapper, one at a time, until {@link #decThreadSharing()}. Counts. It is for the thread
     * that the wrapper belongs to, or one let in already.
     */
    public void incThreadSharing() {
        guard.allow();
    }

    /** Takes one {@link #incThreadSharing()} back. Whoever is at work may finish it; until then no other thread is served. */
    public void decThreadSharing() {
        guard.disallow();
    }

    /** Throws {@link dev.mooring.error.InterfaceException} if the calling thread may not use this wrapper. */
    public void validateThreadSharing() {
        guard.validate();
    }

    WrapperCore core() {
        return core;
    }

    void beginUnit() {
        core.beginUnit();
    }

    void endUnit() {
        core.endUnit();
    }

    void endUnitOfTransaction() {
        core.endUnitOfTransaction();
    }

    @Override
    public String toString() {
        return "DatabaseWrapper[%s, %s]"
                .formatted(alias(), core.context().backend().engine());
    }
}
