package dev.mooring.wrapper;

import dev.mooring.config.DatabaseSettings;
import dev.mooring.config.LeaseScope;
import dev.mooring.pool.CloseReason;
import dev.mooring.pool.Pool;
import dev.mooring.pool.PooledConnection;
import dev.mooring.spi.TransactionStatus;
import java.sql.Connection;
import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides what happens to a wrapper's connection when nothing uses it any more: by lease scope, age and session state it is kept,
 * released to the pool, reset and released, or closed. Confined to the wrapper's thread.
 */
final class LeaseReleaser {

    private static final Logger LOG = LoggerFactory.getLogger("dev.mooring.db.backends.base");

    private final DatabaseContext context;
    private final UnitDepth unit;
    private final Pool pool;
    private final TransactionState state;
    private final WrapperLease lease;

    /** Closes what was opened on the connection itself and left open. */
    private final Runnable beforeRelease;

    /** Whether a unit of work ended while the connection was in use, so that its boundary is still to be handled. */
    private boolean boundaryDue;

    LeaseReleaser(
            DatabaseContext context,
            UnitDepth unit,
            TransactionState state,
            WrapperLease lease,
            Runnable beforeRelease) {
        this.beforeRelease = beforeRelease;
        this.context = context;
        this.unit = unit;
        this.pool = context.pool();
        this.state = state;
        this.lease = lease;
    }

    /** A unit of work has ended while the connection is in use. */
    void deferBoundary() {
        boundaryDue = true;
    }

    /** Closes a connection that is too old for the next unit of work; any other is validated before its next use. */
    void boundary() {
        boundaryDue = false;
        PooledConnection pooled = lease.leased();
        if (pooled == null) {
            return;
        }
        lease.healthCheckDue(settings().connHealthChecks());
        if (lease.isInvalid() || hasForgottenTransaction(pooled)) {
            lease.evict(CloseReason.BROKEN);
        } else if (pool.closesAfterUse() || pool.isExpired(pooled)) {
            lease.evict(CloseReason.EXPIRED);
        }
    }

    void release() {
        PooledConnection pooled = lease.leased();
        if (pooled == null) {
            return;
        }
        try {
            release(pooled);
        } catch (Throwable e) {
            evictAfterError(pooled);
            throw e;
        }
    }

    /** Ends the lease whatever the lease scope. */
    void endLease() {
        PooledConnection pooled = lease.leased();
        if (pooled != null) {
            closeLeftovers(pooled, false);
            lease.evict(lease.isInvalid() ? CloseReason.BROKEN : CloseReason.REQUESTED);
        }
    }

    /** After an Error. If closing fails too, the lease is kept, and the connection is closed before its next use. */
    private void evictAfterError(PooledConnection pooled) {
        if (lease.leased() == pooled) {
            lease.evict(CloseReason.BROKEN);
        }
    }

    private void release(PooledConnection pooled) {
        boolean keep = mayKeep(pooled);
        closeLeftovers(pooled, keep);
        if (lease.isInvalid()) {
            lease.evict(CloseReason.BROKEN);
        } else if (keep) {
            if (settings().resetSessionAfterUse()) {
                pooled.dirty(true);
            }
            pooled.idle(true);
            pool.scheduleValidation(pooled);
            if (boundaryDue) {
                boundary();
            }
        } else if (pool.closesAfterUse()) {
            lease.evict(CloseReason.EXPIRED);
        } else if (pooled.isDirty() || settings().resetSessionAfterUse()) {
            resetAndRelease(pooled);
        } else {
            lease.release();
        }
    }

    /** Closes statements and rows that were left open; then invalidates the connection if the application has closed it. */
    private void closeLeftovers(PooledConnection pooled, boolean keep) {
        try {
            if (!keep) {
                beforeRelease.run();
            }
            if (!lease.isInvalid() && !isOpen(pooled)) {
                lease.invalidate();
            }
        } catch (Throwable e) {
            pooled.markAborted();
            evictAfterError(pooled);
            throw e;
        }
    }

    /** {@return whether the connection is open} Clears its warnings: the next user must not see them, and they must not pile up. */
    private static boolean isOpen(PooledConnection pooled) {
        try {
            Connection connection = pooled.connection();
            if (connection.isClosed()) {
                return false;
            }
            connection.clearWarnings();
            return true;
        } catch (SQLException | RuntimeException e) {
            // Its state is unknown, so it must not be used.
            return false;
        }
    }

    /** Releases a connection that is held only for the unit of work. */
    void releaseUnlessPinned() {
        PooledConnection pooled = lease.leased();
        if (pooled != null
                && !lease.isInvalid()
                && !pooled.isDirty()
                && !settings().resetSessionAfterUse()
                && settings().leaseScope() == LeaseScope.REQUEST) {
            closeLeftovers(pooled, false);
            if (lease.isInvalid()) {
                release();
            } else {
                lease.release();
            }
        }
    }

    private boolean mayKeep(PooledConnection pooled) {
        return keepsChanged() && (settings().leaseScope() != LeaseScope.OPERATION || pooled.isDirty());
    }

    /** {@return whether a dirty connection stays with this thread for now} */
    boolean keepsChanged() {
        return settings().leaseScope() == LeaseScope.THREAD || unit.inUnit() || state.isAutocommitOff();
    }

    /** Resets a dirty session before others get it; if that fails, evicts it. */
    private void resetAndRelease(PooledConnection pooled) {
        boolean clean = false;
        try {
            clean = !hasForgottenTransaction(pooled) && reset(pooled);
        } finally {
            if (clean) {
                pooled.dirty(false);
                lease.release();
            } else {
                lease.evict(CloseReason.DIRTY);
            }
        }
    }

    /** {@return whether an SQL text began a transaction that nothing ended, or the status is unknown} Logs a warning in the former case. */
    private boolean hasForgottenTransaction(PooledConnection pooled) {
        if (!pooled.isDirty() || state.isOpen() || lease.isInvalid()) {
            return false;
        }
        TransactionStatus status;
        try {
            status = context.backend().transactionControl().status(pooled.connection());
        } catch (SQLException | RuntimeException e) {
            // The status is unknown, so the connection is closed without a reset.
            return true;
        }
        boolean open = status.isOpen();
        if (open) {
            LOG.warn(
                    "A transaction that an SQL text began was still open on database '{}' when the unit of work,"
                            + " hold() or connection ended: it is rolled back. Last statement: {}",
                    context.alias(),
                    pooled.statement());
        }
        return open;
    }

    private boolean reset(PooledConnection pooled) {
        pooled.calls().beginWithin(context.connections().limit(settings().commitTimeout()));
        try {
            return !pooled.isNotResettable()
                    && context.backend().sessionRules().reset(pooled.connection())
                    && !pooled.calls().wasInterrupted();
        } catch (SQLException | RuntimeException e) {
            // Whatever the reason, a session that was not reset must not reach another user.
            return false;
        } finally {
            pooled.calls().end();
        }
    }

    private DatabaseSettings settings() {
        return context.settings();
    }
}
