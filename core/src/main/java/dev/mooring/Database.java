package dev.mooring;

import com.google.common.base.Suppliers;
import dev.mooring.config.DatabaseSettings;
import dev.mooring.error.ErrorKind;
import dev.mooring.pool.WriteLock;
import dev.mooring.spi.Backend;
import dev.mooring.wrapper.DatabaseContext;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * One alias of {@link Databases}, for any thread: each call works through the calling thread's own
 * {@link DatabaseWrapper}.
 */
public final class Database implements DatabaseStatus {

    private final DatabaseContext context;
    private final WrapperFactory wrappers;
    /** Null once shut down: wrappers reach this, and through it the {@code ThreadLocal} that holds them. */
    private volatile @Nullable Supplier<ThreadWrappers> threads;

    private final AtomicBoolean stopped = new AtomicBoolean();

    /** Made when it is first asked for, since it refers to this. */
    private final Supplier<DataSource> dataSource = Suppliers.memoize(() -> new DatabaseDataSource(this));

    Database(WrapperFactory wrappers, Supplier<ThreadWrappers> threads) {
        this.context = wrappers.context();
        this.wrappers = wrappers;
        this.threads = threads;
    }

    @Override
    public String alias() {
        return context.alias();
    }

    @Override
    public DatabaseSettings settings() {
        return context.settings();
    }

    /** {@return the backend} */
    public Backend backend() {
        return context.backend();
    }

    /** {@return the calling thread's wrapper, for a local variable} */
    public DatabaseWrapper get() {
        return thread().get(wrappers);
    }

    private ThreadWrappers thread() {
        Supplier<ThreadWrappers> present = threads;
        if (present == null) {
            throw ErrorKind.INTERFACE.exception(
                    "Database '%s' is shut down and hands out no connections".formatted(alias()));
        }
        return present.get();
    }

    /**
     * Sets aside what this thread has under way here, its transaction above all, until the result is closed. Meanwhile what the
     * thread does, through this class or {@link #dataSource()}, is done on another connection, as if nothing were open, and is a
     * unit of work of its own. For transaction managers that know a transaction beside another one; it is
     * {@code REQUIRES_NEW} and {@code NOT_SUPPORTED} in Spring. What is set aside keeps its connection and its locks: a
     * thread that waits for them waits for itself. The end of the unit of work around it resumes what was forgotten.
     *
     * @throws dev.mooring.error.NotSupportedException if the database is in memory, and its only connection is in use by what
     *     would be set aside
     */
    public Suspension suspend() {
        ThreadWrappers thread = thread();
        requireSecondConnection(thread.get(wrappers));
        return new Suspension(alias(), thread, thread.suspend(wrappers, () -> true));
    }

    /**
     * Does what {@link #suspend()} does, but only as long as {@code condition} says so: while it is false, the thread's calls belong
     * to what it has under way, as if that were not set aside. It is asked at each call, on this thread, and must not use this
     * database. For transaction managers that are told of a suspension which may be that of another database's transaction.
     *
     * <p>On a database in memory, calls throw {@link dev.mooring.error.NotSupportedException} while {@code condition} is true and
     * what is set aside uses the only connection.
     */
    public Suspension suspendWhile(BooleanSupplier condition) {
        ThreadWrappers thread = thread();
        DatabaseWrapper current = thread.get(wrappers);
        BooleanSupplier possible = () -> {
            boolean isSetAside = condition.getAsBoolean();
            if (isSetAside) {
                requireSecondConnection(current);
            }
            return isSetAside;
        };
        return new Suspension(alias(), thread, thread.suspend(wrappers, possible));
    }

    private void requireSecondConnection(DatabaseWrapper suspended) {
        if (context.isInMemory() && suspended.core().driverConnection() != null) {
            throw ErrorKind.NOT_SUPPORTED.exception(
                    ("Could not suspend the transaction on database '%s': it is in memory and has one connection,"
                                    + " which the transaction is using. Use a database in a file")
                            .formatted(alias()));
        }
    }

    /**
     * Begins a unit of work around a transaction of another library's, which has begun or is about to on a connection of
     * {@link #dataSource()}. Units of work that begin inside are parts of it, as of any other. But what is open when this one begins
     * or ends is left as it is, above all that library's connection, which it closes in its own time. For transaction managers;
     * close the result on this thread when the transaction has ended.
     */
    public UnitOfWork unitOfTransaction() {
        ThreadWrappers thread = thread();
        UnitOfWork unit = new UnitOfWork(thread::endUnitOfTransaction);
        thread.beginUnitOfTransaction();
        return unit;
    }

