package dev.mooring.pool;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A thread in the queue for a connection. */
final class Waiter {

    final Thread thread;
    final long since;
    private volatile @Nullable PooledConnection given;
    private volatile boolean signalled;

    Waiter(Thread thread, long since) {
        this.thread = thread;
        this.since = since;
    }

    void give(PooledConnection connection) {
        given = connection;
        LockSupport.unpark(thread);
    }

    @Nullable
    PooledConnection given() {
        return given;
    }

    /** Wakes the thread once; the threads that return connections need not all pay for it. */
    void signal() {
        if (!signalled) {
            signalled = true;
            LockSupport.unpark(thread);
        }
    }

    /** To be called before looking around: whatever comes free afterwards signals anew. */
    void listen() {
        signalled = false;
    }
}
