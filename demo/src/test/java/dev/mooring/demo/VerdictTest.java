package dev.mooring.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.ConnectionCounts;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class VerdictTest {

    private static final int CONCURRENCY = 16;
    private static final Outcome ALL_OK = new Outcome(400, 400, 0, null, null, Duration.ofSeconds(1));

    @Test
    void acceptsTheLeakWithTheErrorItEndsIn() {
        Outcome refused = new Outcome(400, 97, 50, "too many clients", "50 requests had failed", Duration.ofSeconds(1));

        Verdict verdict = verdict(ThreadModel.PER_REQUEST, Style.DJANGO, refused, counts(97, 0, 0, 97, 97, 97), 97);

        assertThat(verdict.asExpected()).isTrue();
        assertThat(verdict.sentence())
                .isEqualTo("the leak: 97 threads took a connection each and ended; 97 opened, 0 closed, 97 still open. "
                        + "The first of 50 failures: too many clients. "
                        + "Stopped there: 50 requests had failed; 253 not sent.");
    }

    @Test
    void objectsToALeakThatDidNotHappen() {
        assertThat(verdict(ThreadModel.VIRTUAL, Style.DJANGO, ALL_OK, counts(400, 399, 0, 1, 1, 3), 3))
                .matches(verdict -> !verdict.asExpected())
                .matches(verdict -> verdict.sentence().startsWith("NOT AS EXPECTED: "));
    }

    @Test
    void acceptsOurDefaultsWithinTheCapOnly() {
        assertThat(ours(ALL_OK, 0, 10, 10).asExpected()).isTrue();
        assertThat(ours(ALL_OK, 0, 11, 10).asExpected()).isFalse();
        assertThat(ours(ALL_OK, 0, 10, 11).asExpected()).isFalse();
    }

    @Test
    void objectsToAFailureOrALeaseLeftBehind() {
        Outcome failure = new Outcome(400, 399, 1, "no", null, Duration.ofSeconds(1));

        assertThat(ours(failure, 0, 10, 10).asExpected()).isFalse();
        assertThat(ours(ALL_OK, 1, 10, 10).asExpected()).isFalse();
    }

    @Test
    void saysWhyARowWasNotRun() {
        Verdict verdict = Verdict.of(new MatrixRow(ThreadModel.VIRTUAL, Style.MOORING, null), CONCURRENCY);

        assertThat(verdict.asExpected()).isTrue();
        assertThat(verdict.sentence()).startsWith("not run: ");
    }

    private static Verdict ours(Outcome outcome, int leased, int peak, int serverPeak) {
        ConnectionCounts counts = counts(10, 0, 390, 10, leased, peak);
        return verdict(ThreadModel.POOL, Style.MOORING, outcome, counts, serverPeak);
    }

    private static ConnectionCounts counts(long opened, long closed, long reused, int open, int leased, int peak) {
        return new ConnectionCounts(opened, closed, reused, 0, open, leased, 0, peak, 0, Duration.ZERO, 0, 0, 0);
    }

    private static Verdict verdict(
            ThreadModel threads, Style style, Outcome outcome, ConnectionCounts counts, int serverPeak) {
        Descriptors.Span descriptors =
                new Descriptors.Span(OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty());
        ScenarioResult result =
                new ScenarioResult(outcome, counts, OptionalInt.of(serverPeak), "sessions", descriptors);
        return Verdict.of(new MatrixRow(threads, style, result), CONCURRENCY);
    }
}
