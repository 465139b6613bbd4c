package dev.mooring.pool;

import dev.mooring.config.DatabaseSettings;
import dev.mooring.error.DatabaseException;
import dev.mooring.error.ErrorKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Builds the errors of failed waits for a connection: who holds the connections, and what the server answered. */
final class AcquireFailure {

    private static final int LONGEST_STATEMENT = 120;
    private static final int MOST_HOLDERS = 24;
    private static final int MOST_FRAMES = 20;

    private final DatabaseSettings settings;
    private final Iterable<PooledConnection> connections;
    private final Clock clock;

    AcquireFailure(DatabaseSettings settings, Iterable<PooledConnection> connections, Clock clock) {
        this.settings = settings;
        this.connections = connections;
        this.clock = clock;
    }

    /** {@return the error of a wait that timed out} */
    DatabaseException timedOut(Opener.@Nullable OpenFailure failure) {
        String within = "No connection to database '%s' came free within %d ms (acquireTimeout)"
                .formatted(settings.alias(), settings.acquireTimeout().toMillis());
        if (failure == null) {
            return ErrorKind.LEASE_TIMEOUT.exception(within + ": all " + cap() + " are in use. "
                    + "Release them sooner, or raise maxConnections. Held by:" + holders());
        }
        return ErrorKind.LEASE_TIMEOUT.exception(
                "%s, and the server accepted no new one in %d attempts, the last error being: %s. The open connections are held by:%s"
                        .formatted(within, failure.attempts(), failure.error().getMessage(), holders()),
                failure.error());
    }

    /** {@return the error of a wait that is part of a deadlock} */
    DatabaseException endless() {
        return ErrorKind.LEASE_TIMEOUT.exception(
                ("Waiting for a connection to database '%s' could never end: all %s are held by threads that wait for one "
                                + "themselves. Take connections in the same order everywhere, or raise maxConnections. "
                                + "Held by:%s")
                        .formatted(settings.alias(), cap(), holders()));
    }

    private String cap() {
        return settings.maxConnections().isPresent()
                ? settings.maxConnections().getAsInt() + " (maxConnections)"
                : "connections";
    }

    private String holders() {
        List<String> all = all();
        StringJoiner holders = new StringJoiner("\n  ", "\n  ", "").setEmptyValue(" nobody");
        all.stream().limit(MOST_HOLDERS).forEach(holders::add);
        if (all.size() > MOST_HOLDERS) {
            holders.add("and " + (all.size() - MOST_HOLDERS) + " more");
        }
        return holders.toString();
    }

    /** {@return a line for each leased connection: its thread, for how long, and its last statement} */
    List<String> all() {
        List<String> holders = new ArrayList<>();
        for (PooledConnection connection : connections) {
            if (Leasable.isLeased(connection.state())) {
                holders.add(holder(connection));
            }
        }
        return holders;
    }

    private String holder(PooledConnection connection) {
        Thread owner = connection.owner();
        String who = owner == null ? "a thread just now" : "thread '" + owner.getName() + "' (" + life(owner) + ")";
        long held = TimeUnit.NANOSECONDS.toMillis(clock.exact() - connection.leasedAt());
        return who + ", for " + held + " ms, last statement: " + shortened(connection.statement())
                + taken(connection.trace());
    }

    private static String life(Thread owner) {
        return owner.isAlive() ? owner.getState().toString().toLowerCase(Locale.ROOT) : "dead";
    }

    private static String shortened(@Nullable String statement) {
        if (statement == null) {
            return "none yet";
        }
        return statement.length() <= LONGEST_STATEMENT ? statement : statement.substring(0, LONGEST_STATEMENT) + "…";
    }

    /** {@return where a connection was taken, if traced} */
    static String taken(@Nullable Throwable trace) {
        if (trace == null) {
            return "";
        }
        StringJoiner places = new StringJoiner("\n    at ", ", taken\n    at ", "");
        Arrays.stream(trace.getStackTrace()).limit(MOST_FRAMES).forEach(frame -> places.add(frame.toString()));
        return places.toString();
    }
}
