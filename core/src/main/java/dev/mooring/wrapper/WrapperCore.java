package dev.mooring.wrapper;

import dev.mooring.pool.PooledConnection;
import dev.mooring.spi.Feature;
import dev.mooring.statement.Failures;
import dev.mooring.statement.RowMapper;
import dev.mooring.wrapper.EnteredBlock.Purpose;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What one thread has on one database, and all of its mutable state: what a {@code DatabaseWrapper} is without its public API.
 * A connection of the {@code DataSource} may have one of its own. Confined to its thread, which {@link ThreadGuard} checks.
 */
public final class WrapperCore {

    /** Made beforehand, since ending must take no memory. */
    private static final Consumer<UnitParticipant> BEGIN = UnitParticipant::beginUnit;

    private static final Consumer<UnitParticipant> END = UnitParticipant::endUnit;

    private final DatabaseContext context;
    private final UnitDepth unit;
    private final ThreadGuard guard;
    private final TransactionState state;
    private final ConnectionHolder held;
    private final CommitHooks hooks;
    private final QueryLog queries;
    private final AtomicBlocks blocks;
    private final ManualTransaction manual;
    private final StatementExecutor executor;
    private final StatementOperations operations;
    private final OpenResources open;
    private final Streams streams;

    /** Everything that may have something open, in the order in which a unit of work ends it. */
    private final List<UnitParticipant> participants;

    public WrapperCore(DatabaseContext context, UnitDepth unit) {
        String alias = context.alias();
        this.context = context;
        this.unit = unit;
        this.guard = new ThreadGuard(alias);
        this.state = new TransactionState(
                alias,
                Thread.currentThread().getId(),
                context.backend().features().has(Feature.SAVEPOINTS));
        this.open = new OpenResources(alias, guard, state);
        this.held = new ConnectionHolder(context, unit, guard, state, open::closeUnderlying);
        this.hooks = new CommitHooks(alias);
        this.queries = new QueryLog(context, guard);
        WriteLockHolder writeLock = new WriteLockHolder(context, held, guard);
        DriverErrors errors = new DriverErrors(context, state, held);
        TransactionRunner runner = new TransactionRunner(context, state, hooks, held, writeLock, errors, queries);
        this.blocks = new AtomicBlocks(alias, guard, state, hooks, runner);
        this.manual = new ManualTransaction(alias, guard, state, hooks, runner, open);
        this.executor = new StatementExecutor(context, guard, state, runner, held, writeLock, errors, queries);
        this.operations =
                new StatementOperations(executor, open, context.backend().connector());
        this.streams = new Streams(guard, state, blocks);
        this.participants = new ArrayList<>(List.of(streams, open, manual, held, queries));
    }

    /** Has {@code action} run each time that a new connection was leased, before it is used. */
    public void whenConnected(Runnable action) {
        held.whenConnected(action);
    }

    public DatabaseContext context() {
        return context;
    }

    public String alias() {
        return context.alias();
    }

    public UnitDepth unit() {
        return unit;
    }

    /** {@return which thread may use this wrapper, and what is under way there} */
    public ThreadGuard guard() {
        return guard;
    }

    public TransactionState state() {
        return state;
    }

    /** {@return what keeps the connection} */
    public ConnectionHolder held() {
        return held;
    }

    public QueryLog queries() {
        return queries;
    }

    public AtomicBlocks blocks() {
        return blocks;
    }

    public ManualTransaction manual() {
        return manual;
    }

    public StatementExecutor executor() {
        return executor;
    }

    public StatementOperations operations() {
        return operations;
    }

    /** {@return what this thread has opened and not closed} */
    public OpenResources open() {
        return open;
    }

    public Streams streams() {
        return streams;
    }

    /** {@return a new cursor, which makes its rows by {@code mapper}} */
    public <R> CursorCore<R> cursor(RowMapper<R> mapper) {
        guard.validate();
        return new CursorCore<>(alias(), open, streams, blocks, executor, operations, mapper);
    }

    /** {@return what keeps the connection leased until it is closed; see {@link Hold#begin}} */
    public Hold hold(@Nullable String origin) {
        return Hold.begin(guard, held, open, origin);
    }

    /** Closes the connection that this wrapper holds, or the one it used last if nobody else has it. */
    public void close() {
        guard.check();
        if (context.isInMemory()) {
            return;
        }
        hooks.clear();
        held.close();
        manual.closed();
    }

    /** Keeps no connection any more, whatever the lease scope, unless something uses it: this wrapper has served its purpose. */
    public void endLease() {
        guard.check();
        held.endLease();
    }

    /** Does what the boundary of a unit of work does to the connection. */
    public void closeIfUnusableOrObsolete() {
        guard.check();
        held.closeIfUnusableOrObsolete();
    }

    /** {@return whether a connection is there that answers} Never throws for a lost one. */
    public boolean isUsable() {
        guard.check();
        return held.isUsable();
    }

    /** {@return the driver's connection held now; null if none is} */
    public @Nullable Connection driverConnection() {
        return held.connection();
    }

    /** {@return what is leased now; null if nothing is} */
    public @Nullable PooledConnection leased() {
        return held.leased();
    }

    /** Says that the session was changed in a way that the layer cannot see. */
    public void pin() {
        held.retain().dirty(true);
        held.release();
    }

    /** Has {@code participant} end with each unit of work, after all that are there now. */
    public void join(UnitParticipant participant) {
        participants.add(participant);
    }

    /** {@return what was begun and not ended, a line for each} */
    public List<String> unfinished() {
        guard.check();
        List<String> lines = new ArrayList<>();
        participants.forEach(participant -> participant.describe(lines));
        if (unit.inUnit()) {
            lines.add("a unit of work");
        }
        return lines;
    }

    /** {@return what a block of {@code beginAtomic} is for, which decides how it ends if it is forgotten} */
    public Purpose purposeOfHandle() {
        return unit.inUnit() ? Purpose.UNIT : Purpose.HANDLE;
    }

    public void beginUnit() {
        guard.check();
        Failures.runEach(participants, BEGIN);
    }

    /** Ends the unit of work: what was leased for it is released, what was left open included. */
    public void endUnit() {
        guard.check();
        Failures.runEach(participants, END);
    }

    /** Ends the unit of work around a transaction of another library's, whose connection and what it has open are left alone. */
    public void endUnitOfTransaction() {
        guard.check();
        Failures.runEach(participants, UnitParticipant::endUnitOfTransaction);
    }
}
