package dev.mooring;

import dev.mooring.error.ErrorKind;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a wrapper to the thread that it was made for, unless sharing was allowed; then to one thread at a time, and
 * whoever is at work when sharing ends stays that one. Django's thread-sharing validation (django-behaviour 2.7). Any thread.
 */
final class ThreadGuard {

    private final String alias;
    private final Thread creator = Thread.currentThread();
    private final AtomicInteger sharing = new AtomicInteger();
    private final AtomicReference<@Nullable Thread> user = new AtomicReference<>();

    ThreadGuard(String alias) {
        this.alias = alias;
    }

    /** Allows sharing; a thread in the middle of its work stays the one that is served. */
    void allow(boolean atWork) {
        if (atWork) {
            user.compareAndSet(null, Thread.currentThread());
        }
        sharing.incrementAndGet();
    }

    void disallow() {
        if (sharing.getAndUpdate(count -> Math.max(0, count - 1)) == 0) {
            throw ErrorKind.INTERFACE.exception(
                    "Thread sharing of database '%s' was disallowed more often than allowed".formatted(alias));
        }
    }

    boolean isShared() {
        return sharing.get() > 0;
    }

    void validate() {
        Thread current = Thread.currentThread();
        if (current != creator && !isShared() && user.get() != current) {
            throw foreign(current);
        }
    }

    private RuntimeException foreign(Thread current) {
        return ErrorKind.INTERFACE.exception(
                ("The wrapper of database '%s' belongs to thread '%s' and was used on thread '%s'. Ask Databases for this "
                                + "thread's own with get(), or allow sharing with incThreadSharing()")
                        .formatted(alias, creator.getName(), current.getName()));
    }

    /** Throws if another thread is at work. */
    void check() {
        validate();
        refuseIfAtWork(user.get());
    }

    /** Called when work begins: sharing is handing over, not using at once. */
    void enter() {
        validate();
        if (!isShared()) {
            refuseIfAtWork(user.get());
            return;
        }
        Thread current = Thread.currentThread();
        Thread present = user.compareAndExchange(null, current);
        refuseIfAtWork(present);
        if (present == null && current != creator && !isShared()) {
            // Sharing has ended just now, and the creator may have seen nobody at work.
            exit();
            throw foreign(current);
        }
    }

    private void refuseIfAtWork(@Nullable Thread present) {
        Thread current = Thread.currentThread();
        if (present != null && present != current) {
            throw ErrorKind.INTERFACE.exception("The wrapper of database '%s' is in use by thread '%s'; '%s' must wait"
                    .formatted(alias, present.getName(), current.getName()));
        }
    }

    /** Called when work ends. */
    void exit() {
        if (user.get() != null) {
            user.set(null);
        }
    }
}
