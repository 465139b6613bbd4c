package dev.mooring.wrapper;

import org.jspecify.annotations.Nullable;

/** Keeps a wrapper's connection leased until it is closed. Confined to the wrapper's thread. */
public final class Hold implements OpenResource {

    private final ThreadGuard guard;
    private final ConnectionHolder held;
    private final OpenResources open;
    private final @Nullable String origin;
    private boolean closed;

    private Hold(ThreadGuard guard, ConnectionHolder held, OpenResources open, @Nullable String origin) {
        this.guard = guard;
        this.held = held;
        this.open = open;
        this.origin = origin;
    }

    /** {@return one that has leased the connection} {@code origin} is where it was begun, if the begin of a unit of work ends it. */
    static Hold begin(ThreadGuard guard, ConnectionHolder held, OpenResources open, @Nullable String origin) {
        Hold hold = new Hold(guard, held, open, origin);
        open.openedHold(hold);
        try {
            held.retain();
        } catch (Throwable e) {
            open.closedHold(hold);
            throw e;
        }
        return hold;
    }

    @Override
    public String describe() {
        return "a hold()";
    }

    @Override
    public @Nullable String forgotten() {
        return origin == null ? null : "A hold() begun at " + origin;
    }

    @Override
    public void close() {
        if (!closed) {
            guard.check();
            closed = true;
            open.closedHold(this);
            held.release();
        }
    }
}
