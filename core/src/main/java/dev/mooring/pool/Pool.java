package dev.mooring.pool;

import dev.mooring.config.DatabaseSettings;
import dev.mooring.error.DatabaseException;
import dev.mooring.error.ErrorKind;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands out the connections of one database: to a thread the one it had last if that is still parked, else any that is
 * parked, else one that a dead thread left behind, else a new one if the cap allows, else the next one to come free.
 *
 * <p>A connection that comes free goes straight to the first waiter, unless a waiter got it within the last
 * {@link #BARGING_NANOS}: then whoever is quickest has it, for strict order alone makes every hand-out a change of threads.
 *
 * <p>Any thread.
 */
public final class Pool implements Awaited {

    private static final Logger LOG = LoggerFactory.getLogger("dev.mooring.pool");

    /** How long a connection, once given to a waiter, may pass the others by. */
    static final long BARGING_NANOS = TimeUnit.MICROSECONDS.toNanos(500);

    /** A dead thread wakes nobody, so the first waiter looks for one now and then. */
    static final long LOOK_AROUND_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final DatabaseSettings settings;
    private final ConnectionSource source;
    private final Clock clock;
    private final OpenConnections connections;
    private final Opener opener;
    private final WaitGraph waits;
    private final WaitQueue<PooledConnection> queue = new WaitQueue<>();
    private final PoolStatistics statistics;
    private final boolean probes;
    private final long probeAfter;
    private final long idleTimeout;
    private final boolean traces;
    private volatile boolean closed;

    /** Makes a pool with nothing in it. */
    public Pool(
            DatabaseSettings settings, ConnectionSource source, Clock clock, WaitGraph waits, PoolListener listener) {
        this.settings = settings;
        this.source = source;
        this.clock = clock;
        this.waits = waits;
        this.statistics = new PoolStatistics(listener);
        this.connections = new OpenConnections(settings.maxConnections().orElse(Integer.MAX_VALUE));
        this.opener = new Opener(settings, source, clock);
        this.probes = settings.connHealthChecks();
        this.probeAfter = probes ? settings.healthCheckIdle().toNanos() : Opener.FOR_EVER;
        this.idleTimeout = settings.idleTimeout().map(Duration::toNanos).orElse(Opener.FOR_EVER);
        this.traces = settings.traceLeases();
    }

    /**
     * {@return a connection, leased to the calling thread}
     *
     * @param last the connection this thread had last, if any
     * @throws dev.mooring.error.LeaseTimeoutException if none came free in time, or never could
     * @throws dev.mooring.error.DatabaseException if one had to be opened and could not be
     */
    public PooledConnection acquire(@Nullable PooledConnection last) {
        Thread thread = Thread.currentThread();
        long now = clock.coarse();
        PooledConnection found;
        if (last != null && last.tryLease(thread, now)) {
            found = last.needsAttention(now) ? attend(last) : last;
        } else {
            found = closed ? null : findOrOpen(thread);
        }
        if (found == null) {
            found = await(thread);
        }
        if (traces) {
            found.trace(new LeaseTrace());
        }
        return found;
    }

    /** Ends a lease; the connection is parked, handed on or, if too old, closed. Does nothing if the lease was lost. */
    public void release(PooledConnection connection, long ticket) {
        long now = clock.coarse();
        if (connection.isExpired(now) || closed) {
            close(connection, ticket, closed ? CloseReason.SHUT_DOWN : CloseReason.EXPIRED);
            return;
        }
        long attentionAt = attentionAt(connection, now);
        if (!queue.isEmpty() && passOn(connection, ticket, attentionAt)) {
            return;
        }
        if (connection.park(ticket, attentionAt)) {
            if (!queue.isEmpty()) {
                queue.signalHead();
            }
            if (closed) {
                closeIfParked(connection, CloseReason.SHUT_DOWN);
            }
        }
    }

    /** Ends a lease by closing the connection. Does nothing if the lease was lost. */
    public void close(PooledConnection connection, long ticket, CloseReason reason) {
        if (connection.retire(ticket)) {
            discard(connection, reason);
        }
    }

    /** Closes a connection if it is parked and nobody has claimed it. */
    public void closeIfParked(PooledConnection connection) {
        closeIfParked(connection, CloseReason.REQUESTED);
    }

    /** Notes that a connection is not needed for now by the thread that keeps it leased. */
    public void rest(PooledConnection connection) {
        connection.attentionAt(attentionAt(connection, clock.coarse()));
    }

    /** {@return whether a connection has rested for so long that it should be probed} */
    public boolean isRested(PooledConnection connection) {
        return connection.needsAttention(clock.coarse());
    }

    /** {@return whether a connection is too old by the exact clock} */
    public boolean isExpired(PooledConnection connection) {
        return connection.isExpired(clock.exact());
    }

    /** {@return the figures now} */
    public PoolCounts counts() {
        return connections.counts(queue.size(), statistics);
    }

    /** {@return who holds a connection now, since when, and what was done with it last: a line for each} */
    public List<String> holders() {
        return exhaustion().all();
    }

    /** Refuses further leases, waits for the present ones, then closes everything. Safe to call twice. */
    public void shutDown(Duration grace) {
        closed = true;
        queue.signalHead();
        long deadline = clock.exact() + grace.toNanos();
        for (PooledConnection connection : connections.all()) {
            closeIfParked(connection, CloseReason.SHUT_DOWN);
        }
        boolean interrupted = false;
        while (connections.hasBusy() && clock.exact() - deadline < 0) {
            LockSupport.parkNanos(this, TimeUnit.MILLISECONDS.toNanos(5));
            interrupted |= Thread.interrupted();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        connections.all().forEach(this::closeForGood);
    }

    private void closeForGood(PooledConnection connection) {
        long seen = connection.state();
        while (!PooledConnection.isClosed(seen)) {
            if (connection.retire(seen)) {
                boolean atWork = PooledConnection.isLeased(seen) && !connection.isIdle();
                discard(connection, atWork ? CloseReason.ABANDONED : CloseReason.SHUT_DOWN);
            }
            seen = connection.state();
        }
    }

    /** Interrupts the calls that take too long; for the keeper. */
    void interruptOverdue() {
        for (PooledConnection connection : connections.all()) {
            connection.interruptIfOverdue(source);
        }
    }

    /** Takes back what dead threads left and closes what is too old or of no use to anybody; for the keeper. */
    void sweep() {
        long now = clock.coarse();
        for (PooledConnection connection : connections.all()) {
            long seen = connection.state();
            long untouchedSince = connection.untouchedSince(seen, now);
            if (PooledConnection.isParked(seen) && connection.isExpired(now)) {
                closeParked(connection, seen, CloseReason.EXPIRED);
            } else if (PooledConnection.isParked(seen) && now - untouchedSince >= idleTimeout) {
                closeParked(connection, seen, CloseReason.IDLE);
            } else if (PooledConnection.isParked(seen)) {
                connection.forgetOwner(seen);
            } else if (isAbandoned(connection, seen)) {
                takeBack(connection, seen);
            }
        }
        // Whoever is first has perhaps become so by the end of one that was not there to wake it.
        queue.signalHead();
    }

    int places() {
        return connections.places();
    }

    @Override
    public List<Holding> holdings(Predicate<Thread> asleep) {
        List<Holding> holdings = new ArrayList<>();
        if (connections.mayGrow() || closed) {
            return List.of();
        }
        for (PooledConnection connection : connections.all()) {
            long lease = connection.state();
            Thread owner = PooledConnection.isLeased(lease) ? connection.owner() : null;
            if (owner == null || !asleep.test(owner)) {
                return List.of();
            }
            holdings.add(new Holding(owner, () -> connection.isLeasedWith(lease)));
        }
        // A place without a connection is one that somebody is about to open.
        return holdings.size() == connections.places() ? holdings : List.of();
    }

    @Override
    public boolean isStuck(Waiter<?> waiter) {
        return queue.isStuck(waiter);
    }

    /**
     * {@return whether the first waiter has it now} Out of hand into hand: parked for a moment, somebody quicker would have it
     * again and again.
     */
    private boolean passOn(PooledConnection connection, long ticket, long attentionAt) {
        long now = clock.exact();
        return now - connection.passedOnAt() > BARGING_NANOS
                && queue.handOver(connection, heir -> connection.transfer(ticket, heir, now, attentionAt));
    }

    private @Nullable PooledConnection findOrOpen(Thread thread) {
        PooledConnection found = findParked(thread);
        if (found == null) {
            found = findAbandoned(thread);
        }
        return found == null && connections.reserve() ? openReserved(thread) : found;
    }

    private @Nullable PooledConnection findParked(Thread thread) {
        long now = clock.coarse();
        for (PooledConnection connection : connections.all()) {
            if (connection.tryLease(thread, now)) {
                return connection.needsAttention(now) ? attend(connection) : connection;
            }
        }
        return null;
    }

    private @Nullable PooledConnection findAbandoned(Thread thread) {
        for (PooledConnection connection : connections.all()) {
            long seen = connection.state();
            boolean reusable = connection.isReusable();
            if (isAbandoned(connection, seen) && takeOver(connection, seen, thread)) {
                return reusable || isSalvaged(connection)
                        ? attend(connection)
                        : replace(connection, CloseReason.ABANDONED);
            }
        }
        return null;
    }

    /** Ends the lease of a dead thread, and with it the connection unless the data would be gone too. */
    private void takeBack(PooledConnection connection, long seen) {
        if (source.holdsTheData()) {
            boolean reusable = connection.isReusable();
            if (takeOver(connection, seen, Thread.currentThread())) {
                if (reusable || isSalvaged(connection)) {
                    release(connection, connection.ticket());
                } else {
                    close(connection, connection.ticket(), CloseReason.ABANDONED);
                }
            }
            return;
        }
        Thread owner = connection.owner();
        if (connection.retire(seen)) {
            try {
                reclaimed(connection, owner);
            } finally {
                discard(connection, connection.isIdle() ? CloseReason.REQUESTED : CloseReason.ABANDONED);
            }
        }
    }

    /** {@return whether the lease of a dead thread is {@code thread}'s now} */
    private boolean takeOver(PooledConnection connection, long seen, Thread thread) {
        Thread owner = connection.owner();
        long now = clock.coarse();
        if (!connection.transfer(seen, thread, now, attentionAt(connection, now))) {
            return false;
        }
        boolean done = false;
        try {
            reclaimed(connection, owner);
            done = true;
        } finally {
            if (!done) {
                close(connection, connection.ticket(), CloseReason.ABANDONED);
            }
        }
        return true;
    }

    private boolean isAbandoned(PooledConnection connection, long seen) {
        if (!settings.reclaim() || !PooledConnection.isLeased(seen)) {
            return false;
        }
        Thread owner = connection.owner();
        return owner != null && !owner.isAlive();
    }

    private void reclaimed(PooledConnection connection, @Nullable Thread owner) {
        String thread = owner == null ? "unknown" : owner.getName();
        LOG.info(
                "Took back a connection to database '{}' from thread '{}', which ended without closing it; last statement: {}{}",
                settings.alias(),
                thread,
                connection.statement(),
                Exhaustion.taken(connection.trace()));
        statistics.reclaimed(thread);
    }

    /** Looks closer at a connection just leased, and puts a new one in its place if it is of no more use. */
    private @Nullable PooledConnection attend(PooledConnection connection) {
        if (connection.isExpired(clock.exact())) {
            return replace(connection, CloseReason.EXPIRED);
        }
        if (probes && !ask(connection, source::isUsable)) {
            LOG.debug("A connection to database '{}' failed its health check", settings.alias());
            long now = clock.coarse();
            for (PooledConnection other : connections.all()) {
                other.attentionAt(now);
            }
            return replace(connection, CloseReason.UNUSABLE);
        }
        return connection;
    }

    private boolean isSalvaged(PooledConnection connection) {
        boolean salvaged = ask(connection, source::salvage);
        if (salvaged) {
            connection.changed(false);
        }
        return salvaged;
    }

    /** The lease is not yet anybody's to end, so it is ended here if the answer is an error after all. */
    private boolean ask(PooledConnection connection, Predicate<Connection> question) {
        boolean answered = false;
        try {
            boolean answer = question.test(connection.connection());
            answered = true;
            return answer;
        } finally {
            if (!answered) {
                close(connection, connection.ticket(), CloseReason.CONDEMNED);
            }
        }
    }

    private @Nullable PooledConnection replace(PooledConnection connection, CloseReason reason) {
        if (!connection.retire(connection.ticket())) {
            // Shut down meanwhile, and the place with it.
            return null;
        }
        boolean gone = false;
        try {
            dispose(connection, reason);
            gone = true;
        } finally {
            connections.closed(gone);
        }
        return openReserved(Thread.currentThread());
    }

    /** {@return a new connection in a place that was reserved; null if the server takes no more for now} */
    private @Nullable PooledConnection openReserved(Thread thread) {
        PooledConnection opened = null;
        boolean answered = false;
        try {
            opened = opener.open(thread);
            answered = true;
        } catch (DatabaseException e) {
            statistics.openFailed(e);
            throw e;
        } finally {
            if (opened == null) {
                connections.vacate();
            }
            if (!answered) {
                queue.signalHead();
            }
        }
        if (opened == null) {
            // Nobody is woken: the next waiter would be turned away too. The first one asks again after a pause.
            return null;
        }
        connections.add(opened);
        if (closed) {
            close(opened, opened.ticket(), CloseReason.SHUT_DOWN);
            refuseIfClosed();
        }
        return opened;
    }

    private void refuseIfClosed() {
        if (closed) {
            throw ErrorKind.INTERFACE.exception(
                    "Database '%s' is shut down and hands out no connections".formatted(settings.alias()));
        }
    }

    private long attentionAt(PooledConnection connection, long now) {
        long probeAt = now + probeAfter;
        return connection.expiresAt() - probeAt < 0 ? connection.expiresAt() : probeAt;
    }

    private void closeIfParked(PooledConnection connection, CloseReason reason) {
        long seen = connection.state();
        if (PooledConnection.isParked(seen)) {
            closeParked(connection, seen, reason);
        }
    }

    private void closeParked(PooledConnection connection, long seen, CloseReason reason) {
        if (connection.retire(seen)) {
            discard(connection, reason);
        }
    }

    private void discard(PooledConnection connection, CloseReason reason) {
        try {
            dispose(connection, reason);
        } finally {
            connections.closed(false);
            queue.signalHead();
        }
    }

    private void dispose(PooledConnection connection, CloseReason reason) {
        connections.remove(connection);
        connection.calls().awaitInterrupt();
        if (reason.aborts()) {
            source.abort(connection.connection());
        } else {
            source.close(connection.connection());
        }
        statistics.closed(reason);
    }

    private PooledConnection await(Thread thread) {
        long start = clock.exact();
        for (boolean again = false; ; again = true) {
            Waiter<PooledConnection> waiter = new Waiter<>(thread, start);
            PooledConnection found = queueUp(waiter, again);
            if (found == waiter.given() && found.needsAttention(clock.coarse())) {
                found = attend(found);
            }
            if (found != null) {
                statistics.waited(Duration.ofNanos(clock.exact() - start));
                return found;
            }
        }
    }

    private PooledConnection queueUp(Waiter<PooledConnection> waiter, boolean again) {
        if (again) {
            queue.rejoin(waiter);
        } else {
            queue.join(waiter);
        }
        PooledConnection served = null;
        try {
            waits.enter(this, waiter);
            served = awaitTurn(waiter);
            return served;
        } finally {
            waits.leave(waiter);
            queue.leave(waiter);
            PooledConnection late = waiter.given();
            if (late != null && late != served) {
                release(late, late.ticket());
            }
            if (served == null || closed || connections.hasFree()) {
                // Whoever is first now has slept as long as it may, and not looked around.
                queue.signalHead();
            }
        }
    }

    private PooledConnection awaitTurn(Waiter<PooledConnection> waiter) {
        while (true) {
            waiter.listen();
            PooledConnection found = waiter.given();
            refuseIfClosed();
            if (found == null && queue.head() == waiter) {
                found = findOrOpen(waiter.thread);
            }
            if (found != null) {
                return found;
            }
            sleep(waiter);
        }
    }

    private void sleep(Waiter<PooledConnection> waiter) {
        long left = waiter.since + settings.acquireTimeout().toNanos() - clock.exact();
        if (left <= 0) {
            statistics.timedOut();
            throw exhaustion().timedOut(opener.refusal());
        }
        if (Thread.interrupted()) {
            waiter.thread.interrupt();
            throw ErrorKind.OPERATIONAL.exception(
                    "Interrupted while waiting for a connection to database '%s'".formatted(settings.alias()));
        }
        waiter.fallAsleep();
        // Looked at again, because a connection handed over meanwhile would look like one that it held all along.
        if (waits.isEndless(this, waiter.thread) && queue.isStuck(waiter)) {
            throw exhaustion().endless();
        }
        if (!waiter.isCalled()) {
            LockSupport.parkNanos(
                    this, queue.head() == waiter ? Math.min(left, opener.pause(LOOK_AROUND_NANOS)) : left);
        }
    }

    private Exhaustion exhaustion() {
        return new Exhaustion(settings, connections.all(), clock);
    }
}
