package dev.mooring.pool;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * What one thread at a time can lease, and its owner.
 *
 * <p>Everything depends on {@code state}: a status in the low bits and above it a generation that grows with each lease, so
 * that a lease that was reclaimed cannot be released a second time. Only the thread that holds the lease writes the
 * other fields, here and in what extends this; the compare-and-set that ends its lease publishes them to the next one. The
 * owner is written while it is {@code CLAIMED}, or before others know of it, so nobody takes a former owner for the current one.
 */
abstract class Leasable {

    private static final int PARKED = 0;
    private static final int LEASED = 1;
    private static final int CLOSED = 2;
    /** Between two owners: it cannot be leased, and the owner is being written. */
    private static final int CLAIMED = 3;

    private static final int STATUS_BITS = 2;
    private static final long STATUS = (1L << STATUS_BITS) - 1;

    private static final VarHandle STATE;
    private static final VarHandle OWNER;
    private static final VarHandle VALIDATE_AFTER;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            STATE = lookup.findVarHandle(Leasable.class, "state", long.class);
            OWNER = lookup.findVarHandle(Leasable.class, "owner", Thread.class);
            VALIDATE_AFTER = lookup.findVarHandle(Leasable.class, "validateAfter", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private volatile long state;

    /** Kept while it is parked: if the same thread leases it again, which is usual, it need not be written. */
    @SuppressWarnings("UnusedVariable") // through OWNER
    private @Nullable Thread owner;

    /** From when on it must be validated before use: it is too old, was idle for long, or another one failed validation. */
    @SuppressWarnings("UnusedVariable") // through VALIDATE_AFTER
    private long validateAfter;

    private long leasedAt;
    private long lastHandoffAt;
    private long leases;
    private boolean idle;

    /** Makes one that is leased, as {@link #begin} has yet to say to whom. */
    Leasable(long now) {
        this.lastHandoffAt = now;
        this.state = LEASED;
    }

    /** {@return the identifier of the current lease; for the thread that has just acquired it} */
    public long ticket() {
        return state;
    }

    /** {@return whether the lease that {@code ticket} names is still in force} */
    public boolean isLeasedWith(long ticket) {
        return state == ticket;
    }

    /** {@return whether this is the first lease} */
    public boolean isNew() {
        return leases == 1;
    }

    /** Says whether it is idle, so that it could be reused if the holder died now. */
    public void idle(boolean idle) {
        this.idle = idle;
    }

    /**
     * Makes the calling thread the owner of a lease, if another thread took it; for a wrapper shared between threads.
     *
     * @return whether the lease was still in force; with another owner it has a new {@link #ticket()}, so that a
     *     thread that saw the former owner die cannot reclaim it from the new one
     */
    public boolean takeOver(long ticket) {
        long seen = state;
        Thread thread = Thread.currentThread();
        if (seen != ticket || wasLastHadBy(thread)) {
            return seen == ticket;
        }
        long next = nextLease(ticket);
        if (!claim(ticket)) {
            return false;
        }
        long then = ticket;
        try {
            OWNER.setOpaque(this, thread);
            then = next;
        } finally {
            state = then;
        }
        return true;
    }

    long state() {
        return state;
    }

    /** {@return whether it was parked and is now the lease of {@code thread}} */
    boolean tryLease(Thread thread, long now) {
        long seen = state;
        if ((seen & STATUS) != PARKED) {
            return false;
        }
        if (wasLastHadBy(thread)) {
            if (!STATE.compareAndSet(this, seen, nextLease(seen))) {
                return false;
            }
            // Without a call, which could fail on a full stack and leave a lease without an owner.
            leasedAt = now;
            leases++;
            idle = false;
        } else {
            long next = nextLease(seen);
            if (!claim(seen)) {
                return false;
            }
            long then = seen;
            try {
                begin(thread, now);
                then = next;
            } finally {
                state = then;
            }
        }
        return true;
    }

    /** Transfers a lease to another thread without parking in between. */
    boolean transfer(long ticket, Thread to, long now, long validateAfter) {
        long next = nextLease(ticket);
        if (state != ticket || !claim(ticket)) {
            return false;
        }
        long then = ticket;
        try {
            validateAfter(validateAfter);
            lastHandoffAt = now;
            begin(to, now);
            then = next;
        } finally {
            state = then;
        }
        return true;
    }

    boolean wasLastHadBy(Thread thread) {
        return OWNER.getOpaque(this) == thread;
    }

    /** Clears a dead owner, so that it can be collected; for a sweep. */
    void forgetOwner(long seen) {
        Thread former = (Thread) OWNER.getOpaque(this);
        if (isParked(seen) && former != null && !former.isAlive() && claim(seen)) {
            try {
                OWNER.setOpaque(this, null);
            } finally {
                state = seen;
            }
        }
    }

    /**
     * The lease is {@code thread}'s, from {@code now} on; for whoever has claimed it. Busy from the first moment on, though its
     * holder has yet to say so: a shut-down waits for it.
     */
    void begin(Thread thread, long now) {
        leasedAt = now;
        leases++;
        idle = false;
        OWNER.setOpaque(this, thread);
    }

    /** {@return whether the lease that {@code ticket} names was still in force} It is over then. */
    boolean park(long ticket, long validateAfter) {
        if (state != ticket) {
            return false;
        }
        VALIDATE_AFTER.setOpaque(this, validateAfter);
        return STATE.compareAndSet(this, ticket, parked(ticket));
    }

    /** {@return whether it is nobody's any more, from the state {@code seen} on: for whoever is to close it} */
    boolean retire(long seen) {
        return (seen & STATUS) <= LEASED && STATE.compareAndSet(this, seen, (seen & ~STATUS) | CLOSED);
    }

    /** Has it validated before use from {@code time} on. */
    void validateAfter(long time) {
        VALIDATE_AFTER.setOpaque(this, time);
    }

    boolean needsValidation(long now) {
        return now - (long) VALIDATE_AFTER.getOpaque(this) >= 0;
    }

    /** {@return whose the lease is; null if there is none} */
    @Nullable
    Thread owner() {
        return isLeased(state) ? (Thread) OWNER.getOpaque(this) : null;
    }

    long leasedAt() {
        return leasedAt;
    }

    /** {@return when it was last handed to a waiter, or opened} */
    long lastHandoffAt() {
        return lastHandoffAt;
    }

    long leases() {
        return leases;
    }

    boolean isIdle() {
        return idle;
    }

    /** {@return whether a thread uses it, or is about to} */
    boolean isBusy() {
        long seen = state;
        Thread holder = owner();
        boolean atWork = holder != null && holder.isAlive() && !idle;
        return atWork || (seen & STATUS) == CLAIMED || state != seen;
    }

    /**
     * From here until it writes the state, the calling thread is the only one that changes anything. It writes it whatever
     * happens, and without a call: the stack may be full.
     */
    private boolean claim(long seen) {
        return STATE.compareAndSet(this, seen, (seen & ~STATUS) | CLAIMED);
    }

    static boolean isClosed(long state) {
        return (state & STATUS) == CLOSED;
    }

    static boolean isParked(long state) {
        return (state & STATUS) == PARKED;
    }

    static boolean isLeased(long state) {
        return (state & STATUS) == LEASED;
    }

    /** {@return the state after the lease that {@code ticket} names has ended} */
    private static long parked(long ticket) {
        return (ticket & ~STATUS) | PARKED;
    }

    /** {@return the state of the lease that follows} */
    private static long nextLease(long state) {
        return (((state >>> STATUS_BITS) + 1) << STATUS_BITS) | LEASED;
    }
}
