package dev.mooring;

import dev.mooring.config.DatabaseSettings;
import dev.mooring.config.LeaseScope;
import dev.mooring.pool.CloseReason;
import dev.mooring.pool.Pool;
import dev.mooring.pool.PooledConnection;
import dev.mooring.spi.TransactionStatus;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What becomes of a wrapper's connection that nothing needs any more: by lease scope, age and what was done with it, it is
 * kept, given back, reset first or closed. For the wrapper's thread.
 */
final class LeaseReleaser {

    private static final Logger LOG = LoggerFactory.getLogger("dev.mooring.db.backends.base");

    private final Database database;
    private final ThreadWrappers thread;
    private final Pool pool;
    private final TransactionState transaction;
    private final WrapperLease lease;

    /** Closes what was opened on the connection itself and left open. */
    private final Runnable beforeRelease;

    /** Whether a unit of work ended that something under way did not let end. */
    private boolean boundaryDue;

    LeaseReleaser(
            Database database,
            ThreadWrappers thread,
            TransactionState transaction,
            WrapperLease lease,
            Runnable beforeRelease) {
        this.beforeRelease = beforeRelease;
        this.database = database;
        this.thread = thread;
        this.pool = database.pool();
        this.transaction = transaction;
        this.lease = lease;
    }

    /** A unit of work has ended, but what is under way has not. */
    void deferBoundary() {
        boundaryDue = true;
    }

    /** A unit of work has ended, or begins: what is too old is closed, the rest is checked before its next use. */
    void boundary() {
        boundaryDue = false;
        PooledConnection held = lease.leased();
        if (held == null) {
            return;
        }
        if (hasForgottenTransaction(held)) {
            lease.condemn();
            if (!isSaved(held)) {
                lease.drop(CloseReason.BROKEN);
                return;
            }
        }
        lease.healthCheckDue(settings().connHealthChecks());
        if (lease.isCondemned()) {
            lease.drop(CloseReason.BROKEN);
        } else if (isPerRequest() || (pool.isExpired(held) && !database.isInMemory())) {
            lease.drop(CloseReason.EXPIRED);
        }
    }

    void settle() {
        PooledConnection held = lease.leased();
        if (held == null) {
            return;
        }
        boolean done = false;
        try {
            settle(held);
            done = true;
        } finally {
            if (!done) {
                giveUp(held);
            }
        }
    }

    /** After an Error. What a full stack does not let close stays leased, and is closed before its next use. */
    private void giveUp(PooledConnection held) {
        if (lease.leased() == held && !database.isInMemory()) {
            lease.drop(CloseReason.BROKEN);
        }
    }

    private void settle(PooledConnection held) {
        boolean keep = mayKeep(held);
        clean(held, keep);
        if (lease.isCondemned() && !isSaved(held)) {
            lease.drop(CloseReason.BROKEN);
        } else if (keep) {
            if (settings().resetSessionAfterUse()) {
                held.dirty(true);
            }
            held.idle(true);
            pool.markIdle(held);
            if (boundaryDue) {
                boundary();
            }
        } else if (isPerRequest()) {
            lease.drop(CloseReason.EXPIRED);
        } else if (held.isDirty() || settings().resetSessionAfterUse()) {
            wipe(held);
        } else {
            lease.giveBack();
        }
    }

    /** Leaves nothing open or unread on a connection that nothing uses now, and invalidates one that somebody closed. */
    private void clean(PooledConnection held, boolean keep) {
        boolean done = false;
        try {
            if (!keep) {
                beforeRelease.run();
            }
            if (!lease.isCondemned() && !isOpen(held)) {
                lease.condemn();
            }
            done = true;
        } finally {
            if (!done) {
                held.markAborted();
                giveUp(held);
            }
        }
    }

    /** {@return whether the connection is open} Its warnings are cleared: the next user must not read them, nor they fill memory. */
    private static boolean isOpen(PooledConnection held) {
        try {
            Connection connection = held.connection();
            if (connection.isClosed()) {
                return false;
            }
            connection.clearWarnings();
            return true;
        } catch (SQLException | RuntimeException e) {
            // It cannot be told: so it is not relied upon.
            return false;
        }
    }

    /** Has others use what is only kept for the unit of work. */
    void giveBackUnlessPinned() {
        PooledConnection held = lease.leased();
        if (held != null
                && !lease.isCondemned()
                && !held.isDirty()
                && !settings().resetSessionAfterUse()
                && settings().leaseScope() == LeaseScope.REQUEST) {
            clean(held, false);
            if (lease.isCondemned()) {
                settle();
            } else {
                lease.giveBack();
            }
        }
    }

    private boolean mayKeep(PooledConnection held) {
        return keepsChanged() && (settings().leaseScope() != LeaseScope.OPERATION || held.isDirty());
    }

    /** {@return whether a connection whose session was changed stays with this thread for now} */
    boolean keepsChanged() {
        return settings().leaseScope() == LeaseScope.THREAD || thread.inUnit() || transaction.isManual();
    }

    private boolean isPerRequest() {
        return settings().connMaxAge().filter(Duration::isZero).isPresent() && !database.isInMemory();
    }

    /** {@return whether what is condemned may live} What holds the data itself is not given up for an error that it survived. */
    private boolean isSaved(PooledConnection held) {
        if (!database.isInMemory() || !database.connections().endTransaction(held.connection())) {
            return false;
        }
        lease.absolve();
        if (reset(held)) {
            held.dirty(false);
        }
        return true;
    }

    /** Nobody else may see what was changed: if the session cannot be reset, it ends, unless the data would end with it. */
    private void wipe(PooledConnection held) {
        boolean clean = false;
        boolean open = hasForgottenTransaction(held);
        try {
            clean = (!open || database.isInMemory()) && reset(held);
        } finally {
            giveBackOrDrop(held, clean);
        }
    }

    private void giveBackOrDrop(PooledConnection held, boolean clean) {
        boolean stays = false;
        try {
            stays = clean || (database.isInMemory() && lease.answers(held));
        } finally {
            if (stays) {
                held.dirty(false);
                lease.giveBack();
            } else {
                lease.drop(CloseReason.DIRTY);
            }
        }
    }

    /** {@return whether a text began a transaction and none ended it, or that cannot be told} The log says that it is rolled back. */
    private boolean hasForgottenTransaction(PooledConnection held) {
        if (!held.isDirty() || transaction.isOpen() || lease.isCondemned()) {
            return false;
        }
        TransactionStatus status;
        try {
            status = database.backend().transactionControl().status(held.connection());
        } catch (SQLException | RuntimeException e) {
            // It cannot be told: so the connection is not asked to reset itself either, and closed.
            return true;
        }
        boolean open = status.isOpen();
        if (open) {
            LOG.warn(
                    "A transaction that an SQL text began was still open on database '{}' when the unit of work,"
                            + " hold() or connection ended: it is rolled back. Last statement: {}",
                    database.alias(),
                    held.statement());
        }
        return open;
    }

    private boolean reset(PooledConnection held) {
        if (database.isInMemory() && !database.connections().endTransaction(held.connection())) {
            return false;
        }
        held.calls().beginWithin(database.connections().limit(settings().commitTimeout()));
        try {
            return !held.isNotResettable()
                    && database.backend().sessionRules().reset(held.connection())
                    && !held.calls().wasInterrupted();
        } catch (SQLException | RuntimeException e) {
            // Whatever went wrong, the answer is the same: nobody else may have this connection.
            return false;
        } finally {
            held.calls().end();
        }
    }

    private DatabaseSettings settings() {
        return database.settings();
    }
}
