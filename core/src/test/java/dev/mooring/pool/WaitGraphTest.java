package dev.mooring.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mooring.ManualTime;
import dev.mooring.Threads;
import dev.mooring.config.DatabaseSettings;
import dev.mooring.error.LeaseTimeoutException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    /** Two files of SQLite, and two threads that write to both, each to another one first. */
    @Test
    void findsTheCircleOfTwoTurns() throws Exception {
        WriteLock mine = new WriteLock();
        WriteLock theirs = new WriteLock();
        acquire(mine);
        Thread other = new Thread(
                () -> {
                    acquire(theirs);
                    acquire(mine);
                },
                "other");
        other.start();
        Threads.awaitParked(other);

        assertThatExceptionOfType(LeaseTimeoutException.class)
                .isThrownBy(() -> acquire(theirs))
                .withMessageStartingWith(
                        "Waiting for the write lock of database 'main' could never end: thread 'other' has it and waits");

        mine.release(Thread.currentThread());
        other.join();
        acquire(theirs);
        acquire(mine);
    }

    /** Whoever finds it: the writer that needs a connection, or the one that has it and would write. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void findsTheCircleOfATurnAndAConnection(boolean turnFirst) throws Exception {
        WriteLock lock = new WriteLock();
        if (turnFirst) {
            acquire(lock);
        } else {
            assertThat(one.acquire(null)).isNotNull();
        }
        Thread thread = new Thread(() -> {
            if (turnFirst) {
                one.acquire(null);
                acquire(lock);
            } else {
                acquire(lock);
                one.acquire(null);
            }
        });
        thread.setDaemon(true);
        thread.start();
        Threads.awaitParked(thread);

        assertThatExceptionOfType(LeaseTimeoutException.class)
                .isThrownBy(() -> {
                    if (turnFirst) {
                        one.acquire(null);
                    } else {
                        acquire(lock);
                    }
                })
                .withMessageContaining("could never end");
    }

    @Test
    void isSilentWhileTheOneWhoseTurnItIsIsAtWork() throws Exception {
        WriteLock lock = new WriteLock();
        PooledConnection mine = one.acquire(null);
        acquire(lock);
        Thread thread = new Thread(() -> {
            acquire(lock);
            one.acquire(null);
        });
        thread.start();
        Threads.awaitParked(thread);

        lock.release(Thread.currentThread());
        one.release(mine, mine.ticket());
        thread.join();

        assertThat(mine.owner()).isSameAs(thread);
    }

    private void acquire(WriteLock lock) {
        lock.acquire(false, Duration.ofHours(1), "database 'main'", source.waits, () -> {});
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

    /** The place is taken, and yet nobody holds it: the connection may come free without anybody letting go. */
    @Test
    void isSilentWhileSomebodyOpensTheLastConnection() throws Exception {
        Pool two = pool("two", 2);
        CountDownLatch holds = new CountDownLatch(1);
        CountDownLatch mayWait = new CountDownLatch(1);
        Thread waiter = new Thread(() -> {
            two.acquire(null);
            holds.countDown();
            await(mayWait);
            two.acquire(null);
        });
        waiter.start();
        holds.await();
        source.whileOpening = () -> {
            mayWait.countDown();
            Threads.awaitBlockedBy(two, waiter);
        };

        PooledConnection opened = two.acquire(null);
        two.release(opened, opened.ticket());
        waiter.join();

        assertThat(opened.owner()).isSameAs(waiter);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private Pool pool(String alias) {
        return pool(alias, 1);
    }

    private Pool pool(String alias, int cap) {
        return source.pool(
                DatabaseSettings.builder(alias)
                        .engine("fake")
                        .maxConnections(cap)
                        .build(),
                clock);
    }
}
