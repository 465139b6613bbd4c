package dev.mooring.wrapper;

import dev.mooring.pool.WriteLock;
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

    WriteLockHolder(DatabaseContext context, ConnectionHolder held, ThreadGuard guard) {
        this.context = context;
        this.held = held;
        this.guard = guard;
        this.refusal = context.pool()::refuseIfShut;
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
        boolean taken = false;
        try {
            if (users == 0) {
                acquire(lock);
            }
            users++;
            taken = true;
        } finally {
            if (!taken) {
                guard.exit();
            }
        }
        return true;
    }

    private void acquire(WriteLock lock) {
        held.releaseBeforeWait();
        lock.acquire(
                context.settings().acquireTimeout(),
                "database '" + context.alias() + "'",
                context.registry().waits(),
                refusal);
        owner = Thread.currentThread();
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
