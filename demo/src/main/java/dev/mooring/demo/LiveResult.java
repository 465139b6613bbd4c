package dev.mooring.demo;

import dev.mooring.ConnectionCounts;
import dev.mooring.ConnectionInfo;
import dev.mooring.Database;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * What a run of the live page left behind when everything was answered.
 *
 * @param refusal what the server said to the first request that it refused a connection; null if it refused none
 * @param leaked how many connections were leased by threads that have ended
 * @param limit how many connections the server takes from such a run; empty if it has no limit
 */
record LiveResult(Outcome outcome, @Nullable String refusal, ConnectionCounts counts, int leaked, OptionalInt limit) {

    static LiveResult of(Outcome outcome, @Nullable String refusal, Database database, OptionalInt limit) {
        return new LiveResult(outcome, refusal, database.counts(), leaked(database.connections()), limit);
    }

    static int leaked(List<ConnectionInfo> connections) {
        return (int) connections.stream()
                .filter(connection -> connection.state() == ConnectionInfo.State.LEAKED)
                .count();
    }
}
