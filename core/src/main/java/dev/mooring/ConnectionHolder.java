package dev.mooring;

import dev.mooring.error.ErrorKind;
import dev.mooring.pool.CloseReason;
import dev.mooring.pool.PooledConnection;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * A wrapper's connection: leased when something needs it, and settled when nothing does any more. For the wrapper's thread.
 */
final class ConnectionHolder {

    private final DatabaseWrapper wrapper;
    private final Database database;
    private final ThreadGuard guard;
    private final TransactionState transaction;
    private final WrapperLease lease;
    private final LeaseReleaser releaser;

    /** How many reasons there are to keep the lease: operations, blocks, cursors and holds that are not over. */
    private int holds;

    ConnectionHolder(
            DatabaseWrapper wrapper,
            Database database,
            ThreadWrappers thread,
            ThreadGuard guard,
            TransactionState transaction,
            Runnable beforeRelease) {
        this.wrapper = wrapper;
        this.database = database;
        this.guard = guard;
        this.transaction = transaction;
        this.lease = new WrapperLease(database, transaction);
        this.releaser = new LeaseReleaser(database, thread, transaction, lease, beforeRelease);
    }

    /** {@return the connection held now} */
    @Nullable
    Connection connection() {
        return lease.connection();
    }

    /** {@return what is leased now} */
    @Nullable
    PooledConnection leased() {
        return lease.leased();
    }

    /** {@return whether a connection is held that answers} One that does not is used no more, by anyone. */
    boolean isUsable() {
        PooledConnection held = lease.leased();
        if (held == null || lease.isCondemned()) {
            return false;
        }
        CloseReason fault = CloseReason.BROKEN;
        try {
            fault = lease.answers(held) ? null : CloseReason.VALIDATION_FAILED;
            return fault == null;
        } finally {
            if (fault != null) {
                giveUp(fault);
            }
        }
    }

    private void giveUp(CloseReason reason) {
        if (holds > 0) {
            lease.condemn();
        } else {
            lease.drop(reason);
        }
    }

    /** {@return whether a statement that changes the session now leaves it to this thread's next one} */
    boolean isKept() {
        return holds > 0 || releaser.keepsChanged();
    }

    /** {@return whether the connection that is held has run a statement since it was leased} */
    boolean ranBefore() {
        PooledConnection held = lease.leased();
        return held != null && held.statement() != null;
    }

    /** {@return whether the call under way, or the last one, was interrupted because it took too long} */
    boolean wasInterrupted() {
        PooledConnection held = lease.leased();
        return held != null && held.calls().wasInterrupted();
    }

    /** Closes what is held, or else what was held last if nobody has claimed it. */
    void close() {
        transaction.markClosed();
        if (lease.leased() != null) {
            lease.drop(transaction.isOpen() ? CloseReason.BROKEN : CloseReason.REQUESTED);
        } else {
            lease.closeLast();
        }
    }

    /** The boundary of a unit of work; while something needs the connection it waits. */
    void closeIfUnusableOrObsolete() {
        if (holds > 0) {
            releaser.deferBoundary();
        } else {
            releaser.boundary();
        }
    }

    /** The unit of work is over, which what was kept for it did not know. */
    void endUnit() {
        settleIfIdle();
        closeIfUnusableOrObsolete();
    }

    /** A reason to keep what nothing needs may have gone. */
    void settleIfIdle() {
        if (holds == 0) {
            releaser.settle();
        }
    }

    /** The unit of work is over, but the block around it is not. */
    void deferBoundary() {
        releaser.deferBoundary();
    }

    /** Gives back what is only kept for the unit of work, before a wait in which others may need it. */
    void giveBackIfIdle() {
        if (holds == 0) {
            releaser.giveBackUnlessPinned();
        }
    }

    /** Takes over what a dead thread held, or finds that it was taken back. */
    void inherit() {
        boolean unused = lease.inherit();
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
            if (!begun) {
                guard.exit();
            }
        }
    }

    /** Makes sure of a connection. Where something keeps one anyway nothing is counted up and down again, which is slow. */
    void ensure() {
        guard.check();
        if (holds == 0 || lease.sound() == null) {
            begin();
            end();
        }
    }

    private PooledConnection take() {
        PooledConnection held = holds == 0 ? resume() : lease.sound();
        return held == null ? acquire() : held;
    }

    private @Nullable PooledConnection resume() {
        if (lease.isCondemned()) {
            // Settling it failed, which was an Error.
            releaser.settle();
        }
        return lease.resume();
    }

    void end() {
        try {
            if (--holds == 0) {
                releaser.settle();
            }
        } finally {
            guard.exit();
        }
    }

    /** Refuses to use a connection that saw an error which says nothing about what it will answer next. */
    void checkSound() {
        lease.checkSound();
    }

    void condemn() {
        lease.condemn();
    }

    /** Makes sure, where it is due, that what was just read or written is the database's. */
    void verify() throws SQLException {
        PooledConnection held = lease.leased();
        if (held != null && database.pool().isVerificationDue(held, !transaction.isOpen())) {
            database.backend().connector().verify(held.connection());
        }
    }

    boolean isCondemned() {
        return lease.isCondemned();
    }

    private PooledConnection acquire() {
        PooledConnection connection = lease.acquire();
        if (connection.isNew()) {
            announce(connection);
        }
        return connection;
    }

    private void announce(PooledConnection connection) {
        boolean welcome = false;
        holds++;
        try {
            database.announce(wrapper);
            checkThere(connection);
            welcome = true;
            if (connection.isDirty()) {
                connection.dirty(false);
                connection.notResettable();
            }
        } finally {
            holds--;
            if (!welcome) {
                lease.drop(lease.isCondemned() ? CloseReason.BROKEN : CloseReason.REQUESTED);
            }
        }
    }

    /** Refuses to go on with what a listener closed, or lost and kept that to itself. */
    private void checkThere(PooledConnection connection) {
        if (lease.leased() != connection || lease.isCondemned()) {
            throw ErrorKind.OPERATIONAL.exception(
                    ("The new connection to database '%s' was closed or lost while a listener used it; have listeners let "
                                    + "errors out and close nothing")
                            .formatted(database.alias()));
        }
    }
}
