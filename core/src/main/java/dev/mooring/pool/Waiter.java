package dev.mooring.pool;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A thread in a queue for something. */
class Waiter<T> {

    final Thread thread;
    final long since;

    /** Its neighbours, and whether it is in the queue; only with the lock of the queue. */
    @Nullable
    Waiter<T> previous;

    @Nullable
    Waiter<T> next;

    boolean queued;

    private volatile @Nullable T given;
    private volatile boolean signalled;
    private volatile boolean asleep;

    Waiter(Thread thread, long since) {
        this.thread = thread;
        this.since = since;
    }

    void give(T item) {
        given = item;
    }

    void wake() {
        LockSupport.unpark(thread);
    }

    @Nullable
    T given() {
        return given;
    }

    /** Wakes the thread, unless that was done since it last checked. */
    void signal() {
        if (!signalled) {
            signalled = true;
            wake();
        }
    }

    /** {@return whether there is something to check} The unpark permit may have been consumed, so check the flag. */
    boolean isCalled() {
        return signalled || given != null;
    }

    /** Call before checking for a free item: whatever comes free afterwards signals again. */
    void listen() {
        asleep = false;
        signalled = false;
    }

    /** Call when no free item was found: until it listens again, this thread takes nothing by itself. */
    void fallAsleep() {
        asleep = true;
    }

    boolean isAsleep() {
        return asleep;
    }
}
