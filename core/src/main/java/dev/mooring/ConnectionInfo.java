package dev.mooring;

import dev.mooring.pool.ConnectionSnapshot;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One open connection of a database, as it was when {@link Database#connections()} was called. Taken without stopping anybody,
 * so what it says of a connection in use may be a moment apart. Immutable.
 *
 * @param number which connection it is: from 1, in the order in which this database opened them
 * @param state whether it was in use, and by whom
 * @param holder the name of the thread that had leased it; null if none had, or if it was just being handed over
 * @param age for how long it had been open
 * @param leasedFor for how long it had been leased, to some milliseconds; zero if it was not
 * @param uses how often it had been leased, this time included
 * @param lastStatement the last statement run on it, with {@code %s} for each parameter; null if none was yet
 */
public record ConnectionInfo(
        long number,
        State state,
        @Nullable String holder,
        Duration age,
        Duration leasedFor,
        long uses,
        @Nullable String lastStatement) {

    /** Who has a connection. */
    public enum State {
        /** Nobody: it is open and the next thread that needs one may take it. */
        PARKED,
        /** A thread that is alive, whether it runs a statement or not. */
        LEASED,
        /** A thread that has ended. With the setting {@code reclaim} it is taken back soon, otherwise never. */
        LEAKED
    }

    static ConnectionInfo of(ConnectionSnapshot snapshot) {
        Thread holder = snapshot.holder();
        return new ConnectionInfo(
                snapshot.number(),
                state(snapshot.leased(), holder),
                holder == null ? null : name(holder),
                Duration.ofNanos(snapshot.ageNanos()),
                Duration.ofNanos(snapshot.leasedNanos()),
                snapshot.uses(),
                snapshot.statement());
    }

    private static State state(boolean leased, @Nullable Thread holder) {
        if (!leased) {
            return State.PARKED;
        }
        return holder == null || holder.isAlive() ? State.LEASED : State.LEAKED;
    }

    /** Virtual threads have no name unless they are given one. */
    private static String name(Thread thread) {
        return thread.getName().isEmpty() ? thread.toString() : thread.getName();
    }
}
