package dev.mooring.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.ManualTime;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class CallTimerTest {

    private static final int ENOUGH = 1_000;

    private final ManualTime time = new ManualTime();
    private final Clock clock = new Clock(time);
    private final CallTimer calls = new CallTimer(clock, Duration.ofSeconds(60).toNanos());
    private final AtomicInteger interrupts = new AtomicInteger();

    @Test
    void interruptsACallThatTakesTooLongUntilItHasEnded() {
        calls.begin();
        look(Duration.ZERO);
        look(Duration.ofSeconds(60));
        assertThat(interrupts).hasValue(0);

        look(Duration.ofMillis(1));
        look(Duration.ZERO);
        assertThat(interrupts).hasValue(2);

        assertThat(calls.wasInterrupted()).isTrue();
        look(Duration.ofHours(1));
        assertThat(interrupts).hasValue(2);
    }

    @Test
    void countsFromTheBeginningOfTheLastCall() {
        calls.begin();
        look(Duration.ZERO);
        look(Duration.ofSeconds(59));
        calls.end();
        calls.begin();
        look(Duration.ofSeconds(59));
        look(Duration.ofSeconds(59));

        assertThat(interrupts).hasValue(0);
        assertThat(calls.wasInterrupted()).isFalse();
    }

    @Test
    @Tag("wrong-answers")
    @DisplayName("A call with a limit of its own is interrupted at that, and the next one has the usual limit again")
    void aCallMayHaveALimitOfItsOwn() {
        calls.beginWithin(Duration.ofSeconds(2).toNanos());
        look(Duration.ZERO);
        look(Duration.ofSeconds(2));
        assertThat(interrupts).hasValue(0);
        look(Duration.ofMillis(1));
        assertThat(interrupts).hasValue(1);
        assertThat(calls.wasInterrupted()).isTrue();

        calls.begin();
        look(Duration.ZERO);
        look(Duration.ofSeconds(60));
        assertThat(interrupts).hasValue(1);
        assertThat(calls.wasInterrupted()).isFalse();
    }

    @Test
    @Tag("wrong-answers")
    @DisplayName("A batch may take as long as its statements would one after the other")
    void aBatchHasTheLimitOfEachOfItsStatements() {
        calls.begin(3, 0);
        look(Duration.ZERO);
        look(Duration.ofMinutes(3));
        assertThat(interrupts).hasValue(0);
        look(Duration.ofMillis(1));
        assertThat(interrupts).hasValue(1);
    }

    @Test
    @Tag("wrong-answers")
    @DisplayName("A user who lifts the limit of the network lifts that of the calls")
    void theLimitCanBeReplaced() {
        calls.replaceLimit(0);
        calls.begin();
        look(Duration.ZERO);
        look(Duration.ofHours(1));
        assertThat(interrupts).hasValue(0);
    }

    /** A housekeeper may be late: it starts with the first connection, and a chore may hold it up. */
    @Test
    void takesNoCallForOldBecauseTheKeeperWasLate() {
        look(Duration.ZERO);
        time.advance(Duration.ofMinutes(10));
        calls.begin();

        look(Duration.ZERO);
        look(Duration.ofMillis(100));

        assertThat(interrupts).hasValue(0);
    }

    @Test
    void forgetsAnInterruptWhenTheNextCallBegins() {
        calls.begin();
        look(Duration.ZERO);
        look(Duration.ofSeconds(61));
        calls.end();

        calls.begin();

        assertThat(calls.wasInterrupted()).isFalse();
    }

    @Test
    void limitsNothingUnlessTold() {
        CallTimer unlimited = new CallTimer(clock, 0);
        unlimited.begin();
        time.advance(Duration.ofDays(1));
        clock.tick();

        unlimited.interruptIfOverdue(interrupts::incrementAndGet);

        assertThat(interrupts).hasValue(0);
        assertThat(unlimited.wasInterrupted()).isFalse();
    }

    @Test
    @Tag("threads")
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void neverInterruptsAfterTheEnd() throws InterruptedException {
        time.advanceAtEachReading(Duration.ofHours(1));
        AtomicBoolean inCall = new AtomicBoolean();
        AtomicBoolean done = new AtomicBoolean();
        AtomicInteger late = new AtomicInteger();
        Thread housekeeper = new Thread(() -> {
            while (!done.get()) {
                clock.tick();
                calls.interruptIfOverdue(() -> {
                    interrupts.incrementAndGet();
                    linger();
                    late.addAndGet(inCall.get() ? 0 : 1);
                });
            }
        });
        housekeeper.start();
        while (interrupts.get() < ENOUGH) {
            inCall.set(true);
            calls.begin();
            linger();
            calls.end();
            inCall.set(false);
        }
        done.set(true);
        housekeeper.join();

        assertThat(late).hasValue(0);
    }

    private static void linger() {
        for (int i = 0; i < 100; i++) {
            Thread.onSpinWait();
        }
    }

    private void look(Duration after) {
        time.advance(after);
        clock.tick();
        calls.interruptIfOverdue(interrupts::incrementAndGet);
    }
}
