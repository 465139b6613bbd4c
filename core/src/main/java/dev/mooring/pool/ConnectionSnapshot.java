package dev.mooring.pool;

import org.jspecify.annotations.Nullable;

/**
 * A connection as it was a moment ago.
 *
 * @param number which one it is, from 1 in the order in which the pool opened them
 * @param leased whether it was leased
 * @param holder the thread that had leased it; null if none had, or if it was just being handed over
 * @param ageNanos for how long it had been open
 * @param leasedNanos for how long it had been leased; zero if it was not
 * @param uses how often it had been leased
 * @param statement the last statement run on it; null for none yet
 */
public record ConnectionSnapshot(
        long number,
        boolean leased,
        @Nullable Thread holder,
        long ageNanos,
        long leasedNanos,
        long uses,
        @Nullable String statement) {

    static ConnectionSnapshot of(PooledConnection connection, long now) {
        boolean leased = !Leasable.isParked(connection.state());
        return new ConnectionSnapshot(
                connection.number(),
                leased,
                leased ? connection.owner() : null,
                Math.max(0, now - connection.openedAt()),
                leased ? Math.max(0, now - connection.leasedAt()) : 0,
                connection.leases(),
                connection.lastStatement());
    }
}
