package dev.mooring.pool;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A thread in a queue for something. */
final class Waiter<T> {

    final Thread thread;
    final long since;
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

    /** Wakes the thread once; the threads that let go need not all pay for it. */
    void signal() {
        if (!signalled) {
            signalled = true;
            wake();
        }
    }

    /** {@return whether there is something to look at} A lock taken since may have used up the wake-up call. */
    boolean isCalled() {
        return signalled || given != null;
    }

    /** To be called before looking around: whatever comes free afterwards signals anew. */
    void listen() {
        asleep = false;
        signalled = false;
    }

    /** To be called once looking around found nothing: until it listens again, this thread takes nothing by itself. */
    void fallAsleep() {
        asleep = true;
    }

    boolean isAsleep() {
        return asleep;
    }
}
