package dev.mooring.pool;

import dev.mooring.config.DatabaseSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Hands out the connections of one database: to a thread the one it had last if that is still parked, else any that is
 * parked, else one that a dead thread left behind, else a new one if the cap allows, else the next one to come free.
 *
 * <p>A released connection is handed to the first waiter, unless it was handed to a waiter within the last
 * {@link #HANDOFF_INTERVAL}: then any thread may take it, because strict order would make every lease a switch of threads.
 *
 * <p>Thread-safe.
 */
public final class Pool implements Awaited {

    /** How long after a handoff a connection may be taken out of order, in nanoseconds. */
    static final long HANDOFF_INTERVAL = TimeUnit.MICROSECONDS.toNanos(500);

    private static final long VERIFY_INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final DatabaseSettings settings;
    private final ConnectionSource source;
    private final Clock clock;
    private final OpenConnections connections;
    private final WaitQueue<PooledConnection> queue = new WaitQueue<>();
    private final PoolStatistics statistics;
    private final Lifecycle lifecycle;
    private final Validator validator;
    private final Reclaimer reclaimer;
    private final AcquireQueue acquireQueue;
    private final LeaseHolders holders;
    private final Sweep sweep;
    private final @Nullable Supplier<LeaseTrace> tracer;
    private final boolean closesAfterUse;

    /** Makes a pool with nothing in it. */
    public Pool(
            DatabaseSettings settings, ConnectionSource source, Clock clock, WaitGraph waits, PoolListener listener) {
        this(settings, source, clock, waits, listener, LeaseTrace::new);
    }

    /** @param tracer what makes the traces, if the settings want any */
    Pool(
            DatabaseSettings settings,
            ConnectionSource source,
            Clock clock,
            WaitGraph waits,
            PoolListener listener,
            Supplier<LeaseTrace> tracer) {
        this.settings = settings;
        this.source = source;
        this.clock = clock;
        this.tracer = settings.traceLeases() ? tracer : null;
        closesAfterUse = settings.connMaxAge().filter(Duration::isZero).isPresent();
        statistics = new PoolStatistics(listener);
        Opener opener = new Opener(settings, source, clock, statistics);
        connections = new OpenConnections(settings.maxConnections().orElse(Integer.MAX_VALUE));
        lifecycle = new Lifecycle(settings, source, opener, connections, queue, statistics);
        validator = new Validator(settings, source, clock, connections, lifecycle);
        reclaimer =
                new Reclaimer(settings, source, clock, connections, lifecycle, validator, statistics, Thread::isAlive);
        acquireQueue =
                new AcquireQueue(settings, clock, opener, connections, lifecycle, validator, queue, waits, statistics);
        holders = new LeaseHolders(connections.all(), clock);
        sweep = new Sweep(settings, clock, connections, lifecycle, reclaimer, holders, queue);
    }

    /** {@return a connection, leased to the calling thread} As the other method, without anything to do before a wait. */
    public PooledConnection acquire(@Nullable PooledConnection last) {
        return acquire(last, () -> {});
    }

    /**
     * {@return a connection, leased to the calling thread}
     *
     * @param last the connection this thread had last, if any
     * @param beforeWait is run if the thread has to wait for a connection of another one
     * @throws dev.mooring.error.LeaseTimeoutException if none came free in time, or never could
     * @throws dev.mooring.error.DatabaseException if one had to be opened and could not be
     */
    public PooledConnection acquire(@Nullable PooledConnection last, Runnable beforeWait) {
        Thread thread = Thread.currentThread();
        // Calls come before the lease: on a full stack, a failing call would lose it.
        LeaseTrace trace = tracer == null ? null : tracer.get();
        long now = clock.coarse();
        PooledConnection found = findFresh(last, thread, now);
        if (found == null) {
            found = acquireWithin(clock.exact(), last, thread, beforeWait);
        }
        if (trace != null) {
            found.trace(trace);
        }
        return found;
    }

    /** {@return a connection that needs no validation; null if there is none} Reads no clock. */
    private @Nullable PooledConnection findFresh(@Nullable PooledConnection last, Thread thread, long now) {
        if (last != null) {
            if (last.needsValidation(now)) {
                return null;
            }
            if (last.tryLease(thread, now)) {
                return last;
            }
        }
        if (lifecycle.isShut()) {
            return null;
        }
        for (PooledConnection connection : connections.all()) {
            if (!connection.needsValidation(now)) {
                if (connection.tryLease(thread, now)) {
                    return connection;
                }
            } else if (Leasable.isParked(connection.state())) {
                return null;
            }
        }
        return null;
    }

    /** Everything that may block is bounded from {@code start} on: validation, attempts to open, the wait. */
    private PooledConnection acquireWithin(
            long start, @Nullable PooledConnection last, Thread thread, Runnable beforeWait) {
        PooledConnection found;
        if (last != null && last.tryLease(thread, clock.coarse())) {
            found = validator.validate(last, start);
        } else {
            found = lifecycle.isShut() ? null : findOrOpen(thread, start);
        }
        if (found == null) {
            beforeWait.run();
            found = acquireQueue.await(this, thread, start);
        }
        return found;
    }

    /** Ends a lease; the connection is parked, handed on or, if too old, closed. Does nothing if the lease was lost. */
    public void release(PooledConnection connection, long ticket) {
        long now = clock.coarse();
        boolean shut = lifecycle.isShut();
        if (shut || connection.isExpired(now)) {
            close(connection, ticket, shut ? CloseReason.SHUT_DOWN : CloseReason.EXPIRED);
            return;
        }
        long validateAfter = validator.dueAt(connection, now);
        boolean passed = false;
        try {
            passed = !queue.isEmpty() && handOff(connection, ticket, validateAfter);
        } finally {
            // After an Error, too: the lease is released in any case.
            if (!passed) {
                park(connection, ticket, validateAfter);
            }
        }
    }

    private void park(PooledConnection connection, long ticket, long validateAfter) {
        if (connection.park(ticket, validateAfter)) {
            if (!queue.isEmpty()) {
                queue.signalHead();
            }
            // Looked at once more, because whoever ends all connections looks for parked ones after saying so.
            if (lifecycle.isShut()) {
                lifecycle.closeIfParked(connection, CloseReason.SHUT_DOWN);
            } else if (connection.isExpired(clock.coarse())) {
                lifecycle.closeIfParked(connection, CloseReason.EXPIRED);
            }
        }
    }

    /** Ends a lease by closing the connection. Does nothing if the lease was lost. */
    public void close(PooledConnection connection, long ticket, CloseReason reason) {
        lifecycle.close(connection, ticket, reason);
    }

    /** Closes a connection if it is parked and nobody has claimed it. */
    public void closeIfParked(PooledConnection connection) {
        lifecycle.closeIfParked(connection, CloseReason.REQUESTED);
    }

    /**
     * Has each connection that is open now replaced: one that nobody uses is closed at once, any other as one that is too old.
     * One in memory is kept, because it holds the data.
     */
    public void expireAll() {
        if (source.isInMemory()) {
            return;
        }
        long now = clock.coarse();
        for (PooledConnection connection : connections.all()) {
            connection.expire(now);
            lifecycle.closeIfParked(connection, CloseReason.EXPIRED);
        }
    }

    /** Notes that the thread that holds a connection does not use it for now. */
    public void scheduleValidation(PooledConnection connection) {
        connection.validateAfter(validator.dueAt(connection, clock.coarse()));
    }

    /** {@return whether a connection was idle for so long that it should be validated} */
    public boolean isValidationDue(PooledConnection connection) {
        return connection.needsValidation(clock.coarse());
    }

    /**
     * {@return whether it is due to check that a connection still leads to its database} Twice a second, and whenever
     * what was written through it is {@code committed}.
     */
    public boolean isVerificationDue(PooledConnection connection, boolean committed) {
        return connection.isVerificationDue(committed, clock.coarse(), VERIFY_INTERVAL_NANOS);
    }

    /** {@return whether a connection is closed after each use, as a maximum age of zero says} */
    public boolean closesAfterUse() {
        return closesAfterUse;
    }

    /** {@return whether a connection is too old by the exact clock} */
    public boolean isExpired(PooledConnection connection) {
        return connection.isExpired(clock.exact());
    }

    /** {@return the figures now} */
    public PoolCounts counts() {
        return connections.counts(queue.size(), statistics);
    }

    /** {@return the open connections, in the order in which they were opened} */
    public List<ConnectionSnapshot> connections() {
        long now = clock.exact();
        List<ConnectionSnapshot> open = new ArrayList<>();
        for (PooledConnection connection : connections.all()) {
            if (!Leasable.isClosed(connection.state())) {
                open.add(ConnectionSnapshot.of(connection, now));
            }
        }
        open.sort(Comparator.comparingLong(ConnectionSnapshot::number));
        return open;
    }

    /** {@return a line for each leased connection: its thread, for how long, and its last statement} */
    public List<String> holders() {
        return holders.describe();
    }

    /** Refuses further leases from now on. */
    public void refuse() {
        lifecycle.shut();
    }

    /** Does nothing unless further leases are refused, which is an error then. */
    public void refuseIfShut() {
        lifecycle.refuseIfShut();
    }

    /** Refuses further leases, waits for the current ones, then closes everything. Safe to call twice. */
    public void shutDown(Duration grace) {
        new ShutDown(settings.alias(), clock, connections, lifecycle, this::holders).run(grace);
    }

    /** Interrupts the calls that take too long; for the housekeeper. */
    void interruptOverdue() {
        for (PooledConnection connection : connections.all()) {
            connection.interruptIfOverdue(source);
        }
    }

    /** Takes back what dead threads left and closes what is too old or of no use to anybody; for the housekeeper. */
    void sweep() {
        sweep.run();
    }

    String alias() {
        return settings.alias();
    }

    int permits() {
        return connections.permits();
    }

    @Override
    public List<Holding> holdings(Predicate<Thread> asleep) {
        if (connections.mayGrow() || lifecycle.isShut()) {
            return List.of();
        }
        List<Holding> holdings = new ArrayList<>(0);
        for (PooledConnection connection : connections.all()) {
            long lease = connection.state();
            Thread owner = Leasable.isLeased(lease) ? connection.owner() : null;
            if (owner == null || !asleep.test(owner)) {
                return List.of();
            }
            holdings.add(new Holding(owner, () -> connection.isLeasedWith(lease)));
        }
        // A permit without a connection belongs to one that is being opened.
        return holdings.size() == connections.permits() ? holdings : List.of();
    }

    @Override
    public boolean isStuck(Waiter<?> waiter) {
        return queue.isStuck(waiter);
    }

    /**
     * {@return whether it was handed to the first waiter} Without parking it, because a running thread would take it before the
     * waiter wakes up.
     */
    private boolean handOff(PooledConnection connection, long ticket, long validateAfter) {
        long now = clock.exact();
        return now - connection.lastHandoffAt() > HANDOFF_INTERVAL
                && queue.handOff(connection, newOwner -> connection.transfer(ticket, newOwner, now, validateAfter));
    }

    /** {@return a connection that is parked, reclaimed or newly opened; null if that needs a wait} */
    @Nullable
    PooledConnection findOrOpen(Thread thread, long start) {
        PooledConnection found = findParked(thread, start);
        if (found == null) {
            found = reclaimer.find(thread, start);
        }
        return found == null && connections.reserve() ? lifecycle.openReserved(thread, start) : found;
    }

    private @Nullable PooledConnection findParked(Thread thread, long start) {
        long now = clock.coarse();
        for (PooledConnection connection : connections.all()) {
            boolean attention = connection.needsValidation(now);
            if (connection.tryLease(thread, now)) {
                return attention ? validator.validate(connection, start) : connection;
            }
        }
        return null;
    }
}
