package dev.mooring.wrapper;

import dev.mooring.pool.WriteLock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Acquires and releases the write lock for one wrapper, where its database has one. Confined to the wrapper's thread. */
final class WriteLockHolder {

    private final DatabaseContext context;
    private final ConnectionHolder held;
    private final ThreadGuard guard;
    private final Runnable refusal;

    /** How many blocks and statements of this wrapper use the lock now. */
    private int users;

    private @Nullable Thread owner;

    /** Whether others could take the lock during the last wait for a connection. */
    private boolean offered;

    WriteLockHolder(DatabaseContext context, ConnectionHolder held, ThreadGuard guard) {
        this.context = context;
        this.held = held;
        this.guard = guard;
        this.refusal = context.pool()::refuseIfShut;
        if (context.writeLock() != null) {
            held.aroundWait(this::offer, this::keep);
        }
    }

    /**
     * Waits for the write lock, where the database has one. Call before the connection is leased: otherwise waiting writers could
     * hold every connection of the pool.
     *
     * @return true if {@link #unlock()} must be called
     */
    boolean lock() {
        WriteLock lock = context.writeLock();
        if (lock == null || context.settings().readOnly()) {
            return false;
        }
        guard.enter();
        try {
            if (users == 0) {
                held.releaseBeforeWait();
                acquire(lock);
            }
            users++;
            return true;
        } catch (Throwable e) {
            guard.exit();
            throw e;
        }
    }

    private void acquire(WriteLock lock) {
        lock.acquire(
                held.leased() != null,
                timeout(),
                description(),
                context.registry().waits(),
                refusal);
        owner = Thread.currentThread();
    }

    private Duration timeout() {
        return context.settings().acquireTimeout();
    }

    private String description() {
        return "database '" + context.alias() + "'";
    }

    private void offer() {
        WriteLock lock = context.writeLock();
        offered = lock != null && owner != null && lock.offer(owner);
    }

    /** Withdraws the offer, or acquires the lock again if a thread that had a connection has taken it. */
    private void keep() {
        WriteLock lock = context.writeLock();
        if (offered && lock != null && owner != null && !lock.keep(owner)) {
            owner = null;
            lock.acquireAgain(timeout(), description(), context.registry().waits(), refusal);
            owner = Thread.currentThread();
        }
    }

    void unlock() {
        WriteLock lock = context.writeLock();
        try {
            if (--users == 0 && lock != null && owner != null) {
                lock.release(owner);
                owner = null;
            }
        } finally {
            guard.exit();
        }
    }
}
