package dev.mooring;

import static java.util.Objects.requireNonNull;

import dev.mooring.config.DatabaseSettings;
import dev.mooring.error.CommitOutcome;
import dev.mooring.error.CommitOutcomeUnknownException;
import dev.mooring.error.ConnectionDoesNotExistException;
import dev.mooring.error.ImproperlyConfiguredException;
import dev.mooring.pool.Clock;
import dev.mooring.pool.Housekeeper;
import dev.mooring.pool.WaitGraph;
import dev.mooring.wrapper.DatabaseContext;
import dev.mooring.wrapper.RegistryContext;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The databases of an application: Django's {@code DATABASES} and {@code connections} in one. Make one, share it between
 * all threads, close it at the end.
 *
 * <pre>{@code
 * Databases databases = Databases.of(DatabaseSettings.fromUrl("sqlite:///shop.db"));
 * try (UnitOfWork unit = databases.unitOfWork()) {
 *     databases.atomic(() -> databases.execute("UPDATE item SET price = price + %s", 1));
 * }
 * }</pre>
 *
 * <p>Methods that name no alias mean {@value DatabaseSettings#DEFAULT_ALIAS}. Connections are opened when first needed.
 */
public final class Databases implements AutoCloseable {

    private static final Duration GRACE = Duration.ofSeconds(5);
    private static final Duration LONGEST_GRACE = Duration.ofDays(365);

    private final Map<String, Database> byAlias;
    private final Database byDefault;
    private final Routers routers;
    private final Housekeeper housekeeper;
    private final Clock clock;
    private final WrappersOfThreads threads = new WrappersOfThreads();

    Databases(DatabasesBuilder builder) {
        BackendRegistry backends = BackendRegistry.with(builder.providers);
        clock = new Clock(builder.nanoTime);
        housekeeper = builder.housekeeper.make(clock);
        RegistryContext shared =
                new RegistryContext(clock, housekeeper, new WaitGraph(), builder.sleeper, builder.redactor::redact);
        Map<String, Database> made = new LinkedHashMap<>();
        for (DatabaseSettings settings : builder.settings.values()) {
            ListenerDispatcher listeners = new ListenerDispatcher(settings.alias(), List.copyOf(builder.listeners));
            DatabaseContext context = DatabaseContext.of(settings, backends.create(settings), shared, listeners);
            made.put(
                    settings.alias(),
                    new Database(new WrapperFactory(context, listeners, List.copyOf(builder.wrappers)), threads::get));
        }
        byAlias = made;
        routers = new Routers(List.copyOf(builder.routers));
        byDefault = using(DatabaseSettings.DEFAULT_ALIAS);
    }

    /** Tells the listeners that these are built. If one throws, nothing stays open. */
    void start() {
        try {
            byAlias.values().forEach(Database::start);
        } catch (Throwable e) {
            close(Duration.ZERO);
            throw e;
        }
    }

    /**
     * {@return the databases that these settings describe}
     *
     * @throws ImproperlyConfiguredException if none is called {@value DatabaseSettings#DEFAULT_ALIAS}, an alias comes
     *     twice, or a backend is missing or refuses its settings
     */
    public static Databases of(DatabaseSettings... settings) {
        DatabasesBuilder builder = builder();
        for (DatabaseSettings each : settings) {
            builder.add(each);
        }
        return builder.build();
    }

    /** {@return a builder without any database yet} */
    public static DatabasesBuilder builder() {
        return new DatabasesBuilder();
    }

    /**
     * {@return the database called {@code alias}}
     *
     * @throws ConnectionDoesNotExistException if there is none
     */
    public Database using(String alias) {
        Database database = byAlias.get(requireNonNull(alias, "alias"));
        if (database == null) {
            throw new ConnectionDoesNotExistException(
                    "No database is configured under the alias '%s'; there are %s".formatted(alias, byAlias.keySet()));
        }
        return database;
    }

    /** {@return the database that routers want the app read from; the default one if none has an opinion} */
    public Database forRead(String app) {
        return using(routers.forRead(requireNonNull(app, "app"), null));
    }

    /** {@return the database that routers want this table read from; the default one if none has an opinion} */
    public Database forRead(String app, String table) {
        return using(routers.forRead(requireNonNull(app, "app"), requireNonNull(table, "table")));
    }

    /** {@return the database that routers want the app written to; the default one if none has an opinion} */
    public Database forWrite(String app) {
        return using(routers.forWrite(requireNonNull(app, "app"), null));
    }

    /** {@return the database that routers want this table written to; the default one if none has an opinion} */
    public Database forWrite(String app, String table) {
        return using(routers.forWrite(requireNonNull(app, "app"), requireNonNull(table, "table")));
    }

    /** {@return whether migrations of {@code app} may change this database; see {@link DatabaseRouter#allowMigrate}} */
    public boolean allowMigrate(String alias, String app, @Nullable String table) {
        return routers.allowMigrate(using(alias).alias(), requireNonNull(app, "app"), table);
    }

    /** {@return the default database for other libraries; see {@link Database#dataSource()}} */
    public DataSource dataSource() {
        return byDefault.dataSource();
    }

    /** {@return the aliases, in the order in which they were configured} */
    public Set<String> aliases() {
        return Collections.unmodifiableSet(byAlias.keySet());
    }

    /** {@return the calling thread's wrapper of the default database, for a local variable} */
    public DatabaseWrapper get() {
        return byDefault.get();
    }

    /**
     * {@return what became of the transaction whose commit got no answer, asked now}
     *
     * <p>It is asked over this thread's wrapper, on whatever connection that holds or leases: the one that broke was given up.
     *
     * <p>It is known on PostgreSQL, if the outermost block was {@link AtomicOptions#resolvable()} and the same server
     * answers; everywhere else it is {@link CommitOutcome#UNKNOWN}. {@link CommitOutcome#IN_PROGRESS} means to ask again:
     * a COMMIT that is still on its way may take effect.
     */
    public CommitOutcome outcome(CommitOutcomeUnknownException error) {
        if (error.alias().isEmpty() || error.transaction().isEmpty()) {
            return CommitOutcome.UNKNOWN;
        }
        Database database = using(error.alias().get());
        return database.backend()
                .transactionControl()
                .outcome(
                        new CursorSqlRunner(database.get()), error.transaction().get());
    }

    /** {@return the calling thread's wrapper of the database {@code alias}, for a local variable} */
    public DatabaseWrapper get(String alias) {
        return using(alias).get();
    }

    /** {@return the rows that {@code sql} selects, all of them} A percent sign is itself. */
    public Rows<Row> query(String sql) {
        return get().query(sql);
    }

    /** {@return the rows that {@code sql} selects, all of them} Parameters are {@code %s}; see {@link DatabaseWrapper#query(String, Object...)}. */
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

    /** Runs {@code block} in a transaction; nested, under a savepoint. */
    public <X extends Throwable> void atomic(AtomicRunnable<X> block) throws X {
        get().atomic(block);
    }

    /** Runs {@code block} in a transaction; nested, under a savepoint. */
    public <T extends @Nullable Object, X extends Throwable> T atomic(AtomicCallable<T, X> block) throws X {
        return get().atomic(block);
    }

    /** Runs {@code block} in a transaction; see {@link DatabaseWrapper#atomic(AtomicOptions, AtomicCallable)}. */
    public <X extends Throwable> void atomic(AtomicOptions options, AtomicRunnable<X> block) throws X {
        get().atomic(options, block);
    }

    /** Runs {@code block} in a transaction; see {@link DatabaseWrapper#atomic(AtomicOptions, AtomicCallable)}. */
    public <T extends @Nullable Object, X extends Throwable> T atomic(AtomicOptions options, AtomicCallable<T, X> block)
            throws X {
        return get().atomic(options, block);
    }

    /** Runs {@code hook} once this thread's outermost block is committed; at once outside atomic. */
    public void onCommit(Runnable hook) {
        get().onCommit(hook);
    }

    /**
     * Runs {@code handler} as a request: in a unit of work, and inside it in an {@code atomic} for each database with the
     * setting {@code atomicRequests}. Whatever it throws rolls all of them back; they commit one after the other.
     */
    public <T extends @Nullable Object, X extends Throwable> T request(AtomicCallable<T, X> handler) throws X {
        return request(Set.of(), handler);
    }

    /** Runs {@code handler} as {@link #request(AtomicCallable)} does. */
    public <X extends Throwable> void request(AtomicRunnable<X> handler) throws X {
        requireNonNull(handler, "handler");
        this.<Boolean, X>request(() -> {
            handler.run();
            return true;
        });
    }

    /**
     * Runs {@code handler} as {@link #request(AtomicCallable)} does, but without the transactions of {@code aliases}, or without any if
     * none is named: Django's {@code non_atomic_requests}.
     *
     * @throws ConnectionDoesNotExistException if there is no such database
     */
    public <T extends @Nullable Object, X extends Throwable> T nonAtomicRequest(
            AtomicCallable<T, X> handler, String... aliases) throws X {
        for (String alias : aliases) {
            using(alias);
        }
        return request(aliases.length == 0 ? byAlias.keySet() : Set.copyOf(List.of(aliases)), handler);
    }

    /** Runs {@code handler} as {@link #nonAtomicRequest(AtomicCallable, String...)} does. */
    public <X extends Throwable> void nonAtomicRequest(AtomicRunnable<X> handler, String... aliases) throws X {
        requireNonNull(handler, "handler");
        this.<Boolean, X>nonAtomicRequest(
                () -> {
                    handler.run();
                    return true;
                },
                aliases);
    }

    private <T extends @Nullable Object, X extends Throwable> T request(
            Set<String> exempt, AtomicCallable<T, X> handler) throws X {
        requireNonNull(handler, "handler");
        try (UnitOfWork unit = unitOfWork()) {
            return Requests.atomic(byAlias.values(), exempt, handler);
        }
    }

    /**
     * Begins a unit of work on this thread; close the result at its end, in every case. Units nest, and the outermost
     * counts: its begin and end are Django's {@code request_started} and {@code request_finished}.
     */
    public UnitOfWork unitOfWork() {
        ThreadWrappers wrappers = threads.get();
        // Made first: a unit that began and that nobody can end would never end.
        UnitOfWork unit = new UnitOfWork(wrappers::endUnit);
        wrappers.beginUnit();
        return unit;
    }

    /** {@return {@code task} with a unit of work around it, on whatever thread it will run} */
    public Runnable inUnitOfWork(Runnable task) {
        requireNonNull(task, "task");
        return () -> {
            try (UnitOfWork unit = unitOfWork()) {
                task.run();
            }
        };
    }

    /** {@return {@code task} with a unit of work around it, on whatever thread it will run} */
    public <T extends @Nullable Object> Callable<T> callInUnitOfWork(Callable<T> task) {
        requireNonNull(task, "task");
        return () -> {
            try (UnitOfWork unit = unitOfWork()) {
                return task.call();
            }
        };
    }

    /** {@return an executor that hands its tasks to {@code executor}, each with a unit of work around it} */
    public Executor inUnitsOfWork(Executor executor) {
        requireNonNull(executor, "executor");
        return task -> executor.execute(inUnitOfWork(task));
    }

    /** Does {@link DatabaseWrapper#closeIfUnusableOrObsolete()} for each alias that this thread has used. */
    public void closeOldConnections() {
        threads.get().forEachCurrent(DatabaseWrapper::closeIfUnusableOrObsolete);
    }

    /** Does {@link DatabaseWrapper#close()} for each alias that this thread has used. */
    public void closeAll() {
        threads.get().forEachCurrent(DatabaseWrapper::close);
    }

    /** Shuts everything down, waiting five seconds for those who are at work. */
    @Override
    public void close() {
        close(GRACE);
    }

    /**
     * Refuses new work, waits as long as {@code grace}, all databases together, for leases in use and for connections that
     * are being opened or closed, then closes every connection. Never throws for a driver that breaks.
     */
    public void close(Duration grace) {
        byAlias.values().forEach(Database::refuse);
        Duration bounded = grace.compareTo(LONGEST_GRACE) < 0 ? grace : LONGEST_GRACE;
        long deadline = clock.exact() + bounded.toNanos();
        byAlias.values().forEach(database -> database.shutDown(Duration.ofNanos(deadline - clock.exact())));
        threads.close();
        housekeeper.stop();
    }
}
