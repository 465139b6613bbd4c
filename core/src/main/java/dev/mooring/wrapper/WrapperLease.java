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
    private final TransactionState transaction;

    private @Nullable PooledConnection leased;
    private long ticket;

    /** The connection that this wrapper leased last, preferred for the next lease if it is still parked. */
    private @Nullable PooledConnection last;

    private boolean invalid;
    private boolean healthCheckDue;

    WrapperLease(DatabaseContext context, TransactionState transaction) {
        this.context = context;
        this.pool = context.pool();
        this.transaction = transaction;
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
        if (transaction.isClosed()) {
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

    /** {@return the connection kept since an earlier operation, if it is still leased and, where validation is due, answers; else null} */
    @Nullable
    PooledConnection resume() {
        if (inherit() && healthCheckDue) {
            healthCheckDue = false;
            evictUnlessUsable();
        }
        return leased;
    }

    private void evictUnlessUsable() {
        CloseReason fault = CloseReason.BROKEN;
        try {
            boolean usable = leased != null && (!pool.isIdleTooLong(leased) || answers(leased));
            fault = usable ? null : CloseReason.VALIDATION_FAILED;
        } finally {
            if (fault != null) {
                evict(fault);
            }
        }
    }

    /** {@return whether the lease now belongs to the calling thread} False if the pool reclaimed it from a dead thread. */
    boolean inherit() {
        PooledConnection held = leased;
        if (held == null || !held.handOver(ticket)) {
            leased = null;
            return false;
        }
        ticket = held.ticket();
        return true;
    }

    /** Says whether the connection is validated before its next use if it has been idle by then. */
    void healthCheckDue(boolean due) {
        healthCheckDue = due;
    }

    boolean answers(PooledConnection held) {
        return context.connections().isUsable(held, context.settings().probeTimeout());
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
        transaction.markForRollback(null);
    }

    void clearInvalid() {
        invalid = false;
    }

    /** {@return whether the connection is invalid or was aborted} */
    boolean isInvalid() {
        PooledConnection held = leased;
        return invalid || (held != null && held.isAborted());
    }

    /** If releasing fails with an Error, the lease is kept. So is a lease that a listener took meanwhile. */
    void release() {
        PooledConnection held = leased;
        if (held != null) {
            held.idle(true);
            held.statement(null);
            boolean over = false;
            try {
                pool.release(held, ticket);
                over = true;
            } finally {
                if (leased == held && (over || !held.isLeasedWith(ticket))) {
                    leased = null;
                }
            }
        }
    }

    /** If closing fails with an Error, the lease is kept, and the connection is evicted before its next use. */
    void evict(CloseReason reason) {
        PooledConnection held = leased;
        if (held != null) {
            invalid = true;
            try {
                pool.close(held, ticket, reason);
            } finally {
                if (leased == held && !held.isLeasedWith(ticket)) {
                    leased = null;
                    invalid = false;
                }
                if (leased != held && last == held) {
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
