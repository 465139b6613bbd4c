package dev.mooring;

import static java.util.Objects.requireNonNull;

import dev.mooring.Statements.StatementCall;
import dev.mooring.config.DatabaseSettings;
import dev.mooring.config.LeaseScope;
import dev.mooring.error.DatabaseException;
import dev.mooring.error.ErrorKind;
import dev.mooring.pool.CloseReason;
import dev.mooring.pool.Pool;
import dev.mooring.pool.PooledConnection;
import dev.mooring.pool.TurnLock;
import dev.mooring.spi.TransactionControl;
import dev.mooring.spi.TransactionStatus;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One database as seen by one thread: Django's {@code DatabaseWrapper}. Owns the transaction, and holds a connection for
 * as long as the {@linkplain LeaseScope lease scope} says and not longer.
 *
 * <p>Get it from {@link Databases#get()} where it is used, and keep it in a local variable: on another thread it refuses
 * to work, unless {@link #incThreadSharing()} allowed that.
 */
public final class DatabaseWrapper {

    private final Database database;
    private final ThreadWrappers thread;
    private final Pool pool;
    private final ThreadGuard guard;
    private final TransactionState transaction;
    private final CommitHooks hooks = new CommitHooks();
    private final AtomicRunner atomicRunner;
    private final List<Cursor> cursors = new ArrayList<>(1);
    private final List<Lease> leases = new ArrayList<>(1);

    private @Nullable PooledConnection leased;
    private long ticket;
    private @Nullable PooledConnection last;

    /** How many reasons there are to keep the lease: operations, blocks, cursors and holds that are not over. */
    private int holds;

    /** How many blocks and statements under way have the writer's turn. */
    private int turns;

    private @Nullable Thread turnTaker;

    private boolean condemned;
    private boolean healthCheckDue;
    private boolean boundaryDue;

    DatabaseWrapper(Database database, ThreadWrappers thread) {
        this.database = database;
        this.thread = thread;
        this.pool = database.pool();
        this.guard = new ThreadGuard(database.alias());
        this.transaction = new TransactionState("s" + Thread.currentThread().getId());
        this.atomicRunner = new AtomicRunner(this, transaction, hooks, database);
    }

    /** {@return the alias of the database} */
    public String alias() {
        return database.alias();
    }

    /** {@return the settings of the database} */
    public DatabaseSettings settings() {
        return database.settings();
    }

    /**
     * Makes sure that a working connection is there. Under {@link LeaseScope#REQUEST} within a unit of work, and under
     * {@link LeaseScope#THREAD}, it is then held; else it is parked, and this thread's next operation finds it.
     *
     * @throws dev.mooring.error.LeaseTimeoutException if none came free in time
     * @throws dev.mooring.error.OperationalException if the database cannot be reached
     */
    public void ensureConnection() {
        begin();
        end();
    }

    /** {@return the connection held now; null if none is} It is the layer's: do not close it or end its transaction. */
    public @Nullable Connection connection() {
        return leased == null ? null : leased.connection();
    }

    /**
     * Closes the connection that this wrapper holds, or the one it used last if nobody else has it. Inside atomic the
     * transaction is lost: statements fail until the outermost block ends. Commit hooks are dropped.
     */
    public void close() {
        guard.check();
        hooks.clear();
        if (database.holdsTheData()) {
            return;
        }
        transaction.markClosed();
        if (leased != null) {
            drop(transaction.inAtomic() ? CloseReason.CONDEMNED : CloseReason.REQUESTED);
        } else if (last != null) {
            pool.closeIfParked(last);
        }
    }

    /**
     * The boundary of a unit of work: closes the connection that is held if it is too old, and has the next use of it
     * checked. Inside atomic it waits for the outermost block to end: Django closes in mid-transaction there.
     */
    public void closeIfUnusableOrObsolete() {
        guard.check();
        if (leased == null) {
            return;
        }
        if (holds > 0) {
            boundaryDue = true;
            return;
        }
        boundaryDue = false;
        healthCheckDue = settings().connHealthChecks();
        if (condemned || isObsolete(leased)) {
            drop(condemned ? CloseReason.CONDEMNED : CloseReason.EXPIRED);
        }
    }

    /** {@return whether a connection is there that answers} Never throws for a lost one. */
    public boolean isUsable() {
        guard.check();
        return leased != null && !condemned && probe(leased);
    }

    /**
     * {@return the rows that {@code sql} selects, all of them; none if it is a statement that has no rows}
     *
     * <p>Parameters are {@code %s} in the text.
     */
    public List<Row> query(String sql, @Nullable Object... parameters) {
        return run(sql, parameters, statement -> {
            if (!patience().call(statement::execute)) {
                return List.of();
            }
            try (ResultSet rows = statement.getResultSet()) {
                return database.statements().readAll(rows);
            }
        });
    }

    /** {@return how many rows {@code sql} changed} Parameters are {@code %s} in the text. */
    public int execute(String sql, @Nullable Object... parameters) {
        return run(sql, parameters, statement -> {
            if (patience().call(statement::execute)) {
                // Left unread, a result would keep SQLite's read lock for as long as the statement is kept.
                statement.getResultSet().close();
                return 0;
            }
            return Math.max(0, statement.getUpdateCount());
        });
    }

    /** {@return a new cursor} Close it: from its first statement on it keeps the connection leased. */
    public Cursor cursor() {
        guard.validate();
        return new Cursor(this, database.statements());
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
     * @throws dev.mooring.error.TransactionManagementException if a failed statement's error was swallowed
     * @throws dev.mooring.error.CommitOutcomeUnknownException if the answer to the commit was lost
     */
    public <T extends @Nullable Object, X extends Throwable> T atomic(AtomicOptions options, AtomicCallable<T, X> block)
            throws X {
        return atomicRunner.run(options, block);
    }

    /** Runs {@code hook} once the outermost block is committed, and never if it is not; at once outside atomic. */
    public void onCommit(Runnable hook) {
        guard.check();
        requireNonNull(hook, "hook");
        if (transaction.inAtomic()) {
            hooks.add(hook, transaction.activeSavepoints());
        } else {
            hook.run();
        }
    }

    /** {@return whether this thread is inside {@code atomic}} */
    public boolean inAtomicBlock() {
        return transaction.inAtomic();
    }

    /** Keeps the connection leased until the result is closed, or the unit of work ends. */
    public Lease hold() {
        begin();
        Lease lease = new Lease(this);
        leases.add(lease);
        return lease;
    }

    void closed(Lease lease) {
        leases.remove(lease);
        end();
    }

    /**
     * Says that the session was changed in a way that the layer cannot see, such as inside a stored function: the
     * connection stays with this thread until the unit of work ends, and is reset before anyone else gets it.
     */
    public void pin() {
        begin();
        markChanged();
        end();
    }

    private void markChanged() {
        if (leased != null) {
            leased.changed(true);
        }
    }

    /** Lets other threads use this wrapper, one at a time, until {@link #decThreadSharing()}. Counts. */
    public void incThreadSharing() {
        guard.allow(holds > 0);
    }

    /** Takes one {@link #incThreadSharing()} back. */
    public void decThreadSharing() {
        guard.disallow();
    }

    /** Throws {@link dev.mooring.error.InterfaceException} if the calling thread may not use this wrapper. */
    public void validateThreadSharing() {
        guard.validate();
    }

    /** Runs one statement: the way everything but a cursor takes to the driver. */
    private <T> T run(String sql, @Nullable Object[] parameters, StatementCall<T> call) {
        SqlText text = database.statements().read(sql, parameters);
        boolean turn = takeTurn(text);
        try {
            return run(sql, text, parameters, call);
        } finally {
            if (turn) {
                passTurn();
            }
        }
    }

    private <T> T run(String sql, SqlText text, @Nullable Object[] parameters, StatementCall<T> call) {
        PooledConnection held = begin(sql, text);
        try {
            return database.statements().run(held, text, parameters, call);
        } catch (SQLException e) {
            throw failed(e, "run a statement", sql);
        } catch (DatabaseException e) {
            throw e;
        } catch (RuntimeException | Error e) {
            condemn();
            throw e;
        } finally {
            end();
        }
    }

    /** Begins a statement, as {@link #begin()} does, if the transaction can still take one. */
    PooledConnection begin(String sql, SqlText text) {
        transaction.use();
        PooledConnection held = begin();
        held.statement(sql);
        if (!text.leavesSessionAlone()) {
            held.changed(true);
            transaction.markDoubtful();
        }
        return held;
    }

    /** {@return whether a writer's turn was taken for this statement, to be passed on after it} */
    boolean takeTurn(SqlText text) {
        return text.mayWrite() && !transaction.inAtomic() && takeTurn();
    }

    /**
     * Waits for this thread's turn to write, where there is one: before the connection is leased, or waiting writers would
     * keep all of them from the readers.
     *
     * @return whether it was taken, to be passed on
     */
    boolean takeTurn() {
        TurnLock turn = database.turn();
        if (turn == null) {
            return false;
        }
        guard.validate();
        if (turns == 0) {
            if (leased != null && holds == 0 && !isPinned() && settings().leaseScope() == LeaseScope.REQUEST) {
                giveBack(leased);
            }
            turn.acquire(settings().acquireTimeout(), "write to database '" + alias() + "'");
            turnTaker = Thread.currentThread();
        }
        turns++;
        return true;
    }

    Database database() {
        return database;
    }

    /** Refuses a thread that may not use this wrapper, or not now. */
    void check() {
        guard.check();
    }

    LockPatience patience() {
        return database.patience();
    }

    void passTurn() {
        TurnLock turn = database.turn();
        if (--turns == 0 && turn != null && turnTaker != null) {
            turn.release(turnTaker);
            turnTaker = null;
        }
    }

    /** Begins something that needs the connection; every call is followed by one of {@link #end()}. */
    PooledConnection begin() {
        guard.enter();
        boolean begun = false;
        try {
            PooledConnection held = take();
            held.idle(false);
            holds++;
            begun = true;
            return held;
        } finally {
            if (!begun && holds == 0) {
                guard.exit();
            }
        }
    }

    private PooledConnection take() {
        PooledConnection held = leased;
        if (held == null) {
            return lease();
        }
        if (holds == 0) {
            return resume(held);
        }
        checkSound();
        return held;
    }

    void end() {
        if (--holds == 0) {
            try {
                settle();
            } finally {
                guard.exit();
            }
        }
    }

    /** Refuses to use a connection that saw an error which says nothing about what it will answer next. */
    void checkSound() {
        if (condemned && leased != null) {
            throw ErrorKind.OPERATIONAL.exception(
                    "The connection to database '%s' was lost; another takes its place when what holds it has ended"
                            .formatted(alias()));
        }
    }

    void condemn() {
        condemned = true;
        transaction.markForRollback();
    }

    boolean isCondemned() {
        return condemned;
    }

    boolean isBenign(SQLException error) {
        return database.errors().classify(error).isBenign();
    }

    /** {@return what to throw for {@code error}; the connection is condemned unless it is known to be sound} */
    DatabaseException failed(SQLException error, String attempt) {
        transaction.markDoubtful();
        if (!isBenign(error)) {
            condemn();
        }
        return database.errors().translate(error, attempt);
    }

    DatabaseException failed(SQLException error, String attempt, String sql) {
        return failed(error, attempt + " (" + sql + ")");
    }

    void opened(Cursor cursor) {
        cursors.add(cursor);
    }

    void closed(Cursor cursor) {
        cursors.remove(cursor);
    }

    /** The unit of work is over: what was leased for it goes back, cursors and holds left open included. */
    void endUnit() {
        if (transaction.inAtomic()) {
            boundaryDue = true;
            return;
        }
        for (Lease forgotten : List.copyOf(leases)) {
            forgotten.close();
        }
        for (Cursor forgotten : List.copyOf(cursors)) {
            forgotten.close();
        }
        if (leased != null && holds == 0) {
            settle();
        }
        closeIfUnusableOrObsolete();
    }

    private PooledConnection lease() {
        if (transaction.isClosed()) {
            throw ErrorKind.PROGRAMMING.exception(
                    "The connection to database '%s' was closed inside atomic; no other can take its place before the block ends"
                            .formatted(alias()));
        }
        PooledConnection connection = pool.acquire(last);
        leased = connection;
        ticket = connection.ticket();
        last = connection;
        condemned = false;
        if (connection.isNew()) {
            announce();
        }
        return connection;
    }

    private void announce() {
        boolean welcome = false;
        holds++;
        try {
            database.announce(this);
            welcome = true;
            if (leased != null && leased.isChanged()) {
                leased.changed(false);
                leased.customised();
            }
        } finally {
            holds--;
            if (!welcome) {
                drop(condemned ? CloseReason.CONDEMNED : CloseReason.REQUESTED);
            }
        }
    }

    /** Takes up a connection that was held since an earlier operation. */
    private PooledConnection resume(PooledConnection held) {
        boolean lost = guard.isShared() ? !held.handOver(ticket) : !held.isLeasedWith(ticket);
        if (lost) {
            leased = null;
            return lease();
        }
        ticket = held.ticket();
        if (healthCheckDue) {
            healthCheckDue = false;
            if (pool.isRested(held) && !probe(held)) {
                drop(CloseReason.UNUSABLE);
                return lease();
            }
        }
        return held;
    }

    /** Nothing needs the connection any more for now: give it back, or keep it if the scope says so. */
    private void settle() {
        PooledConnection held = leased;
        if (held == null) {
            return;
        }
        if (condemned && !mayLive(held)) {
            drop(CloseReason.CONDEMNED);
        } else if (mayKeep()) {
            held.idle(true);
            pool.rest(held);
            if (boundaryDue) {
                closeIfUnusableOrObsolete();
            }
        } else if (isPerRequest()) {
            drop(CloseReason.EXPIRED);
        } else if (held.isChanged()) {
            wipe(held);
        } else {
            giveBack(held);
        }
    }

    /** Nobody else may see what was changed: if the session cannot be reset, it ends. */
    private void wipe(PooledConnection held) {
        boolean clean = false;
        try {
            clean = !held.isCustomised() && reset(held);
        } finally {
            if (!clean) {
                drop(CloseReason.CHANGED);
            }
        }
        if (clean) {
            held.changed(false);
            giveBack(held);
        }
    }

    private boolean mayKeep() {
        LeaseScope scope = settings().leaseScope();
        return scope == LeaseScope.THREAD || (thread.inUnit() && (scope == LeaseScope.REQUEST || isPinned()));
    }

    private boolean isPinned() {
        return leased != null && leased.isChanged();
    }

    private void giveBack(PooledConnection held) {
        leased = null;
        boundaryDue = false;
        held.idle(true);
        pool.release(held, ticket);
    }

    private void drop(CloseReason reason) {
        PooledConnection held = leased;
        if (held != null) {
            leased = null;
            condemned = false;
            boundaryDue = false;
            pool.close(held, ticket, reason);
        }
    }

    /** A connection that holds the data itself is not given up for an error that it survived. */
    private boolean mayLive(PooledConnection held) {
        condemned = !database.holdsTheData() || !endTransaction(held.connection());
        return !condemned;
    }

    /** {@return whether the connection is out of any transaction now} */
    private boolean endTransaction(Connection connection) {
        TransactionControl control = database.backend().transactionControl();
        try {
            if (control.status(connection) != TransactionStatus.NONE) {
                control.rollback(connection);
            }
            return true;
        } catch (SQLException | RuntimeException e) {
            return false;
        }
    }

    private boolean isPerRequest() {
        return settings().connMaxAge().filter(Duration::isZero).isPresent() && !database.holdsTheData();
    }

    private boolean isObsolete(PooledConnection held) {
        return isPerRequest() || (pool.isExpired(held) && !database.holdsTheData());
    }

    private boolean probe(PooledConnection held) {
        return database.isUsable(held.connection());
    }

    private boolean reset(PooledConnection held) {
        if (database.holdsTheData()) {
            return endTransaction(held.connection());
        }
        try {
            return database.backend().sessionRules().reset(held.connection());
        } catch (SQLException | RuntimeException e) {
            // Whatever went wrong, the answer is the same: nobody else may have this connection.
            return false;
        }
    }
}
