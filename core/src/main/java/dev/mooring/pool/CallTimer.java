package dev.mooring.pool;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Since when the driver is busy with a connection, for the keeper to look at: nothing is registered, no clock is read, and
 * a connection whose calls are not limited writes nothing.
 *
 * <p>The keeper interrupts between two states of its own, and whoever ends the call waits for the second: a late interrupt
 * never hits the next call.
 */
public final class CallTimer {

    private static final long IDLE = 0;
    private static final long INTERRUPTING = 1;
    private static final long INTERRUPTED = 2;
    /** The last call was interrupted, and has ended. */
    private static final long STOPPED = 3;
    /** Set in every time, so that none is taken for one of the above. */
    private static final long RUNNING = 4;

    private static final VarHandle STATE;

    static {
        try {
            STATE = MethodHandles.lookup().findVarHandle(CallTimer.class, "state", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Clock clock;
    private final long limit;
    private volatile long state;

    CallTimer(Clock clock, long limit) {
        this.clock = clock;
        this.limit = limit;
    }

    /** A call begins; for the holder of the lease. */
    public void begin() {
        if (limit != 0) {
            STATE.setRelease(this, clock.coarse() | RUNNING);
        }
    }

    /** The call has ended; for the holder of the lease. Ending twice does no harm. */
    public void end() {
        if (limit == 0) {
            return;
        }
        for (long seen = state; seen != IDLE && seen != STOPPED; seen = state) {
            if (seen == INTERRUPTING) {
                Thread.onSpinWait();
            } else {
                STATE.compareAndSet(this, seen, seen == INTERRUPTED ? STOPPED : IDLE);
            }
        }
    }

    /** {@return whether the last call was interrupted for taking too long} Ends it. For the holder of the lease. */
    public boolean wasInterrupted() {
        end();
        return state == STOPPED;
    }

    /** Does {@code interrupt} if the call under way has taken too long; once more each time, until it has ended. */
    void interruptIfOverdue(Runnable interrupt) {
        long seen = state;
        boolean overdue = seen == INTERRUPTED || ((seen & RUNNING) != 0 && clock.coarse() - seen > limit);
        if (overdue && STATE.compareAndSet(this, seen, INTERRUPTING)) {
            try {
                interrupt.run();
            } finally {
                state = INTERRUPTED;
            }
        }
    }

    /** Waits out an interrupt that is being sent this moment; for whoever closes the connection. */
    void awaitInterrupt() {
        while (state == INTERRUPTING) {
            Thread.onSpinWait();
        }
    }
}
