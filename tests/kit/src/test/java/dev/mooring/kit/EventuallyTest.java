package dev.mooring.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class EventuallyTest {

    private final AtomicInteger tries = new AtomicInteger();

    @Test
    void passesWhenTheAssertionDoesAtLast() {
        Eventually.passes(() -> assertThat(tries.incrementAndGet()).isGreaterThan(3));
        assertThat(tries).hasValue(4);
    }

    @Test
    void throwsWhatTheAssertionThrewLast() {
        assertThatThrownBy(() -> Eventually.passes(Duration.ofMillis(1), () -> {
                    throw new AssertionError("try " + tries.incrementAndGet());
                }))
                .isInstanceOf(AssertionError.class)
                .hasMessage("try " + tries.get());
    }
}
