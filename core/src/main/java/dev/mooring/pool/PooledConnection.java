package dev.mooring.pool;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.sql.Connection;
import org.jspecify.annotations.Nullable;

/**
 * One open connection and who has it.
 *
 * <p>Everything turns on {@code state}: a status in the low bits and above it a generation that grows with each lease, so
 * that a lease which was taken back cannot be returned a second time. Only the thread that holds the lease writes the
 * other fields; the compare-and-set that ends its lease publishes them to the next one. The owner is written while the
 * connection is {@code CLAIMED} and at no other time, so nobody takes a former owner for the present one.
 */
public final class PooledConnection {

    private static final int PARKED = 0;
    private static final int LEASED = 1;
    private static final int CLOSED = 2;
    /** Between two owners: nobody's to take, and the owner is being written. */
    private static final int CLAIMED = 3;

    private static final int STATUS_BITS = 2;
    private static final long STATUS = (1L << STATUS_BITS) - 1;

    private static final VarHandle STATE;
    private static final VarHandle OWNER;
    private static final VarHandle ATTENTION_AT;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            STATE = lookup.findVarHandle(PooledConnection.class, "state", long.class);
            OWNER = lookup.findVarHandle(PooledConnection.class, "owner", Thread.class);
            ATTENTION_AT = lookup.findVarHandle(PooledConnection.class, "attentionAt", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Connection connection;
    private final CallTimer calls;
    private final long openedAt;
    private final long expiresAt;

    private volatile long state;

    /** Stays while the connection is parked: for the same thread, which is the usual case, it need not be written again. */
    @SuppressWarnings("UnusedVariable") // through OWNER
    private @Nullable Thread owner;

    /** From when a taker must look closer: too old, unused for too long, or under suspicion. */
    @SuppressWarnings("UnusedVariable") // through ATTENTION_AT
    private long attentionAt;

    private long leasedAt;
    private long passedOnAt;
    private long leases;
    private boolean idle;
    private boolean changed;

    /** What the keeper saw when it looked last, no state at first, and since when; for the keeper. */
    private long swept = -1;

    private long sweptSince;
    private boolean customised;
    private @Nullable String statement;
    private @Nullable Object attachment;
    private @Nullable Throwable trace;

    PooledConnection(Connection connection, CallTimer calls, long openedAt, long expiresAt) {
        this.connection = connection;
        this.calls = calls;
        this.openedAt = openedAt;
        this.expiresAt = expiresAt;
        this.passedOnAt = openedAt;
        this.state = LEASED;
    }

    /** {@return the connection itself; for the holder of the lease} */
    public Connection connection() {
        return connection;
    }

    /** {@return what limits calls to the driver} To be told of each that may take long. */
    public CallTimer calls() {
        return calls;
    }

    /** {@return what names the present lease; for the thread that has just taken it} */
    public long ticket() {
        return state;
    }

    /** {@return whether the lease that {@code ticket} names is still in force} */
    public boolean isLeasedWith(long ticket) {
        return state == ticket;
    }

    /** {@return whether this is the first lease of this connection} */
    public boolean isNew() {
        return leases == 1;
    }

    /** {@return whether the connection is too old at {@code now}} */
    public boolean isExpired(long now) {
        return now - expiresAt >= 0;
    }

    /** Says whether the session is at rest, so that it could be taken over if the holder died now. */
    public void idle(boolean idle) {
        this.idle = idle;
    }

    /** Says whether the session is no longer as it was when the connection was opened. */
    public void changed(boolean changed) {
        this.changed = changed;
    }

    /** {@return whether the session was changed since it was opened or reset} */
    public boolean isChanged() {
        return changed;
    }

    /** Says that a listener gave the session a state of its own when it was opened: it can be closed, but not reset. */
    public void customised() {
        customised = true;
    }

    /** {@return whether a listener gave the session a state of its own} */
    public boolean isCustomised() {
        return customised;
    }

    /** Remembers the last statement, for those who wait and want to know what for. */
    public void statement(String sql) {
        this.statement = sql;
    }

    /** {@return what the layer above keeps with this connection} */
    public @Nullable Object attachment() {
        return attachment;
    }

    /** Keeps {@code attachment} with this connection until it is closed. */
    public void attach(Object attachment) {
        this.attachment = attachment;
    }

    /**
     * Makes the calling thread the owner of a lease that another thread took; for a wrapper shared between threads.
     *
     * @return whether the lease was still in force; it then has a new {@link #ticket()}, so that nobody who saw the
     *     former owner die can take the connection from the new one
     */
    public boolean handOver(long ticket) {
        if (state != ticket) {
            return false;
        }
        Thread thread = Thread.currentThread();
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

    /**
     * From here until it writes the state, the calling thread is the only one that changes anything. It writes it whatever
     * happens, and without a call: the stack may be full.
     */
    private boolean claim(long seen) {
        return STATE.compareAndSet(this, seen, (seen & ~STATUS) | CLAIMED);
    }

    boolean tryLease(Thread thread, long now) {
        long seen = state;
        if ((seen & STATUS) != PARKED) {
            return false;
        }
        if (wasLastHadBy(thread)) {
            if (!STATE.compareAndSet(this, seen, nextLease(seen))) {
                return false;
            }
            count(now);
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

    /** Passes a lease on without parking the connection in between. */
    boolean transfer(long ticket, Thread to, long now, long attentionAt) {
        long next = nextLease(ticket);
        if (state != ticket || !claim(ticket)) {
            return false;
        }
        long then = ticket;
        try {
            attentionAt(attentionAt);
            passedOnAt = now;
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

    /** Keeps no dead thread in memory; for a sweep. */
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
     * {@return since when a sweep has found nothing but the state {@code seen}} Each lease makes another state, so whoever
     * takes and parks a connection need not write down when. For the keeper.
     */
    long untouchedSince(long seen, long now) {
        if (seen != swept) {
            swept = seen;
            sweptSince = now;
        }
        return sweptSince;
    }

    boolean park(long ticket, long attentionAt) {
        if (state != ticket) {
            return false;
        }
        ATTENTION_AT.setOpaque(this, attentionAt);
        return STATE.compareAndSet(this, ticket, parked(ticket));
    }

    /** {@return the state after the lease that {@code ticket} names has ended} */
    private static long parked(long ticket) {
        return (ticket & ~STATUS) | PARKED;
    }

    boolean retire(long seen) {
        return (seen & STATUS) <= LEASED && STATE.compareAndSet(this, seen, (seen & ~STATUS) | CLOSED);
    }

    /** Interrupts a call that takes too long; for the keeper. */
    void interruptIfOverdue(ConnectionSource source) {
        calls.interruptIfOverdue(() -> {
            // Whoever retires the connection after this look waits before closing it.
            if (!isClosed(state)) {
                source.interrupt(connection);
            }
        });
    }

    void begin(Thread thread, long now) {
        count(now);
        OWNER.setOpaque(this, thread);
    }

    /** Busy from the first moment on, though its holder has yet to say so: a shut-down waits for it. */
    private void count(long now) {
        leasedAt = now;
        leases++;
        idle = false;
    }

    /** Has whoever takes the connection from {@code time} on look closer. */
    void attentionAt(long time) {
        ATTENTION_AT.setOpaque(this, time);
    }

    boolean needsAttention(long now) {
        return now - (long) ATTENTION_AT.getOpaque(this) >= 0;
    }

    long state() {
        return state;
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

    /** {@return whose the lease is; null if there is none} */
    @Nullable
    Thread owner() {
        return isLeased(state) ? (Thread) OWNER.getOpaque(this) : null;
    }

    long expiresAt() {
        return expiresAt;
    }

    long openedAt() {
        return openedAt;
    }

    long leasedAt() {
        return leasedAt;
    }

    /** {@return when it was last given to a waiter, or opened} */
    long passedOnAt() {
        return passedOnAt;
    }

    long leases() {
        return leases;
    }

    boolean isIdle() {
        return idle;
    }

    /** {@return whether a thread is at work with it, or about to be} */
    boolean isBusy() {
        long seen = state;
        Thread holder = owner();
        boolean atWork = holder != null && holder.isAlive() && !idle;
        return atWork || (seen & STATUS) == CLAIMED || state != seen;
    }

    void trace(@Nullable Throwable place) {
        this.trace = place;
    }

    @Nullable
    Throwable trace() {
        return trace;
    }

    boolean isReusable() {
        return idle && !changed;
    }

    @Nullable
    String statement() {
        return statement;
    }

    private static long nextLease(long state) {
        return (((state >>> STATUS_BITS) + 1) << STATUS_BITS) | LEASED;
    }
}
