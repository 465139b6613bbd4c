package dev.mooring.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mooring.ManualTime;
import dev.mooring.Threads;
import dev.mooring.config.DatabaseSettings;
import dev.mooring.error.InterfaceException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class PoolShutDownRaceTest {

    private final FakeSource source = new FakeSource();
    private final ManualTime time = new ManualTime();
    private final AtomicReference<Runnable> atNextReading = new AtomicReference<>(() -> {});
    private final Thread tested = Thread.currentThread();
    private final Clock clock = new Clock(() -> {
        if (Thread.currentThread() == tested) {
            atNextReading.getAndSet(() -> {}).run();
        }
        return time.getAsLong();
    });
    private final Pool pool = source.pool(
            DatabaseSettings.builder("main").engine("fake").maxConnections(1).build(), clock);

    @Test
    void opensNoneForAConnectionThatWasClosedWhileItsTakerLookedAtIt() { // invariant 1
        PooledConnection connection = pool.acquire(null);
        pool.release(connection, connection.ticket());
        time.advance(Duration.ofMinutes(11));
        clock.tick();
        atNextReading.set(() -> pool.shutDown(Duration.ZERO));

        assertThatExceptionOfType(InterfaceException.class).isThrownBy(() -> pool.acquire(connection));

        assertThat(pool.permits()).isZero();
        assertThat(source.opened).hasValue(1);
        assertThat(source.nowOpen()).isZero();
    }

    /** Whoever lets go while others wait reads the clock once it has found the pool open, and before it parks. */
    @Test
    @Tag("threads")
    void leavesNothingParkedThatIsLetGoJustThen() throws InterruptedException { // invariant 2
        PooledConnection mine = pool.acquire(null);
        Thread waiter = new Thread(
                () -> assertThatExceptionOfType(InterfaceException.class).isThrownBy(() -> pool.acquire(null)));
        waiter.start();
        Threads.awaitParked(waiter);
        atNextReading.set(pool::refuse);

        pool.release(mine, mine.ticket());
        waiter.join();

        assertThat(source.closed).hasValue(1);
        assertThat(pool.permits()).isZero();
    }
}
