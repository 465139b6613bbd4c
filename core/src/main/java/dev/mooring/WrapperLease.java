package dev.mooring;

import dev.mooring.error.ErrorKind;
import dev.mooring.pool.CloseReason;
import dev.mooring.pool.Pool;
import dev.mooring.pool.PooledConnection;
import java.sql.Connection;
import org.jspecify.annotations.Nullable;

/**
 * The connection that a wrapper has leased, if any, and whether it can be relied on. When it is taken and when it is let
 * go, {@link ConnectionHolder} says. For the wrapper's thread.
 */
final class WrapperLease {

    private final Database database;
    private final Pool pool;
    private final TransactionState transaction;

    private @Nullable PooledConnection leased;
    private long ticket;

    /** What this wrapper had before, to have it again if nobody has claimed it. */
    private @Nullable PooledConnection last;

    private boolean condemned;
    private boolean healthCheckDue;

    WrapperLease(Database database, TransactionState transaction) {
        this.database = database;
        this.pool = database.pool();
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

    /** {@return what is leased, from the pool if nothing was} It is new if nobody had it before. */
    PooledConnection acquire() {
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
        return connection;
    }

    /** {@return what was kept since an earlier operation, if it is still there and, where a check is due, answers} */
    @Nullable
    PooledConnection resume() {
        if (inherit() && healthCheckDue) {
            healthCheckDue = false;
            dropUnlessUsable();
        }
        return leased;
    }

    private void dropUnlessUsable() {
        CloseReason fault = CloseReason.BROKEN;
        try {
            boolean usable = leased != null && (!pool.isIdleTooLong(leased) || answers(leased));
            fault = usable ? null : CloseReason.VALIDATION_FAILED;
        } finally {
            if (fault != null) {
                drop(fault);
            }
        }
    }

    /** {@return whether what is leased is now the calling thread's} If it was taken back from a dead one, nothing is left. */
    boolean inherit() {
        PooledConnection held = leased;
        if (held == null || !held.handOver(ticket)) {
            leased = null;
            return false;
        }
        ticket = held.ticket();
        return true;
    }

    /** Has it looked at before it is used the next time, should it have rested by then. */
    void healthCheckDue(boolean due) {
        healthCheckDue = due;
    }

    boolean answers(PooledConnection held) {
        return database.connections().isUsable(held, database.settings().probeTimeout());
    }

    /** {@return what is leased already, for something else besides} */
    @Nullable
    PooledConnection sound() {
        checkSound();
        return leased;
    }

    /** Refuses to use a connection that saw an error which says nothing about what it will answer next. */
    void checkSound() {
        if (leased != null && isCondemned()) {
            throw ErrorKind.OPERATIONAL.exception(
                    "The connection to database '%s' was lost; another takes its place when what holds it has ended"
                            .formatted(database.alias()));
        }
    }

    void condemn() {
        condemned = true;
        transaction.markForRollback(null);
    }

    void absolve() {
        condemned = false;
    }

    /** {@return whether the connection cannot be relied on, or somebody aborted it} */
    boolean isCondemned() {
        PooledConnection held = leased;
        return condemned || (held != null && held.isAborted());
    }

    /** What a full stack, or another Error, does not let go is still held; so is what a listener took meanwhile. */
    void giveBack() {
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

    /** What a full stack does not let close is still held, and dropped before its next use. */
    void drop(CloseReason reason) {
        PooledConnection held = leased;
        if (held != null) {
            condemned = true;
            try {
                pool.close(held, ticket, reason);
            } finally {
                if (leased == held && !held.isLeasedWith(ticket)) {
                    leased = null;
                    condemned = false;
                }
                if (leased != held && last == held) {
                    last = null;
                }
            }
        }
    }

    /** Closes what this wrapper had last, if nobody has claimed it. */
    void closeLast() {
        PooledConnection had = last;
        if (had != null) {
            last = null;
            pool.closeIfParked(had);
        }
    }
}
