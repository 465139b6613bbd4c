package dev.mooring.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The log of the live page")
class LiveLogTest {

    private final LiveLog log = new LiveLog();

    @Test
    @DisplayName("has requests between what happened to connections, and counts what happens again and again")
    void interleaves() {
        log.answered(1, null, Duration.ofMillis(7));
        log.connectionClosed("default", "idle");
        log.answered(2, null, Duration.ofMillis(7));
        log.answered(3, null, Duration.ofMillis(7));
        log.leaseReclaimed("default", "request-4");
        log.answered(5, "OperationalException: no; caused by X: FATAL: too many (SQLSTATE 53300)", Duration.ZERO);

        assertThat(lines())
                .containsExactly(
                        "request 1 answered in 7 ms",
                        "close connection (idle)",
                        "2 requests answered",
                        "take back the connection of request-4, which has ended",
                        "request 5 failed: FATAL: too many");
    }

    @Test
    @DisplayName("forgets its oldest lines")
    void isBounded() {
        for (int i = 1; i <= 500; i++) {
            log.leaseReclaimed("default", "request-" + i);
        }

        assertThat(lines()).hasSize(200).first().asString().contains("request-301,");
    }

    private List<Object> lines() {
        return log.state().stream().map(line -> line.get("text")).toList();
    }
}
