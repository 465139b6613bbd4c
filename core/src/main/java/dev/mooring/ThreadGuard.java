package dev.mooring;

import dev.mooring.error.ErrorKind;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a wrapper to the thread that it was made for, unless sharing was allowed; then to one thread at a time, and
 * whoever is at work when sharing ends stays that one. What a thread leaves behind that dies at work, the next one ends.
 * Django's thread-sharing validation (django-behaviour 2.7). Any thread.
 */
final class ThreadGuard {

    private final String alias;
    private final Runnable endAbandonedWork;
    private final Thread creator = Thread.currentThread();
    private final AtomicInteger sharing = new AtomicInteger();
    private final AtomicReference<@Nullable Thread> user = new AtomicReference<>();

    /** How often the thread at work has entered and not left. It alone writes this. */
    private int depth;

    ThreadGuard(String alias, Runnable endAbandonedWork) {
        this.alias = alias;
        this.endAbandonedWork = endAbandonedWork;
    }

    /** Allows sharing; a thread in the middle of its work stays the one that is served. */
    void allow() {
        Thread current = Thread.currentThread();
        if (current == creator && user.get() == null && depth > 0) {
            user.compareAndSet(null, current);
        }
        sharing.getAndUpdate(count -> {
            if (count == 0 && current != creator && user.get() != current) {
                throw foreign(current);
            }
            return count + 1;
        });
    }

    void disallow() {
        if (sharing.getAndUpdate(count -> Math.max(0, count - 1)) == 0) {
            throw ErrorKind.INTERFACE.exception(
                    "Thread sharing of database '%s' was disallowed more often than allowed".formatted(alias));
        }
    }

    void validate() {
        Thread current = Thread.currentThread();
        if (current != creator && !isShared() && user.get() != current) {
            throw foreign(current);
        }
    }

    /** Throws if another thread is at work. */
    void check() {
        validate();
        succeed(user.get());
    }

    /** Called when work begins, and followed by {@link #exit()}: sharing is handing over, not using at once. */
    void enter() {
        validate();
        if (isShared()) {
            claim();
        } else {
            succeed(user.get());
        }
        depth++;
    }

    /** Called when work ends. */
    void exit() {
        if (--depth == 0 && user.get() != null) {
            user.set(null);
        }
    }

    private void claim() {
        Thread current = Thread.currentThread();
        Thread present = user.compareAndExchange(null, current);
        if (present != null && present != current) {
            succeed(present);
            claim();
        } else if (present == null && current != creator && !isShared()) {
            // Sharing has ended just now, and the creator may have seen nobody at work.
            user.set(null);
            throw foreign(current);
        }
    }

    /** Ends what {@code present} was at if it died; throws if it lives and is another thread. */
    private void succeed(@Nullable Thread present) {
        Thread current = Thread.currentThread();
        if (present == null || present == current) {
            return;
        }
        if (present.isAlive()) {
            throw ErrorKind.INTERFACE.exception("The wrapper of database '%s' is in use by thread '%s'; '%s' must wait"
                    .formatted(alias, present.getName(), current.getName()));
        }
        if (!user.compareAndSet(present, current)) {
            succeed(user.get());
            return;
        }
        depth++;
        try {
            endAbandonedWork.run();
        } finally {
            exit();
        }
    }

    private boolean isShared() {
        return sharing.get() > 0;
    }

    private RuntimeException foreign(Thread current) {
        return ErrorKind.INTERFACE.exception(
                ("The wrapper of database '%s' belongs to thread '%s' and was used on thread '%s'. Ask Databases for this "
                                + "thread's own with get(), or allow sharing with incThreadSharing()")
                        .formatted(alias, creator.getName(), current.getName()));
    }
}
