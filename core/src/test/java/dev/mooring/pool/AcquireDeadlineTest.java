package dev.mooring.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mooring.ManualTime;
import dev.mooring.config.DatabaseSettings;
import dev.mooring.error.LeaseTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One deadline for all that a thread does to get a connection: what is left of it bounds each attempt to open one. */
@Tag("wrong-answers")
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class AcquireDeadlineTest {

    private final ManualTime time = new ManualTime();
    private final Clock clock = new Clock(time);
    private final FakeSource source = new FakeSource();
    private final Pool pool = source.pool(
            DatabaseSettings.builder("default")
                    .engine("fake")
                    .acquireTimeout(Duration.ofSeconds(30))
                    .healthCheckIdle(Duration.ofSeconds(1))
                    .build(),
            clock);

    @Test
    @DisplayName("The first attempt to open a connection is given the whole acquireTimeout, the next what is left")
    void eachAttemptGetsWhatIsLeft() {
        source.refusals.set(2);
        source.whileOpening = () -> time.advance(Duration.ofSeconds(12));
        // So that the pauses between two attempts end.
        time.advanceAtEachReading(Duration.ofMillis(5));

        pool.acquire(null);

        assertThat(source.timeouts).hasSize(3);
        assertThat(source.timeouts.get(0)).isBetween(Duration.ofSeconds(29), Duration.ofSeconds(30));
        assertThat(source.timeouts.get(1)).isLessThanOrEqualTo(Duration.ofSeconds(18));
        assertThat(source.timeouts.get(2)).isLessThanOrEqualTo(Duration.ofSeconds(6));
    }

    @Test
    @DisplayName("Once the first attempt has used up acquireTimeout, no other is made")
    void theFirstAttemptCounts() {
        source.refusals.set(100);
        source.whileOpening = () -> time.advance(Duration.ofSeconds(30));

        assertThatExceptionOfType(LeaseTimeoutException.class).isThrownBy(() -> pool.acquire(null));

        assertThat(source.timeouts).hasSize(1);
    }

    @Test
    @DisplayName("A health check gets what is left of acquireTimeout, if that is less than probeTimeout")
    void theHealthCheckHasADeadline() {
        PooledConnection connection = pool.acquire(null);
        pool.release(connection, connection.ticket());
        time.advance(Duration.ofSeconds(5));
        clock.tick();

        pool.acquire(connection);

        assertThat(source.probeTimeouts).containsExactly(Duration.ofSeconds(30));
    }

    @Test
    @DisplayName("A health check that fails late leaves its replacement only what is left")
    void theHealthCheckCounts() {
        PooledConnection connection = pool.acquire(null);
        pool.release(connection, connection.ticket());
        time.advance(Duration.ofSeconds(5));
        clock.tick();
        source.unusable.set(1);
        source.whileProbing = () -> time.advance(Duration.ofSeconds(25));

        pool.acquire(connection);

        assertThat(source.timeouts).last().isEqualTo(Duration.ofSeconds(5));
    }
}
