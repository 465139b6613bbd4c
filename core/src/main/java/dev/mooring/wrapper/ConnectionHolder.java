package dev.mooring.wrapper;

import dev.mooring.error.ErrorKind;
import dev.mooring.pool.CloseReason;
import dev.mooring.pool.PooledConnection;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * A wrapper's connection: leased when something needs it, released when nothing does. Confined to the wrapper's thread.
 */
public final class ConnectionHolder implements UnitParticipant {

    private final DatabaseContext context;
    private final ThreadGuard guard;
    private final TransactionState state;
    private final WrapperLease lease;
    private final LeaseReleaser releaser;

    /** How many operations, blocks, cursors and holds use the connection now; at zero it is released. */
    private int useCount;

    private Runnable whenConnected = () -> {};
    /** Whether the last lease took a wait. */
    private boolean waited;

    private Runnable beforeWait = () -> {};
    private Runnable afterLease = () -> {};

    ConnectionHolder(
            DatabaseContext context,
            UnitDepth unit,
            ThreadGuard guard,
            TransactionState state,
            Runnable beforeRelease) {
        this.context = context;
        this.guard = guard;
        this.state = state;
        this.lease = new WrapperLease(context, state);
        this.releaser = new LeaseReleaser(context, unit, state, lease, beforeRelease);
    }

    /** Has {@code action} run when a new connection was leased, before it is used. */
    void whenConnected(Runnable action) {
        whenConnected = action;
    }

    /** Has {@code before} run before a wait for a connection, and {@code after} when that has led to a lease. */
    void aroundWait(Runnable before, Runnable after) {
        beforeWait = () -> {
            waited = true;
            before.run();
        };
        afterLease = after;
    }

    /** {@return the connection held now} */
    @Nullable
    Connection connection() {
        return lease.connection();
    }

    /** {@return what is leased now} */
    public @Nullable PooledConnection leased() {
        return lease.leased();
    }

    /** {@return whether a connection is held that answers} One that does not answer is never used again. */
    boolean isUsable() {
        PooledConnection pooled = lease.leased();
        if (pooled == null || lease.isInvalid()) {
            return false;
        }
        CloseReason fault = CloseReason.BROKEN;
        try {
            fault = lease.answers(pooled) ? null : CloseReason.VALIDATION_FAILED;
            return fault == null;
        } finally {
            if (fault != null) {
                evictOrInvalidate(fault);
            }
        }
    }

    private void evictOrInvalidate(CloseReason reason) {
        if (useCount > 0) {
            lease.invalidate();
        } else {
            lease.evict(reason);
        }
    }

    /** {@return whether the next statement of this thread is in the same session, even if this one changes the session} */
    boolean isKept() {
        return useCount > 0 || releaser.keepsChanged();
    }

    /** {@return whether the connection that is held has run a statement since it was leased} */
    boolean ranBefore() {
        PooledConnection pooled = lease.leased();
        return pooled != null && pooled.statement() != null;
    }

    /** {@return whether the call under way, or the last one, was interrupted because it took too long} */
    boolean wasInterrupted() {
        PooledConnection pooled = lease.leased();
        return pooled != null && pooled.calls().wasInterrupted();
    }

    /** Closes the connection that is held, or else the one held last, if no other thread has leased it. */
    void close() {
        state.markClosed();
        if (lease.leased() != null) {
            lease.close(state.isOpen() ? CloseReason.BROKEN : CloseReason.REQUESTED);
        } else {
            lease.closeLast();
        }
    }

    /** Closes the connection if nothing uses it, or resets and releases it where closing it would lose the data. */
    void endLease() {
        if (useCount == 0) {
            releaser.endLease();
        }
    }

    /** Handles the boundary of a unit of work; while the connection is in use, that is deferred. */
    void closeIfUnusableOrObsolete() {
        if (useCount > 0) {
            releaser.deferBoundary();
        } else {
            releaser.boundary();
        }
    }

