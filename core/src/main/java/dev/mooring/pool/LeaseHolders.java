package dev.mooring.pool;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Says which threads have leased the connections of a pool; for errors, warnings and whoever asks. Thread-safe. */
final class LeaseHolders {

    private static final int LONGEST_STATEMENT = 120;
    private static final int MOST_FRAMES = 20;

    private final Iterable<PooledConnection> connections;
    private final Clock clock;

    LeaseHolders(Iterable<PooledConnection> connections, Clock clock) {
        this.connections = connections;
        this.clock = clock;
    }

    /** {@return a line for each leased connection: its thread, for how long, and its last statement} */
    List<String> describe() {
        List<String> lines = new ArrayList<>();
        for (PooledConnection connection : connections) {
            if (Leasable.isLeased(connection.state())) {
                lines.add(describe(connection));
            }
        }
        return lines;
    }

    /** {@return who has leased a connection, for how long, its last statement, and where it was leased if that is traced} */
    String describe(PooledConnection connection) {
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
