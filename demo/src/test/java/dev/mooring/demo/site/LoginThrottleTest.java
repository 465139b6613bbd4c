package dev.mooring.demo.site;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Ticker;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Failed logins are throttled")
class LoginThrottleTest {

    private static final Optional<Duration> NO_WAIT = Optional.empty();

    private final AtomicLong now = new AtomicLong();
    private final LoginThrottle throttle = new LoginThrottle(new Ticker() {
        @Override
        public long read() {
            return now.get();
        }
    });

    @Test
    @DisplayName("for one name from one address, and for nobody else")
    void onePersonAlone() {
        fail(LoginThrottle.MAX_FOR_NAME, "ann", "10.0.0.1");
        now.addAndGet(Duration.ofMinutes(2).toNanos());

        assertThat(throttle.begin("ann", "10.0.0.1")).contains(Duration.ofMinutes(3));
        assertThat(throttle.begin("bob", "10.0.0.1")).isEqualTo(NO_WAIT);
        assertThat(throttle.begin("ann", "10.0.0.2")).isEqualTo(NO_WAIT);
    }

    @Test
    @DisplayName("until the time since the first of them is over, whatever is tried meanwhile")
    void theTimeEnds() {
        fail(LoginThrottle.MAX_FOR_NAME, "ann", "10.0.0.1");
        now.addAndGet(LoginThrottle.WINDOW.minusSeconds(1).toNanos());
        assertThat(throttle.begin("ann", "10.0.0.1")).contains(Duration.ofSeconds(1));

        now.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(throttle.begin("ann", "10.0.0.1")).isEqualTo(NO_WAIT);
    }

    @Test
    @DisplayName("for one address that tries many names, also if its own logins succeed in between")
    void manyNames() {
        for (int i = 0; i < LoginThrottle.MAX_FOR_ADDRESS; i++) {
            assertThat(throttle.begin("user" + i, "10.0.0.1")).isEqualTo(NO_WAIT);
            assertThat(throttle.begin("mallory", "10.0.0.1"))
                    .isEqualTo(i < 49 ? NO_WAIT : Optional.of(LoginThrottle.WINDOW));
            if (i < 49) {
                throttle.succeeded("mallory", "10.0.0.1");
            }
        }

        assertThat(throttle.begin("ann", "10.0.0.1")).contains(LoginThrottle.WINDOW);
        assertThat(throttle.begin("ann", "10.0.0.2")).isEqualTo(NO_WAIT);
    }

    @Test
    @DisplayName("and a right password begins the count anew")
    void aRightPassword() {
        fail(LoginThrottle.MAX_FOR_NAME - 1, "ann", "10.0.0.1");
        assertThat(throttle.begin("ann", "10.0.0.1")).isEqualTo(NO_WAIT);
        throttle.succeeded("ann", "10.0.0.1");

        fail(LoginThrottle.MAX_FOR_NAME, "ann", "10.0.0.1");
    }

    @Test
    @DisplayName("under the name that is looked up, however it is written")
    void oneNameInTwoForms() {
        fail(LoginThrottle.MAX_FOR_NAME, "ann", "10.0.0.1");

        assertThat(throttle.begin("\uff41nn", "10.0.0.1")).isPresent();
    }

    @Test
    @DisplayName("in bounded memory: ever more names and addresses, and names of any length")
    void boundedMemory() {
        IntStream.range(0, 3 * LoginThrottle.MOST_REMEMBERED)
                .forEach(i -> throttle.begin("user" + i, "10.0." + i / 50 / 256 + "." + i / 50 % 256));
        fail(LoginThrottle.MAX_FOR_NAME, "x".repeat(1 << 20), "10.9.9.9");

        assertThat(throttle.remembered()).isLessThanOrEqualTo(2L * LoginThrottle.MOST_REMEMBERED);
        assertThat(throttle.begin("y".repeat(151), "10.9.9.9"))
                .as("all names that are too long count as one")
                .isPresent();

        now.addAndGet(LoginThrottle.WINDOW.toNanos());
        assertThat(throttle.remembered()).isZero();
    }

    private void fail(int times, String name, String address) {
        for (int i = 0; i < times; i++) {
            assertThat(throttle.begin(name, address)).isEqualTo(NO_WAIT);
        }
    }
}