    @Override
    public void beginUnit() {
        closeIfUnusableOrObsolete();
    }

    /** Releases what was held only for the unit. Inside a block the boundary is handled when the block has ended. */
    @Override
    public void endUnit() {
        if (state.inAtomic()) {
            releaser.deferBoundary();
        } else {
            releaseIfUnused();
            closeIfUnusableOrObsolete();
        }
    }

    /** Releases the connection if nothing uses it any more. */
    void releaseIfUnused() {
        if (useCount == 0) {
            releaser.release();
        }
    }

    /** Releases a connection that is held only for the unit of work, before a wait during which other threads may need it. */
    void releaseBeforeWait() {
        if (useCount == 0) {
            releaser.releaseUnlessPinned();
        }
    }

    /** Increments the use count and leases a connection if none is held. Every call needs one call of {@link #release()}. */
    PooledConnection retain() {
        guard.enter();
        try {
            PooledConnection pooled = take();
            pooled.idle(false);
            useCount++;
            return pooled;
        } catch (Throwable e) {
            guard.exit();
            throw e;
        }
    }

    /** Leases a connection if none is held. One that is in use already is left alone, because counting costs time. */
    public void ensure() {
        guard.check();
        if (useCount == 0 || lease.leasedAndValid() == null) {
            retain();
            release();
        }
    }

    private PooledConnection take() {
        PooledConnection pooled = useCount == 0 ? resume() : lease.leasedAndValid();
        return pooled == null ? acquire() : pooled;
    }

    private @Nullable PooledConnection resume() {
        if (lease.isInvalid()) {
            // An Error kept it from being closed when it was released.
            releaser.release();
        }
        return lease.resume();
    }

    void release() {
        try {
            if (--useCount == 0) {
                releaser.release();
            }
        } finally {
            guard.exit();
        }
    }

    /** Throws if the connection saw an error after which its answers cannot be trusted. */
    void requireValid() {
        lease.requireValid();
    }

    public void invalidate() {
        lease.invalidate();
    }

    /** Checks, where that is due, that the connection still leads to the database that the settings name. */
    void verify() throws SQLException {
        PooledConnection pooled = lease.leased();
        if (pooled != null && context.pool().isVerificationDue(pooled, !state.isOpen())) {
            context.backend().connector().verify(pooled.connection());
        }
    }

    boolean isInvalid() {
        return lease.isInvalid();
    }

    private PooledConnection acquire() {
        waited = false;
        PooledConnection connection = lease.acquire(beforeWait);
        if (waited) {
            afterWait(connection);
        }
        if (connection.isNew()) {
            notifyCreated(connection);
        }
        return connection;
    }

    private void afterWait(PooledConnection connection) {
        try {
            afterLease.run();
        } catch (Throwable e) {
            giveBack(connection);
            throw e;
        }
    }

    /** Closes a new connection, of which the listeners do not know yet. */
    private void giveBack(PooledConnection connection) {
        if (connection.isNew()) {
            lease.close(CloseReason.REQUESTED);
        } else {
            lease.release();
        }
    }

    private void notifyCreated(PooledConnection connection) {
        useCount++;
        try {
            whenConnected.run();
            requireStillLeased(connection);
        } catch (Throwable e) {
            useCount--;
            lease.close(lease.isInvalid() ? CloseReason.BROKEN : CloseReason.REQUESTED);
            throw e;
        }
        useCount--;
        if (connection.isDirty()) {
            connection.dirty(false);
            connection.notResettable();
        }
    }

    /** Throws if a listener closed or lost the connection without letting the error out. */
    private void requireStillLeased(PooledConnection connection) {
        if (lease.leased() != connection || lease.isInvalid()) {
            throw ErrorKind.OPERATIONAL.exception(
                    ("The new connection to database '%s' was closed or lost while a listener used it; have listeners let "
                                    + "errors out and close nothing")
                            .formatted(context.alias()));
        }
    }
}
