package dev.mooring.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.ConnectionCounts;
import dev.mooring.config.LeaseScope;
import java.time.Duration;
import java.util.OptionalInt;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The live page says")
class LiveVerdictTest {

    private static final String REFUSED = "FATAL: sorry, too many clients already";

    @Test
    @DisplayName("that the server refuses, in its own words, and how much was not sent")
    void theLeakUpToTheLimit() {
        Outcome outcome = new Outcome(200, 46, 12, "Timeout; caused by X", "10 requests had failed", Duration.ZERO);

        assertThat(verdict(Handling.NAIVE, outcome, REFUSED, counts(46, 0, 46, 0, 0), 46, OptionalInt.of(46)))
                .isEqualTo(
                        "The leak: 46 connections opened, none closed. 46 were left behind by threads that have ended, and"
                                + " nobody will ever close them. The server has no room for more. 12 requests failed; the server said “"
                                + REFUSED
                                + "”. The run ended early, because 10 requests had failed; 142 were not sent.");
    }

    @Test
    @DisplayName("how much room the server has left, or that SQLite has no limit")
    void theLeakBelowTheLimit() {
        ConnectionCounts one = counts(1, 0, 1, 0, 0);

        assertThat(verdict(Handling.NAIVE, good(1), null, one, 1, OptionalInt.of(46)))
                .isEqualTo(
                        "The leak: 1 connection opened, none closed. 1 was left behind by threads that have ended, and nobody"
                                + " will ever close them. The server has room for 45 more. No request failed.");
        assertThat(verdict(Handling.NAIVE, good(1), null, one, 1, OptionalInt.empty()))
                .contains("SQLite has no limit of its own");
    }

    @Test
    @DisplayName("that threads which live on keep their connections")
    void thePool() {
        assertThat(verdict(Handling.NAIVE, good(200), null, counts(8, 0, 8, 0, 0), 0, OptionalInt.empty()))
                .isEqualTo(
                        "8 threads, 8 connections: one each, used or not. Nothing leaks, because the threads live on."
                                + " No request failed.");
    }

    @Test
    @DisplayName("how many connections were shared, and how many were taken back")
    void mooring() {
        assertThat(verdict(Handling.MOORING, good(20_000), null, counts(12, 2, 10, 0, 0), 0, OptionalInt.of(46)))
                .isEqualTo(
                        "No leak: 20,000 requests shared 12 connections, never more than 10 at once. No request failed.");
        assertThat(verdict(Handling.MOORING, good(200), null, counts(10, 0, 10, 190, 0), 3, OptionalInt.of(46)))
                .contains(" Mooring took back 190 from threads that had ended.");
    }

    @Test
    @DisplayName("that without reclaim the cap is used up, and requests waited in vain")
    void withoutReclaim() {
        Outcome outcome = new Outcome(200, 10, 16, "LeaseTimeoutException: none", null, Duration.ZERO);

        assertThat(verdict(Handling.UNRECLAIMED, outcome, null, counts(10, 0, 10, 0, 16), 10, OptionalInt.of(46)))
                .isEqualTo(
                        "Without reclaim, nobody takes back what ended threads have: 10 connections. The cap of 10 holds, so"
                                + " the server is safe. 16 requests waited 2 seconds for a connection, in vain.");
    }

    @Test
    @DisplayName("the beginning of any other failure")
    void otherFailures() {
        Outcome outcome = new Outcome(2, 1, 1, "Wrong: " + "x".repeat(500) + "\nmore", null, Duration.ZERO);

        assertThat(verdict(Handling.MOORING, outcome, null, counts(1, 0, 1, 0, 0), 0, OptionalInt.empty()))
                .contains(" 1 request failed, the first with: Wrong: xxx")
                .endsWith("x…")
                .hasSizeLessThan(320);
    }

    private static String verdict(
            Handling handling,
            Outcome outcome,
            String refusal,
            ConnectionCounts counts,
            int leaked,
            OptionalInt limit) {
        LiveOptions options =
                new LiveOptions(handling, ThreadModel.PER_REQUEST, LeaseScope.THREAD, outcome.requests(), 8);
        return LiveVerdict.of(options, new LiveResult(outcome, refusal, counts, leaked, limit));
    }

    private static Outcome good(int requests) {
        return new Outcome(requests, requests, 0, null, null, Duration.ZERO);
    }

    private static ConnectionCounts counts(int opened, int closed, int peak, int reclaimed, int timeouts) {
        return new ConnectionCounts(
                opened, closed, 0, reclaimed, opened - closed, 0, 0, peak, 0, Duration.ZERO, timeouts, 0, 0);
    }
}
