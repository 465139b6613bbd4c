package dev.mooring;

import dev.mooring.config.DatabaseSettings;
import dev.mooring.config.LeaseScope;
import dev.mooring.error.ErrorKind;
import dev.mooring.pool.CloseReason;
import dev.mooring.pool.Pool;
import dev.mooring.pool.PooledConnection;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A wrapper's connection: leased when something needs it, and let go, kept or closed when nothing does any more. For the
 * wrapper's thread.
 */
final class HeldConnection {

    private final DatabaseWrapper wrapper;
    private final Database database;
    private final ThreadWrappers thread;
    private final Pool pool;
    private final ThreadGuard guard;
    private final TransactionState transaction;

    private @Nullable PooledConnection leased;
    private long ticket;
    private @Nullable PooledConnection last;

    /** How many reasons there are to keep the lease: operations, blocks, cursors and holds that are not over. */
    private int holds;

    private boolean condemned;
    private boolean healthCheckDue;
    private boolean boundaryDue;

    HeldConnection(
            DatabaseWrapper wrapper,
            Database database,
            ThreadWrappers thread,
            ThreadGuard guard,
            TransactionState transaction) {
        this.wrapper = wrapper;
        this.database = database;
        this.thread = thread;
        this.pool = database.pool();
        this.guard = guard;
        this.transaction = transaction;
    }

    /** {@return the connection held now} */
    @Nullable
    Connection connection() {
        return leased == null ? null : leased.connection();
    }

    boolean isInUse() {
        return holds > 0;
    }

    /** {@return whether a connection is held that answers} One that does not is used no more, by anyone. */
    boolean isUsable() {
        if (leased == null || condemned) {
            return false;
        }
        boolean usable = probe(leased);
        if (!usable) {
            giveUp(CloseReason.UNUSABLE);
        }
        return usable;
    }

    /** {@return what is to be said besides of a statement that failed} */
    String circumstances() {
        if (leased != null && leased.calls().wasInterrupted()) {
            return " within the %d ms of setting 'statementTimeout'"
                    .formatted(settings().statementTimeout().toMillis());
        }
        return Thread.currentThread().isInterrupted() ? " on an interrupted thread" : "";
    }

    /** Closes what is held, or else what was held last if nobody has claimed it. */
    void close() {
        transaction.markClosed();
        if (leased != null) {
            drop(transaction.isOpen() ? CloseReason.CONDEMNED : CloseReason.REQUESTED);
        } else if (last != null) {
            pool.closeIfParked(last);
        }
    }

    /** The boundary of a unit of work; while something needs the connection it waits. */
    void closeIfUnusableOrObsolete() {
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

    /** The unit of work is over, which what was kept for it did not know. */
    void endUnit() {
        settleIfIdle();
        closeIfUnusableOrObsolete();
    }

    /** A reason to keep what nothing needs may have gone. */
    void settleIfIdle() {
        if (leased != null && holds == 0) {
            settle();
        }
    }

    /** The unit of work is over, but the block around it is not. */
    void deferBoundary() {
        boundaryDue = true;
    }

    /** Gives back what is only kept for the unit of work, before a wait in which others may need it. */
    void giveBackIfIdle() {
        if (leased != null && holds == 0 && !isPinned() && settings().leaseScope() == LeaseScope.REQUEST) {
            giveBack(leased);
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
                            .formatted(database.alias()));
        }
    }

    void condemn() {
        condemned = true;
        transaction.markForRollback(null);
    }

    boolean isCondemned() {
        return condemned;
    }

    private PooledConnection lease() {
        if (transaction.isClosed()) {
            throw ErrorKind.PROGRAMMING.exception(
                    "The connection to database '%s' was closed inside atomic; no other can take its place before the block ends"
                            .formatted(database.alias()));
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
            database.announce(wrapper);
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

    /** Nobody else may see what was changed: if the session cannot be reset, it ends, unless the data would end with it. */
    private void wipe(PooledConnection held) {
        boolean clean = false;
        try {
            clean = reset(held);
        } finally {
            if (clean || (database.holdsTheData() && probe(held))) {
                held.changed(false);
                giveBack(held);
            } else {
                drop(CloseReason.CHANGED);
            }
        }
    }

    private boolean mayKeep() {
        LeaseScope scope = settings().leaseScope();
        return scope == LeaseScope.THREAD
                || ((thread.inUnit() || transaction.isManual()) && (scope == LeaseScope.REQUEST || isPinned()));
    }

    private boolean isPinned() {
        return leased != null && leased.isChanged();
    }

    private void giveBack(PooledConnection held) {
        leased = null;
        boundaryDue = false;
        held.idle(true);
        held.statement(null);
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
        condemned = !database.holdsTheData() || !database.connections().endTransaction(held.connection());
        if (!condemned && reset(held)) {
            held.changed(false);
        }
        return !condemned;
    }

    private boolean isPerRequest() {
        return settings().connMaxAge().filter(Duration::isZero).isPresent() && !database.holdsTheData();
    }

    private boolean isObsolete(PooledConnection held) {
        return isPerRequest() || (pool.isExpired(held) && !database.holdsTheData());
    }

    /** {@return whether it answers} If that is an error after all, it is used no more: who knows what it would answer next. */
    private boolean probe(PooledConnection held) {
        boolean answered = false;
        try {
            boolean usable = database.connections().isUsable(held.connection());
            answered = true;
            return usable;
        } finally {
            if (!answered) {
                giveUp(CloseReason.CONDEMNED);
            }
        }
    }

    private void giveUp(CloseReason reason) {
        if (holds > 0) {
            condemn();
        } else {
            drop(reason);
        }
    }

    private boolean reset(PooledConnection held) {
        if (database.holdsTheData() && !database.connections().endTransaction(held.connection())) {
            return false;
        }
        try {
            return !held.isCustomised() && database.backend().sessionRules().reset(held.connection());
        } catch (SQLException | RuntimeException e) {
            // Whatever went wrong, the answer is the same: nobody else may have this connection.
            return false;
        }
    }

    private DatabaseSettings settings() {
        return database.settings();
    }
}
