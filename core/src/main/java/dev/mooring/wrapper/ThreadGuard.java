package dev.mooring.wrapper;

import static java.util.Objects.requireNonNull;

import dev.mooring.error.ErrorKind;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Confines a wrapper to the thread that it was made for. While sharing is allowed other threads may use it, one at a time, and
 * the one that is at work when sharing ends may finish. If a thread dies at work, the wrapper is abandoned: it serves nobody any
 * more, and the pool reclaims what the thread had leased. This is Django's thread-sharing validation
 * ({@code validate_thread_sharing}). Thread-safe.
 */
public final class ThreadGuard {

    private final String alias;
    /** Whose wrapper it is: the thread's that made it, or that has taken it over with a connection of the {@code DataSource}. */
    private final AtomicReference<Thread> owner = new AtomicReference<>(Thread.currentThread());

    /** How often sharing was allowed and not disallowed again: Django's count. */
    private final AtomicInteger sharing = new AtomicInteger();

    /** While sharing is allowed, the thread that is at work; for good if it died at work. */
    private final AtomicReference<@Nullable Thread> user = new AtomicReference<>();

    /** How often the thread at work has entered and not left. It alone writes this. */
    private int depth;

    /** Whether a connection of the {@code DataSource} is open on the wrapper, which another thread may take over. */
    private boolean lendable;

    private volatile boolean takenOver;

    /** To be run by the owner when some work of it ends; see {@link #afterWork}. */
    private volatile @Nullable Runnable afterWork;

    ThreadGuard(String alias) {
        this.alias = alias;
    }

    /** Allows sharing; a thread in the middle of its work stays the one that is served. */
    public void allow() {
        Thread current = Thread.currentThread();
        if (isOwner(current) && user.get() == null && depth > 0) {
            user.compareAndSet(null, current);
        }
        sharing.getAndUpdate(count -> {
            if (count == 0 && !isOwner(current) && user.get() != current) {
                throw wrongThread(current);
            }
            return count + 1;
        });
    }

    public void disallow() {
        if (sharing.getAndUpdate(count -> Math.max(0, count - 1)) == 0) {
            throw ErrorKind.INTERFACE.exception(
                    "Thread sharing of database '%s' was disallowed more often than allowed".formatted(alias));
        }
    }

    public void validate() {
        Thread current = Thread.currentThread();
        if (!isOwner(current) && !isShared() && user.get() != current) {
            throw wrongThread(current);
        }
    }

    /** Throws if another thread is at work. */
    public void check() {
        validate();
        refuseWhileUsedBy(user.get());
    }

    /** Called when work begins, and followed by {@link #exit()}. A shared wrapper serves one thread at a time. */
    void enter() {
        validate();
        if (isShared()) {
            claim();
        } else {
            refuseWhileUsedBy(user.get());
        }
        depth++;
        if (lendable) {
            refuseIfTakenOver();
        }
    }

    /** Either this thread sees who takes the wrapper over, or that one sees that this thread is at work. */
    private void refuseIfTakenOver() {
        VarHandle.fullFence();
        Thread current = Thread.currentThread();
        if (!isOwner(current) && !isShared() && user.get() != current) {
            depth--;
            throw wrongThread(current);
        }
    }

    /** Says that another thread may take the wrapper over from now on. For the owner. */
    public void lendable() {
        lendable = true;
    }

    /** {@return whether the wrapper is another thread's than its maker's, or was} */
    public boolean isTakenOver() {
        return takenOver;
    }

    /** {@return whether a thread died at work, after which the wrapper serves nobody} */
    public boolean isAbandoned() {
        Thread found = user.get();
        return found != null && !found.isAlive();
    }

    public boolean isOwned() {
        return isOwner(Thread.currentThread());
    }

    /** {@return whether the calling thread is the owner, and no thread is at work with which it shares the wrapper} */
    public boolean isUndisputed() {
        return owner.get() == Thread.currentThread() && user.get() == null;
    }

    /**
     * Makes the calling thread the owner, unless the current one is at work.
     *
     * @param expected how deep the work is that is handed over with it
     * @return whether it is the owner now
     */
    public boolean takeOver(int expected) {
        Thread current = Thread.currentThread();
        Thread before = owner.get();
        if (before == current) {
            return true;
        }
        if (!lendable || isShared() || user.get() != null || !owner.compareAndSet(before, current)) {
            return false;
        }
        VarHandle.fullFence();
        if (depth != expected) {
            owner.set(before);
            return false;
        }
        takenOver = true;
        return true;
    }

    private boolean isOwner(Thread thread) {
        return owner.get() == thread;
    }

    /** Called when work ends. */
    void exit() {
        if (--depth == 0 && user.get() != null) {
            user.set(null);
        }
        if (lendable) {
            VarHandle.fullFence();
            Runnable waiting = afterWork;
            if (waiting != null) {
                waiting.run();
            }
        }
    }

    /** Has the owner run {@code action} each time that some work of it ends, because it cannot be run at the moment. */
    public void afterWork(Runnable action) {
        afterWork = action;
    }

    /** {@return whether the calling thread is the owner, and its work is no deeper than {@code expected}} */
    public boolean isAtDepth(int expected) {
        return isOwner(Thread.currentThread()) && depth == expected;
    }

    private void claim() {
        Thread current = Thread.currentThread();
        Thread found = user.compareAndExchange(null, current);
        refuseWhileUsedBy(found);
        if (found == null && !isOwner(current) && !isShared()) {
            // Sharing has ended just now, and the creator may have seen nobody at work.
            user.set(null);
            throw wrongThread(current);
        }
    }

    /** Throws if {@code found}, the thread at work, is not the calling thread. */
    private void refuseWhileUsedBy(@Nullable Thread found) {
        Thread current = Thread.currentThread();
        if (found == null || found == current) {
            return;
        }
        String refusal = found.isAlive()
                ? "The wrapper of database '%s' is in use by thread '%s'; '%s' must wait"
                : "The wrapper of database '%s' is closed, because thread '%s' died in the middle of its work with it, which is"
                        + " lost; thread '%s' gets another from Databases.get()";
        throw ErrorKind.INTERFACE.exception(refusal.formatted(alias, found.getName(), current.getName()));
    }

    private boolean isShared() {
        return sharing.get() > 0;
    }

    private RuntimeException wrongThread(Thread current) {
        return ErrorKind.INTERFACE.exception(
                ("The wrapper of database '%s' belongs to thread '%s' and was used on thread '%s'. Ask Databases for this "
                                + "thread's own with get(), or allow sharing with incThreadSharing()")
                        .formatted(alias, requireNonNull(owner.get()).getName(), current.getName()));
    }
}
