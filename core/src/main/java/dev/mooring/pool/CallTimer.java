package dev.mooring.pool;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Tells the housekeeper whether a call to the driver is running on a connection. Nothing is registered, no clock is read, and a
 * connection without a limit writes nothing. The housekeeper counts a call's time from when it first saw it, so
 * a housekeeper that is late itself does not take a new call for an old one.
 *
 * <p>The state is INTERRUPTING while the housekeeper interrupts, and ending the call waits until that is done: a late interrupt never
 * hits the next call.
 */
public final class CallTimer {

    private static final long IDLE = 0;
    private static final long INTERRUPTING = 1;
    private static final long INTERRUPTED = 2;
    /** The last call was interrupted, and has ended. */
    private static final long STOPPED = 3;
    /** Set, below the number of the call, while one is under way. */
    private static final long RUNNING = 4;

    private static final long NEXT = 8;

    private static final long MAX_WAIT_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final long RECHECK_INTERVAL = TimeUnit.MICROSECONDS.toNanos(100);

    private static final VarHandle STATE;

    static {
        try {
            STATE = MethodHandles.lookup().findVarHandle(CallTimer.class, "state", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Clock clock;
    /** Published with the state, as what follows. */
    private long limit;
    /** The limit of the call under way, where that is a lesser one; none if zero. Published with the state. */
    private long lesser;

    /** The limit of the call under way in place of these two; none if zero. */
    private long override;

    /** How many statements the call under way runs, each of which may take as long as one. */
    private long times = 1;

    private volatile long state;

    /** The number of the last call, and what tells that it runs; for the holder of the lease. */
    private long last = RUNNING;

    /** What the housekeeper saw when it looked last, and since when; for the housekeeper. */
    private long seen;

    private long seenSince;

    CallTimer(Clock clock, long limit) {
        this.clock = clock;
        this.limit = limit;
    }

    /** Limits the calls from now on to {@code nanos} in place of what limited them; none if zero. Where there was a limit at all. */
    public void replaceLimit(long nanos) {
        end();
        limit = limit == 0 ? 0 : nanos;
    }

    /** A call begins; for the holder of the lease. */
    public void begin() {
        begin(1, 0);
    }

    /**
     * A call begins that runs {@code statements}, each of which may take as long as one.
     *
     * @param limitNanos the limit of this call, if that is less than the usual one; none if zero
     */
    public void begin(int statements, long limitNanos) {
        if (limit != 0 || limitNanos != 0) {
            lesser = limitNanos;
            times = statements;
            last += NEXT;
            STATE.setRelease(this, last);
        }
    }

    /** A call begins whose limit is {@code nanos}, whatever limits others; it has none and is not watched if that is zero. */
    public void beginWithin(long nanos) {
        if (nanos != 0) {
            override = nanos;
            last += NEXT;
            STATE.setRelease(this, last);
        }
    }

    /** The call has ended; for the holder of the lease. Ending twice does no harm. */
    public void end() {
        if (limit == 0 && lesser == 0 && override == 0) {
            return;
        }
        for (long now = state; now != IDLE && now != STOPPED; now = state) {
            if (now == INTERRUPTING) {
                Thread.onSpinWait();
            } else {
                STATE.compareAndSet(this, now, now == INTERRUPTED ? STOPPED : IDLE);
            }
        }
        override = 0;
        lesser = 0;
    }

    /** {@return whether the last call was interrupted for taking too long} Ends it. For the holder of the lease. */
    public boolean wasInterrupted() {
        end();
        return state == STOPPED;
    }

    /** Does {@code interrupt} if the call under way has taken too long; once more each time, until it has ended. */
    void interruptIfOverdue(Runnable interrupt) {
        long now = state;
        if (now != seen) {
            seen = now;
            seenSince = clock.coarse();
        }
        boolean overdue = now == INTERRUPTED || ((now & RUNNING) != 0 && clock.coarse() - seenSince > effective());
        if (overdue && STATE.compareAndSet(this, now, INTERRUPTING)) {
            try {
                interrupt.run();
            } finally {
                state = INTERRUPTED;
            }
        }
    }

    private long effective() {
        if (override != 0) {
            return override;
        }
        long one = lesser == 0 ? limit : limit == 0 ? lesser : Math.min(limit, lesser);
        return one > Long.MAX_VALUE / times ? Long.MAX_VALUE : one * times;
    }

    /**
     * Waits out an interrupt that is being sent this moment, but five seconds at the most: a driver may hang in it. For whoever
     * closes the connection.
     *
     * @return whether none is being sent any more
     */
    boolean awaitInterrupt() {
        if (state != INTERRUPTING) {
            return true;
        }
        long since = clock.exact();
        while (state == INTERRUPTING && clock.exact() - since < MAX_WAIT_NANOS) {
            LockSupport.parkNanos(this, RECHECK_INTERVAL);
        }
        return state != INTERRUPTING;
    }
}
