package dev.mooring;

import java.util.Collections;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Each thread's {@link ThreadWrappers}, until closed. What a thread keeps of it is an array: a pooled thread lives longer than
 * an application in a container, and must not hold an object of the application's classes after its end. Thread-safe.
 */
final class WrappersOfThreads {

    @SuppressWarnings("ThreadLocalUsage") // One for each Databases, which ends with it.
    private final ThreadLocal<@Nullable Object[]> slot = new ThreadLocal<>();

    private final ReentrantLock lock = new ReentrantLock();
    /** The arrays of the threads that live. */
    private final Set<@Nullable Object[]> slots = Collections.newSetFromMap(new WeakHashMap<>());

    private boolean closed;

    /** {@return those of the calling thread; once closed, new ones that nobody keeps} */
    ThreadWrappers get() {
        @Nullable Object[] mine = slot.get();
        return mine != null && mine[0] instanceof ThreadWrappers known ? known : make();
    }

    private ThreadWrappers make() {
        ThreadWrappers made = new ThreadWrappers();
        lock.lock();
        try {
            if (!closed) {
                @Nullable Object[] mine = {made};
                slots.add(mine);
                slot.set(mine);
            }
        } finally {
            lock.unlock();
        }
        return made;
    }

    void close() {
        lock.lock();
        try {
            closed = true;
            slots.forEach(each -> each[0] = null);
            slots.clear();
        } finally {
            lock.unlock();
        }
    }
}
