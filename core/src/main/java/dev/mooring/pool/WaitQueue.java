package dev.mooring.pool;

import java.util.ArrayDeque;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The waiters in order of arrival. The lock is held for a few instructions and never around anything that blocks. */
final class WaitQueue {

    private final ReentrantLock lock = new ReentrantLock();
    private final ArrayDeque<Waiter> waiters = new ArrayDeque<>();

    /** The first in the queue, to be read without the lock: null tells a returner that nobody waits. */
    private volatile @Nullable Waiter head;

    @Nullable
    Waiter head() {
        return head;
    }

    int size() {
        lock.lock();
        try {
            return waiters.size();
        } finally {
            lock.unlock();
        }
    }

    void join(Waiter waiter) {
        lock.lock();
        try {
            waiters.addLast(waiter);
            head = waiters.peekFirst();
        } finally {
            lock.unlock();
        }
    }

    /** Takes {@code waiter} out, wherever it stands; does nothing if it has been served. */
    void leave(Waiter waiter) {
        lock.lock();
        try {
            waiters.remove(waiter);
            head = waiters.peekFirst();
        } finally {
            lock.unlock();
        }
    }

    /** {@return whether the first waiter was given the connection that {@code ticket} leases} */
    boolean handOver(PooledConnection connection, long ticket, long now, long attentionAt) {
        lock.lock();
        try {
            Waiter first = waiters.peekFirst();
            if (first == null || !connection.transfer(ticket, first.thread, now)) {
                return false;
            }
            waiters.removeFirst();
            head = waiters.peekFirst();
            connection.attentionAt(attentionAt);
            first.give(connection);
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Wakes the first waiter, if there is one, because something may have come free. */
    void signalHead() {
        Waiter first = head;
        if (first != null) {
            first.signal();
        }
    }
}
