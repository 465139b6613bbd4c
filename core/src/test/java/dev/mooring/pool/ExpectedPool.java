package dev.mooring.pool;

import dev.mooring.error.InterfaceException;
import dev.mooring.error.LeaseTimeoutException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A plain account of what a pool should do, kept by one thread: which connections there are, in which state, and what
 * each request comes to. Times are in microseconds.
 */
final class ExpectedPool {

    static final long MAX_AGE = 3_000_500;
    static final long PROBE_AFTER = 1_000_500;

    enum State {
        PARKED,
        LEASED,
        /** Its thread died with it. */
        ORPHANED,
        CLOSED
    }

    /** What is known of one connection; in the order of opening. */
    static final class Entry {
        final PooledConnection connection;
        final long openedAt;
        State state = State.LEASED;
        long ticket;
        long validateAfter;
        boolean idle = true;
        boolean dirty;

        private Entry(PooledConnection connection, long openedAt) {
            this.connection = connection;
            this.openedAt = openedAt;
        }
    }

    /** What a request for a connection comes to: one that is known, a new one (null), or an error. */
    record Outcome(@Nullable Entry entry, @Nullable Class<? extends Throwable> error) {}

    private static final Outcome OPENED = new Outcome(null, null);

    final List<Entry> entries = new ArrayList<>();

    int opened;
    int closed;
    int aborted;
    int probes;
    int handedOut;
    int replaced;
    int reclaimed;
    int timeouts;

    private final int cap;
    private long now;
    private long coarse;
    private long refusedAt = -1;
    private int failingProbes;
    private int failures;
    private int refusals;
    private boolean shutDown;

    ExpectedPool(int cap) {
        this.cap = cap;
    }

    /**
     * {@return what a request comes to}
     *
     * @param last the connection that its thread used last
     */
    Outcome acquire(@Nullable Entry last) {
        if (shutDown) {
            return new Outcome(null, InterfaceException.class);
        }
        Outcome outcome = last != null && last.state == State.PARKED ? take(last) : find();
        while (outcome == null && (first(State.PARKED) != null || first(State.ORPHANED) != null)) {
            outcome = find();
        }
        if (outcome != null) {
            return outcome;
        }
        // Whoever holds all of them itself need not wait to know.
        timeouts += countOf(State.LEASED) == cap ? 0 : 1;
        return new Outcome(null, LeaseTimeoutException.class);
    }

    /** {@return the connection that was handed out as {@code outcome} says, now in that state} */
    Entry handedOut(Outcome outcome, PooledConnection got, State state) {
        Entry entry = outcome.entry();
        if (entry == null) {
            entry = new Entry(got, now);
            entries.add(entry);
        }
        entry.state = state;
        entry.ticket = got.ticket();
        entry.idle = false;
        handedOut++;
        return entry;
    }

    void released(Entry entry) {
        if (coarse >= entry.openedAt + MAX_AGE) {
            closed(entry, CloseReason.EXPIRED);
        } else {
            entry.state = State.PARKED;
            entry.validateAfter = Math.min(coarse + PROBE_AFTER, entry.openedAt + MAX_AGE);
        }
    }

    void closed(Entry entry, CloseReason reason) {
        entry.state = State.CLOSED;
        if (reason.aborts()) {
            aborted++;
        } else {
            closed++;
        }
    }

    void tick() {
        coarse = now;
    }

    void advance(long micros) {
        now += micros;
    }

    boolean isRefused() {
        return refusedAt >= 0;
    }

    void swept() {
        for (Entry entry : entries) {
            if (entry.state == State.PARKED && coarse >= entry.openedAt + MAX_AGE) {
                closed(entry, CloseReason.EXPIRED);
            } else if (entry.state == State.ORPHANED) {
                reclaimed++;
                closed(entry, entry.idle ? CloseReason.REQUESTED : CloseReason.LEAKED);
            }
        }
    }

    void failProbes(int times) {
        failingProbes = times;
    }

    void failOpening(int times) {
        failures = times;
    }

    void refuseOpening(int times) {
        refusals = times;
    }

    void shutDown() {
        shutDown = true;
        for (Entry entry : entries) {
            if (entry.state != State.CLOSED) {
                closed(entry, entry.idle || entry.state == State.PARKED ? CloseReason.SHUT_DOWN : CloseReason.CUT_OFF);
            }
        }
    }

    /** {@return the connection in one of those states that {@code choice} stands for; null if there is none} */
    @Nullable
    Entry any(int choice, State... wanted) {
        List<Entry> found = entries.stream()
                .filter(entry -> List.of(wanted).contains(entry.state))
                .toList();
        return found.isEmpty() ? null : found.get(choice % found.size());
    }

    int countOf(State state) {
        return (int) entries.stream().filter(entry -> entry.state == state).count();
    }

    int countOpen() {
        return entries.size() - countOf(State.CLOSED);
    }

    private @Nullable Entry first(State state) {
        return any(0, state);
    }

    /** {@return a parked connection, else an orphaned one, else a new one; null if there is none of them} */
    private @Nullable Outcome find() {
        Entry parked = first(State.PARKED);
        Outcome outcome = parked == null ? null : take(parked);
        if (outcome == null) {
            Entry orphaned = first(State.ORPHANED);
            outcome = orphaned == null ? null : take(orphaned);
        }
        return outcome == null && countOpen() < cap ? open() : outcome;
    }

    private @Nullable Outcome take(Entry entry) {
        if (entry.state == State.ORPHANED) {
            reclaimed++;
            if (!entry.idle || entry.dirty) {
                return replace(entry, CloseReason.LEAKED);
            }
        } else if (coarse < entry.validateAfter) {
            return new Outcome(entry, null);
        }
        if (now >= entry.openedAt + MAX_AGE) {
            return replace(entry, CloseReason.EXPIRED);
        }
        probes++;
        if (failingProbes == 0) {
            return new Outcome(entry, null);
        }
        failingProbes--;
        entries.forEach(other -> other.validateAfter = coarse);
        return replace(entry, CloseReason.VALIDATION_FAILED);
    }

    private @Nullable Outcome replace(Entry entry, CloseReason reason) {
        replaced++;
        closed(entry, reason);
        return open();
    }

    private @Nullable Outcome open() {
        if (refusedAt == now) {
            return null;
        }
        if (failures > 0) {
            failures--;
            return new Outcome(null, IllegalStateException.class);
        }
        if (refusals > 0) {
            refusals--;
            refusedAt = now;
            return null;
        }
        refusedAt = -1;
        opened++;
        return OPENED;
    }
}
