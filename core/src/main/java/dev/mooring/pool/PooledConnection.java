package dev.mooring.pool;

import java.sql.Connection;
import org.jspecify.annotations.Nullable;

/** An open connection and the state of its session, which only the holder of the lease writes. */
public final class PooledConnection extends Leasable {

    private final Connection connection;
    private final CallTimer calls;
    private final long openedAt;
    /** Lowered by any thread that wants the connection replaced. */
    private volatile long expiresAt;

    /** Set before others know of this. */
    private long number;

    /** Whether somebody, maybe on another thread, ended the connection while it was leased. */
    private volatile boolean aborted;

    private boolean dirty;
    private boolean notResettable;
    private boolean wrote;
    private long verifiedAt;
    private @Nullable String statement;
    private @Nullable String formerStatement;
    private @Nullable Object attachment;
    private @Nullable Throwable trace;

    /** What the housekeeper saw when it looked last, no state at first, and since when; for the housekeeper. */
    private long swept = -1;

    private long sweptSince;

    /** The state of the last lease that was warned of, no state at first; for the housekeeper. */
    private long warnedOf = -1;

    PooledConnection(Connection connection, CallTimer calls, long openedAt, long expiresAt) {
        super(openedAt);
        this.connection = connection;
        this.calls = calls;
        this.openedAt = openedAt;
        this.expiresAt = expiresAt;
        this.verifiedAt = openedAt;
    }

    /** {@return the connection itself; for the holder of the lease} */
    public Connection connection() {
        return connection;
    }

    /** {@return the timer of calls to the driver} It must be told of each call that may take long. */
    public CallTimer calls() {
        return calls;
    }

    /** {@return whether the connection is too old at {@code now}} */
    public boolean isExpired(long now) {
        return now - expiresAt >= 0;
    }

    /** Has the connection closed when its lease ends, and not used again. Thread-safe. */
    void expire(long now) {
        expiresAt = now;
        validateAfter(now);
    }

    /** Says whether the session may differ from that of a new connection. */
    public void dirty(boolean dirty) {
        this.dirty = dirty;
    }

    /** {@return whether the session was changed since it was opened or reset} */
    public boolean isDirty() {
        return dirty;
    }

    /** Says that the connection was aborted or is about to be, so that it is not reused. Thread-safe. */
    public void markAborted() {
        aborted = true;
    }

    /** {@return whether the connection was ended while it was leased} */
    public boolean isAborted() {
        return aborted;
    }

    /** Says that the connection was rolled back and reset, and may be used again. */
    public void restored() {
        aborted = false;
        dirty = false;
    }

    /** Says that a listener gave the session a state of its own when it was opened: it can be closed, but not reset. */
    public void notResettable() {
        notResettable = true;
    }

    /** {@return whether a listener gave the session a state of its own} */
    public boolean isNotResettable() {
        return notResettable;
    }

    /** Notes that a statement is about to be sent which may write. */
    public void wrote() {
        wrote = true;
    }

    boolean isVerificationDue(boolean committed, long now, long interval) {
        if (!(committed && wrote) && now - verifiedAt < interval) {
            return false;
        }
        wrote &= !committed;
        verifiedAt = now;
        return true;
    }

    /** Remembers the last statement, for those who wait and want to know what for. */
    public void statement(String sql) {
        this.statement = sql;
    }

    /** Says that the lease is about to end: its last statement is not one of the next lease. */
    public void endStatements() {
        if (statement != null) {
            formerStatement = statement;
            statement = null;
        }
    }

    /** {@return the last statement of this lease or, if it has had none yet, of the leases before; null for none at all} */
    @Nullable
    String lastStatement() {
        String current = statement;
        return current == null ? formerStatement : current;
    }

    /** Says which connection of its pool this is. */
    void number(long number) {
        this.number = number;
    }

    long number() {
        return number;
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
     * {@return since when a sweep has found nothing but the state {@code seen}} Each lease makes another state, so whoever
     * takes and parks a connection need not write down when. For the housekeeper.
     */
    long untouchedSince(long seen, long now) {
        if (seen != swept) {
            swept = seen;
            sweptSince = now;
        }
        return sweptSince;
    }

    /** {@return whether this was not asked yet of the lease that {@code seen} names} For the housekeeper. */
    boolean warnOnce(long seen) {
        boolean first = warnedOf != seen;
        warnedOf = seen;
        return first;
    }

    /** Interrupts a call that takes too long; for the housekeeper. */
    void interruptIfOverdue(ConnectionSource source) {
        calls.interruptIfOverdue(() -> {
            // Whoever retires the connection after this look waits before closing it.
            if (!isClosed(state())) {
                source.interrupt(connection);
            }
        });
    }

    long expiresAt() {
        return expiresAt;
    }

    long openedAt() {
        return openedAt;
    }

    void trace(@Nullable Throwable place) {
        this.trace = place;
    }

    @Nullable
    Throwable trace() {
        return trace;
    }

    boolean isReusable() {
        return isIdle() && !dirty && !aborted;
    }

    /** {@return the last statement since it was leased; null for none yet} */
    public @Nullable String statement() {
        return statement;
    }
}