    /** {@return the rows that {@code sql} selects, all of them} A percent sign is itself. */
    public Rows<Row> query(String sql) {
        return get().query(sql);
    }

    /** {@return the rows that {@code sql} selects, all of them} Parameters are {@code %s}, also if there are none. */
    public Rows<Row> query(String sql, @Nullable Object... parameters) {
        return get().query(sql, parameters);
    }

    /** {@return the rows that {@code sql} selects, each as a {@code type}; see {@link DatabaseWrapper#query(Class, String)}} A percent sign is itself. */
    public <T> Rows<T> query(Class<T> type, String sql) {
        return get().query(type, sql);
    }

    /** {@return the rows that {@code sql} selects, each as a {@code type}; see {@link DatabaseWrapper#query(Class, String)}} Parameters are {@code %s}. */
    public <T> Rows<T> query(Class<T> type, String sql, @Nullable Object... parameters) {
        return get().query(type, sql, parameters);
    }

    /** {@return the rows, fetched in chunks while they are read} Close it. A percent sign is itself. */
    public Stream<Row> stream(String sql) {
        return get().stream(sql);
    }

    /** {@return the rows, fetched in chunks while they are read; see {@link DatabaseWrapper#stream(String, Object...)}} Close it. */
    public Stream<Row> stream(String sql, @Nullable Object... parameters) {
        return get().stream(sql, parameters);
    }

    /** {@return how many rows {@code sql} changed} A percent sign is itself. */
    public int execute(String sql) {
        return get().execute(sql);
    }

    /** {@return how many rows {@code sql} changed} Parameters are {@code %s}; see {@link DatabaseWrapper#query(String, Object...)}. */
    public int execute(String sql, @Nullable Object... parameters) {
        return get().execute(sql, parameters);
    }

    /** {@return how many rows {@code sql} changed, run once for each list of parameters; see {@link DatabaseWrapper#executeMany}} */
    public int executeMany(String sql, Iterable<? extends List<? extends @Nullable Object>> batches) {
        return get().executeMany(sql, batches);
    }

    /** {@return the rows that {@code sql} returned, run once for each list of parameters; see {@link DatabaseWrapper#queryMany}} */
    public Rows<Row> queryMany(String sql, Iterable<? extends List<? extends @Nullable Object>> batches) {
        return get().queryMany(sql, batches);
    }

    /** {@return a new cursor of the calling thread; see {@link DatabaseWrapper#cursor()}} Close it. */
    public Cursor cursor() {
        return get().cursor();
    }

    /** Runs {@code block} in a transaction; nested, under a savepoint. */
    public <X extends Throwable> void atomic(AtomicRunnable<X> block) throws X {
        get().atomic(block);
    }

    /** Runs {@code block} in a transaction; nested, under a savepoint. */
    public <T extends @Nullable Object, X extends Throwable> T atomic(AtomicCallable<T, X> block) throws X {
        return get().atomic(block);
    }

    /** Runs {@code block} in a transaction. */
    public <X extends Throwable> void atomic(AtomicOptions options, AtomicRunnable<X> block) throws X {
        get().atomic(options, block);
    }

    /** Runs {@code block} in a transaction; see {@link DatabaseWrapper#atomic(AtomicOptions, AtomicCallable)}. */
    public <T extends @Nullable Object, X extends Throwable> T atomic(AtomicOptions options, AtomicCallable<T, X> block)
            throws X {
        return get().atomic(options, block);
    }

    /** Begins a block of {@code atomic} for try-with-resources. */
    public AtomicBlock beginAtomic() {
        return get().beginAtomic();
    }

    /** Begins a block of {@code atomic} for try-with-resources; see {@link DatabaseWrapper#beginAtomic(AtomicOptions)}. */
    public AtomicBlock beginAtomic(AtomicOptions options) {
        return get().beginAtomic(options);
    }

    /** Runs {@code hook} once this thread's outermost block is committed; at once outside atomic. */
    public void onCommit(Runnable hook) {
        get().onCommit(hook);
    }

