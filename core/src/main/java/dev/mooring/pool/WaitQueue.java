package dev.mooring.pool;

import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The waiters in order of arrival. The lock is held for a few instructions and never around anything that blocks. */
final class WaitQueue<T> {

    private final ReentrantLock lock = new ReentrantLock();
    private final ArrayDeque<Waiter<T>> waiters = new ArrayDeque<>();

    /** The first in the queue, to be read without the lock: null if nobody waits. */
    private volatile @Nullable Waiter<T> head;

    @Nullable
    Waiter<T> head() {
        return head;
    }

    /** For the fast path, which must not load the class of the waiters. */
    boolean isEmpty() {
        return head == null;
    }

    int size() {
        lock.lock();
        try {
            return waiters.size();
        } finally {
            lock.unlock();
        }
    }

    void join(Waiter<T> waiter) {
        lock.lock();
        try {
            waiters.addLast(waiter);
            head = waiters.peekFirst();
        } finally {
            lock.unlock();
        }
    }

    /** Puts {@code waiter} where it would stand had it never left; for one that was served in vain. */
    void rejoin(Waiter<T> waiter) {
        lock.lock();
        try {
            ArrayDeque<Waiter<T>> earlier = new ArrayDeque<>();
            for (Waiter<T> first = waiters.peekFirst();
                    first != null && first.since - waiter.since < 0;
                    first = waiters.peekFirst()) {
                earlier.push(waiters.removeFirst());
            }
            waiters.addFirst(waiter);
            earlier.forEach(waiters::addFirst);
            head = waiters.peekFirst();
        } finally {
            lock.unlock();
        }
    }

    /** Takes {@code waiter} out, wherever it stands; does nothing if it has been served. */
    void leave(Waiter<T> waiter) {
        if (waiter.given() != null) {
            return;
        }
        lock.lock();
        try {
            if (waiter.given() == null) {
                waiters.remove(waiter);
                head = waiters.peekFirst();
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Gives {@code item} to the first waiter, if there is one and {@code transfer} makes its thread the owner.
     *
     * @return whether it did
     */
    boolean handOff(T item, Predicate<Thread> transfer) {
        Waiter<T> first;
        lock.lock();
        try {
            first = waiters.peekFirst();
            if (first == null || !transfer.test(first.thread)) {
                return false;
            }
            waiters.removeFirst();
            head = waiters.peekFirst();
            first.give(item);
        } finally {
            lock.unlock();
        }
        // Not under the lock: the thread woken here may well take the processor from this one.
        first.wake();
        return true;
    }

    /** {@return whether {@code waiter} is queued and asleep, and stays so until a holder releases} */
    boolean isStuck(Waiter<?> waiter) {
        lock.lock();
        try {
            return waiter.isAsleep() && waiter.given() == null && waiters.contains(waiter);
        } finally {
            lock.unlock();
        }
    }

    /** Wakes the first waiter, if there is one, because something may have come free. */
    void signalHead() {
        Waiter<T> first = head;
        if (first != null) {
            first.signal();
        }
    }

    /** Wakes all waiters, because those who wait in vain may be any of them. */
    void signalAll() {
        List<Waiter<T>> all;
        lock.lock();
        try {
            all = List.copyOf(waiters);
        } finally {
            lock.unlock();
        }
        all.forEach(Waiter::signal);
    }
}
