package dev.mooring.demo;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What became of the requests.
 *
 * @param requests how many were to be sent
 * @param firstFailure the first exception with its causes; null if no request failed
 * @param stopped why not all were sent; null if they were
 */
record Outcome(
        int requests,
        int ok,
        int failed,
        @Nullable String firstFailure,
        @Nullable String stopped,
        Duration duration) {

    /** {@return whether every request was sent and answered} */
    boolean allOk() {
        return ok == requests;
    }

    int notSent() {
        return requests - ok - failed;
    }
}