    /** Does what {@link #onCommit} does, but an exception out of {@code hook} goes to the log alone. */
    public void onCommitRobust(Runnable hook) {
        get().onCommitRobust(hook);
    }

    /** {@return whether the calling thread is in a block of {@code atomic} here} */
    public boolean inAtomicBlock() {
        return get().inAtomicBlock();
    }

    /** {@return the calling thread's transactions by hand, for a local variable} */
    public Transaction transaction() {
        return get().transaction();
    }

    /** Keeps the calling thread's connection leased until the result is closed; see {@link DatabaseWrapper#hold()}. */
    public Lease hold() {
        return get().hold();
    }

    /** Puts {@code around} around the calling thread's statements; see {@link DatabaseWrapper#executeWrapper}. */
    public ExecuteWrapper.Scope executeWrapper(ExecuteWrapper around) {
        return get().executeWrapper(around);
    }

    /** Begins to capture the calling thread's queries; see {@link DatabaseWrapper#captureQueries()}. */
    public CapturedQueries captureQueries() {
        return get().captureQueries();
    }

    /**
     * {@return this database for other libraries: jOOQ, Jdbi, Spring, Flyway, Hibernate} Share it; there is no need to close
     * it. What each library can do with it, and how to set it up, is in docs/libraries.md.
     *
     * <p>A connection taken inside {@code atomic} joins it. It cannot end it: {@code commit}, {@code rollback} and
     * {@code setAutoCommit(true)} throw, and the block is then rolled back. Savepoints can be used.
     *
     * <p>Outside, a thread's first connection is that thread's own: what the thread does besides, through this class or
     * {@code atomic}, is done in the same session and in the connection's transaction. While it is open, others are
     * connections of their own; a database in memory has but one.
     *
     * <p>A connection leases when it first needs the driver, and lets go when it is closed or the unit of work ends. One
     * thread after the other may use it, and any may close it; {@code abort} and {@code Statement.cancel} may be called while
     * another thread uses it. Errors of the driver come out as they are, others as a {@link java.sql.SQLException} with ours
     * as its cause.
     */
    public DataSource dataSource() {
        return dataSource.get();
    }

    /** {@return what tells of the tables} */
    public Introspection introspection() {
        return new Introspection(alias(), backend().introspector(), this::get);
    }

    /** {@return what empties tables, numbers their rows and checks them} */
    public Maintenance maintenance() {
        return new Maintenance(backend(), introspection(), this::get);
    }

    /** {@return the names of the tables, sorted} */
    public List<String> tableNames() {
        return introspection().tableNames();
    }

    /**
     * Has each connection that is open now replaced by a new one, and interrupts nobody: a connection that no thread uses is
     * closed at once, any other when its lease ends, as one that has reached {@code connMaxAge}. Use it after the password was
     * changed, or when a name leads to another server. HikariCP calls it by the same name.
     *
     * <p>A lease that begins during the call may still get a connection from before. With the lease scope {@code THREAD} a
     * thread keeps its connection until its next unit of work begins or ends. A database in memory keeps its only one, which
     * holds the data.
     */
    public void softEvictConnections() {
        context.pool().expireAll();
    }

    @Override
    public ConnectionCounts counts() {
        return ConnectionCounts.of(
                context.pool().counts(), context.connections().unclosed());
    }

    @Override
    public List<ConnectionInfo> connections() {
        return context.pool().connections().stream().map(ConnectionInfo::of).toList();
    }

    @Override
    public List<String> holders() {
        return context.pool().holders();
    }

    /** {@return the names of the database and its engine} */
    @Override
    public String toString() {
        return "Database[" + alias() + ", " + backend().engine() + "]";
    }

    /** {@return what the wrappers of this database share} */
    DatabaseContext context() {
        return context;
    }

    WrapperFactory wrappers() {
        return wrappers;
    }

    /** Tells the listeners that this is built. */
    void start() {
        wrappers.listeners().started(this);
    }

    void refuse() {
        context.pool().refuse();
        WriteLock writeLock = context.writeLock();
        if (writeLock != null) {
            writeLock.wakeAll();
        }
    }

    void shutDown(Duration grace) {
        context.pool().shutDown(grace);
        threads = null;
        if (stopped.compareAndSet(false, true)) {
            wrappers.listeners().stopped(this);
        }
    }
}
