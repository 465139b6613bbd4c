package dev.mooring.pool;

import dev.mooring.config.DatabaseSettings;
import java.util.StringJoiner;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Tells who holds all the connections, for the error of those who waited in vain. */
final class Exhaustion {

    private static final int LONGEST_STATEMENT = 200;
    private static final int MOST_HOLDERS = 50;

    private Exhaustion() {}

    static String message(DatabaseSettings settings, Iterable<PooledConnection> connections, Clock clock) {
        StringJoiner holders = new StringJoiner("\n  ", "\n  ", "");
        int shown = 0;
        for (PooledConnection connection : connections) {
            if (PooledConnection.isLeased(connection.state()) && shown++ < MOST_HOLDERS) {
                holders.add(holder(connection, clock.exact()));
            }
        }
        return ("No connection to database '%s' came free within %s (acquireTimeout): all %s (maxConnections) are in use. "
                        + "End what holds them, or raise maxConnections. Held by:%s")
                .formatted(
                        settings.alias(),
                        settings.acquireTimeout().toMillis() + " ms",
                        settings.maxConnections().isPresent()
                                ? settings.maxConnections().getAsInt()
                                : "connections",
                        holders);
    }

    private static String holder(PooledConnection connection, long now) {
        Thread owner = connection.owner();
        String who = owner == null ? "a thread just now" : "thread '" + owner.getName() + "' (" + life(owner) + ")";
        long held = TimeUnit.NANOSECONDS.toMillis(now - connection.leasedAt());
        return who + ", for " + held + " ms, last statement: " + shortened(connection.statement());
    }

    private static String life(Thread owner) {
        return owner.isAlive() ? owner.getState().toString().toLowerCase(java.util.Locale.ROOT) : "dead";
    }

    private static String shortened(@Nullable String statement) {
        if (statement == null) {
            return "none yet";
        }
        return statement.length() <= LONGEST_STATEMENT ? statement : statement.substring(0, LONGEST_STATEMENT) + "…";
    }
}
