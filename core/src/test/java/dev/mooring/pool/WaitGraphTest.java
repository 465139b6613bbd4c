package dev.mooring.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mooring.ManualTime;
import dev.mooring.Threads;
import dev.mooring.config.DatabaseSettings;
import dev.mooring.error.LeaseTimeoutException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Invariant 6: a wait that cannot end is an error at once. Time stands still here, so nothing ends by a timeout. */
@Tag("threads")
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class WaitGraphTest {

    private final FakeSource source = new FakeSource();
    private final Clock clock = new Clock(new ManualTime());
    private final Pool one = pool("one");
    private final Pool other = pool("other");

    @Test
    void findsTheWaitForOneself() {
        PooledConnection mine = one.acquire(null);

        assertThatExceptionOfType(LeaseTimeoutException.class)
                .isThrownBy(() -> one.acquire(null))
                .withMessageContaining("could never end")
                .withMessageContaining("'one'")
                .withMessageContaining(Thread.currentThread().getName());

        one.release(mine, mine.ticket());
        assertThat(one.acquire(null)).isSameAs(mine);
    }

    @Test
    void findsTheCircleOfTwoThreadsAndTwoDatabases() throws Exception {
        PooledConnection mine = one.acquire(null);
        AtomicReference<PooledConnection> got = new AtomicReference<>();
        CountDownLatch holds = new CountDownLatch(1);
        Thread thread = new Thread(() -> {
            PooledConnection theirs = other.acquire(null);
            holds.countDown();
            got.set(one.acquire(null));
            other.release(theirs, theirs.ticket());
        });
        thread.start();
        holds.await();
        Threads.awaitParked(thread);

        assertThatExceptionOfType(LeaseTimeoutException.class)
                .isThrownBy(() -> other.acquire(null))
                .withMessageContaining("could never end");

        one.release(mine, mine.ticket());
        thread.join();
        assertThat(got.get()).isSameAs(mine);
    }

    @Test
    void isSilentWhileSomebodyIsAtWork() throws Exception {
        PooledConnection mine = one.acquire(null);
        AtomicReference<PooledConnection> got = new AtomicReference<>();
        Thread thread = new Thread(() -> got.set(one.acquire(null)));
        thread.start();
        Threads.awaitParked(thread);

        PooledConnection unrelated = other.acquire(null);
        other.release(unrelated, unrelated.ticket());
        one.release(mine, mine.ticket());
        thread.join();

        assertThat(got.get()).isSameAs(mine);
    }

    private Pool pool(String alias) {
        return source.pool(
                DatabaseSettings.builder(alias).engine("fake").maxConnections(1).build(), clock);
    }
}
