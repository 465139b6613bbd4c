package dev.mooring.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mooring.ManualTime;
import dev.mooring.Threads;
import dev.mooring.config.DatabaseSettings;
import dev.mooring.error.LeaseTimeoutException;
import dev.mooring.error.OperationalException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A server that takes no more connections. */
class PoolRefusalTest {

    private final FakeSource source = new FakeSource();
    private final ManualTime time = new ManualTime();
    private final Pool pool = source.pool(
            DatabaseSettings.builder("main")
                    .engine("fake")
                    .maxConnections(3)
                    .acquireTimeout(Duration.ofSeconds(5))
                    .build(),
            new Clock(time));

    @Test
    void isAskedAgainUntilItTakesOne() {
        source.refusals.set(4);
        time.advanceAtEachReading(Duration.ofMillis(20));

        PooledConnection connection = pool.acquire(null);

        assertThat(source.opened).hasValue(1);
        assertThat(source.refusals).hasValue(0);
        pool.release(connection, connection.ticket());
        assertThat(pool.counts().open()).isEqualTo(1);
    }

    @Test
    void isCountedEachTimeThatItIsAskedInVain() {
        source.refusals.set(4);
        time.advanceAtEachReading(Duration.ofMillis(20));

        PooledConnection connection = pool.acquire(null);
        pool.release(connection, connection.ticket());

        assertThat(pool.counts().failures()).isEqualTo(4);
    }

    @Test
    void isQuotedByTheErrorOfThoseWhoWaitedInVain() {
        PooledConnection mine = pool.acquire(null);
        source.refusals.set(Integer.MAX_VALUE);
        time.advanceAtEachReading(Duration.ofMillis(50));

        assertThatExceptionOfType(LeaseTimeoutException.class)
                .isThrownBy(() -> pool.acquire(null))
                .withMessageContaining("database 'main'")
                .withMessageContaining("5000 ms (acquireTimeout)")
                .withMessageContaining("the server accepted no new one in")
                .withMessageContaining("too many clients")
                .withMessageContaining("thread '" + Thread.currentThread().getName() + "'")
                .withCauseInstanceOf(OperationalException.class);

        assertThat(pool.counts().waiting()).isZero();
        assertThat(pool.counts().timeouts()).isEqualTo(1);
        pool.release(mine, mine.ticket());
        assertThat(pool.acquire(null)).isSameAs(mine);
    }

    @Test
    @Tag("threads")
    void isWaitedOutByTakingTheNextThatComesFree() throws Exception {
        PooledConnection mine = pool.acquire(null);
        source.refusals.set(Integer.MAX_VALUE);
        AtomicReference<PooledConnection> got = new AtomicReference<>();
        Thread waiter = new Thread(() -> got.set(pool.acquire(null)));
        waiter.start();
        Threads.awaitParked(waiter);

        pool.release(mine, mine.ticket());
        waiter.join();

        assertThat(got.get()).isSameAs(mine);
    }

    @Test
    @Tag("threads")
    void costsAWaiterWhoseConnectionFailsItsProbeNotItsPlace() throws Exception {
        Pool single = source.pool(
                DatabaseSettings.builder("main")
                        .engine("fake")
                        .maxConnections(1)
                        .healthCheckIdle(Duration.ZERO)
                        .acquireTimeout(Duration.ofSeconds(20))
                        .build(),
                new Clock(time));
        PooledConnection mine = single.acquire(null);
        List<String> order = new CopyOnWriteArrayList<>();
        Runnable work = () -> {
            PooledConnection connection = single.acquire(null);
            order.add(Thread.currentThread().getName());
            single.release(connection, connection.ticket());
        };
        Thread first = new Thread(work, "first");
        Thread second = new Thread(work, "second");
        first.start();
        Threads.awaitParked(first);
        time.advance(Duration.ofMillis(1));
        second.start();
        Threads.awaitParked(second);

        source.unusable.set(1);
        source.refusals.set(1);
        time.advanceAtEachReading(Duration.ofMillis(20));
        single.release(mine, mine.ticket());
        first.join();
        second.join();

        assertThat(order).containsExactly("first", "second");
        assertThat(source.unusable).hasValue(0);
        assertThat(source.refusals).hasValue(0);
    }

    @Test
    void isAskedBySeveralNoMoreOftenThanByOne() {
        PooledConnection mine = pool.acquire(null);
        source.refusals.set(1);
        Opener opener = new Opener(
                DatabaseSettings.builder("main").engine("fake").build(),
                source,
                new Clock(time),
                new PoolStatistics(new PoolListener() {}));

        assertThat(opener.open(Thread.currentThread(), time.getAsLong())).isNull();
        assertThat(opener.open(Thread.currentThread(), time.getAsLong()))
                .as("within the pause")
                .isNull();
        assertThat(source.opened).hasValue(1);

        time.advance(Duration.ofSeconds(1));
        assertThat(opener.open(Thread.currentThread(), time.getAsLong())).isNotNull();
        assertThat(opener.lastFailure()).isNull();
        assertThat(mine).isNotNull();
    }
}
