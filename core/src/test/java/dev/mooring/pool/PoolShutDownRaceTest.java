package dev.mooring.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mooring.ManualTime;
import dev.mooring.config.DatabaseSettings;
import dev.mooring.error.InterfaceException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class PoolShutDownRaceTest {

    private final FakeSource source = new FakeSource();
    private final ManualTime time = new ManualTime();
    private final AtomicReference<Runnable> atNextReading = new AtomicReference<>(() -> {});
    private final Clock clock = new Clock(() -> {
        atNextReading.getAndSet(() -> {}).run();
        return time.getAsLong();
    });
    private final Pool pool =
            source.pool(DatabaseSettings.builder("main").engine("fake").build(), clock);

    @Test
    void opensNoneForAConnectionThatWasClosedWhileItsTakerLookedAtIt() { // invariant 1
        PooledConnection connection = pool.acquire(null);
        pool.release(connection, connection.ticket());
        time.advance(Duration.ofMinutes(11));
        clock.tick();
        atNextReading.set(() -> pool.shutDown(Duration.ZERO));

        assertThatExceptionOfType(InterfaceException.class).isThrownBy(() -> pool.acquire(connection));

        assertThat(pool.places()).isZero();
        assertThat(source.opened).hasValue(1);
        assertThat(source.nowOpen()).isZero();
    }
}
