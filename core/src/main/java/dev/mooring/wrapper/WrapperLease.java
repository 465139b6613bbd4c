package dev.mooring.wrapper;

import dev.mooring.error.ErrorKind;
import dev.mooring.pool.CloseReason;
import dev.mooring.pool.Pool;
import dev.mooring.pool.PooledConnection;
import java.sql.Connection;
import org.jspecify.annotations.Nullable;

/**
 * The connection that a wrapper has leased, if any, and whether it is still valid. {@link ConnectionHolder} decides when it is leased
 * and released. Confined to the wrapper's thread.
 */
final class WrapperLease {

    private final DatabaseContext context;
    private final Pool pool;
    private final TransactionState state;

    private @Nullable PooledConnection leased;
    private long ticket;

    /** The connection that this wrapper leased last, preferred for the next lease if it is still parked. */
    private @Nullable PooledConnection last;

    private boolean invalid;
    private boolean healthCheckDue;

    WrapperLease(DatabaseContext context, TransactionState state) {
        this.context = context;
        this.pool = context.pool();
        this.state = state;
    }

    @Nullable
    PooledConnection leased() {
        return leased;
    }

    @Nullable
    Connection connection() {
        return leased == null ? null : leased.connection();
    }

    /** {@return a connection leased from the pool now} {@code beforeWait} is run if that needs a wait. */
    PooledConnection acquire(Runnable beforeWait) {
        if (state.isClosed()) {
            throw ErrorKind.PROGRAMMING.exception(
                    "The connection to database '%s' was closed inside atomic; no other can take its place before the block ends"
                            .formatted(context.alias()));
        }
        PooledConnection connection = pool.acquire(last, beforeWait);
        leased = connection;
        ticket = connection.ticket();
        last = connection;
        invalid = false;
        return connection;
    }

    /** {@return the connection kept since an earlier operation; null if the lease was lost, or a due validation failed} */
    @Nullable
    PooledConnection resume() {
        if (takeOver() && healthCheckDue) {
            healthCheckDue = false;
            evictUnlessUsable();
        }
        return leased;
    }

    private void evictUnlessUsable() {
        CloseReason fault = CloseReason.BROKEN;
        try {
            boolean usable = leased != null && (!pool.isValidationDue(leased) || answers(leased));
            fault = usable ? null : CloseReason.VALIDATION_FAILED;
        } finally {
            if (fault != null) {
                evict(fault);
            }
        }
    }

    /** {@return whether the lease is now the calling thread's} False if the pool reclaimed it from a dead thread. */
    private boolean takeOver() {
        PooledConnection pooled = leased;
        if (pooled == null || !pooled.takeOver(ticket)) {
            leased = null;
            return false;
        }
        ticket = pooled.ticket();
        return true;
    }

    /** Says whether the connection is validated before its next use if it has been idle by then. */
    void healthCheckDue(boolean due) {
        healthCheckDue = due;
    }

    boolean answers(PooledConnection pooled) {
        return context.connections().isUsable(pooled, context.settings().probeTimeout());
    }

    /** {@return the connection that is leased now, which must be valid; null if none is} */
    @Nullable
    PooledConnection leasedAndValid() {
        requireValid();
        return leased;
    }

    /** Throws if the connection saw an error after which its answers cannot be trusted. */
    void requireValid() {
        if (leased != null && isInvalid()) {
            throw ErrorKind.OPERATIONAL.exception(
                    "The connection to database '%s' was lost; another takes its place when what holds it has ended"
                            .formatted(context.alias()));
        }
    }

    void invalidate() {
        invalid = true;
        state.markForRollback(null);
    }

    /** {@return whether the connection is invalid or was aborted} */
    boolean isInvalid() {
        PooledConnection pooled = leased;
        return invalid || (pooled != null && pooled.isAborted());
    }

    /** Releases the lease. It is kept if that fails with an Error. A listener may have taken another one meanwhile, which stays. */
    void release() {
        PooledConnection pooled = leased;
        if (pooled != null) {
            pooled.idle(true);
            pooled.endStatements();
            boolean over = false;
            try {
                pool.release(pooled, ticket);
                over = true;
            } finally {
                if (leased == pooled && (over || !pooled.isLeasedWith(ticket))) {
                    leased = null;
                }
            }
        }
    }

    /**
     * Ends the lease of a connection that cannot be used as it is: closes it, or rolls back and resets it where closing it would
     * lose the data. If that fails with an Error, the lease is kept, and the connection is evicted before its next use.
     */
    void evict(CloseReason reason) {
        PooledConnection pooled = leased;
        if (pooled != null) {
            invalid = true;
            // For the pool, which takes the lease back if its thread dies after an Error here.
            pooled.dirty(true);
            if (context.connections().rollbackAndReset(pooled.connection(), pooled.isNotResettable())) {
                pooled.restored();
                release();
            } else {
                close(reason);
            }
        }
    }

    /** Closes the connection, with the data if it is in memory. If that fails with an Error, it is as for {@link #evict}. */
    void close(CloseReason reason) {
        PooledConnection pooled = leased;
        if (pooled != null) {
            invalid = true;
            try {
                pool.close(pooled, ticket, reason);
            } finally {
                if (leased == pooled && !pooled.isLeasedWith(ticket)) {
                    leased = null;
                    invalid = false;
                }
                if (leased != pooled && last == pooled) {
                    last = null;
                }
            }
        }
    }

    /** Closes the connection that this wrapper leased last, if it is still parked. */
    void closeLast() {
        PooledConnection had = last;
        if (had != null) {
            last = null;
            pool.closeIfParked(had);
        }
    }
}
