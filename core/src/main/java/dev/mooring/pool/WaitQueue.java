package dev.mooring.pool;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The waiters in order of arrival, linked to each other, so that neither joining nor leaving takes memory that may not be there.
 * The lock is held for a few instructions and never around anything that blocks.
 */
final class WaitQueue<T> {

    private final ReentrantLock lock = new ReentrantLock();

    /** The first in the queue, to be read without the lock: null if nobody waits. */
    private volatile @Nullable Waiter<T> head;

    private @Nullable Waiter<T> tail;
    private int size;

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
            return size;
        } finally {
            lock.unlock();
        }
    }

    void join(Waiter<T> waiter) {
        lock.lock();
        try {
            link(tail, waiter, null);
        } finally {
            lock.unlock();
        }
    }

    /** Puts {@code waiter} before all others. */
    void joinFirst(Waiter<T> waiter) {
        lock.lock();
        try {
            link(null, waiter, head);
        } finally {
            lock.unlock();
        }
    }

    /** Puts {@code waiter} where it would stand had it never left; for one that was served in vain. */
    void rejoin(Waiter<T> waiter) {
        lock.lock();
        try {
            Waiter<T> earlier = null;
            Waiter<T> later = head;
            while (later != null && later.since - waiter.since < 0) {
                earlier = later;
                later = later.next;
            }
            link(earlier, waiter, later);
        } finally {
            lock.unlock();
        }
    }

    /** Takes {@code waiter} out, wherever it stands; does nothing if it has been served. */
    void leave(Waiter<T> waiter) {
        if (waiter.given() != null) {
            return;
        }
        lockWithoutFail();
        try {
            if (waiter.queued) {
                unlink(waiter);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Whoever stayed in the queue for want of memory would be given what its thread never uses. */
    private void lockWithoutFail() {
        try {
            lock.lock();
        } catch (OutOfMemoryError e) {
            // A lock that others have takes memory to wait for. They have it for a moment.
            while (!lock.tryLock()) {
                Thread.onSpinWait();
            }
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
            first = head;
            if (first == null || !transfer.test(first.thread)) {
                return false;
            }
            unlink(first);
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
            return waiter.isAsleep() && waiter.queued;
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
        lock.lock();
        try {
            for (Waiter<T> each = head; each != null; each = each.next) {
                each.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    private void link(@Nullable Waiter<T> before, Waiter<T> waiter, @Nullable Waiter<T> after) {
        waiter.previous = before;
        waiter.next = after;
        waiter.queued = true;
        size++;
        connect(before, waiter);
        connect(waiter, after);
    }

    private void unlink(Waiter<T> waiter) {
        connect(waiter.previous, waiter.next);
        waiter.previous = null;
        waiter.next = null;
        waiter.queued = false;
        size--;
    }

    /** Has {@code after} follow {@code before}; null is the end of the queue. */
    private void connect(@Nullable Waiter<T> before, @Nullable Waiter<T> after) {
        if (before == null) {
            head = after;
        } else {
            before.next = after;
        }
        if (after == null) {
            tail = before;
        } else {
            after.previous = before;
        }
    }
}
