package dev.mooring.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mooring.ManualTime;
import dev.mooring.Threads;
import dev.mooring.config.DatabaseSettings;
import dev.mooring.error.InterfaceException;
import java.time.Duration;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Several threads want what one dead thread left behind: one gets it, and the others leave no trace. */
@Tag("threads")
class OwnershipTest {

    private static final int ROUNDS = 100_000;

    private final FakeSource source = new FakeSource();

    @Test
    void isNotLostToThoseWhoCameTooLate() throws Exception {
        PooledConnection connection = new PooledConnection(source.open(), null, 0, Opener.FOR_EVER);
        AtomicInteger winners = new AtomicInteger();
        AtomicInteger lost = new AtomicInteger();
        CyclicBarrier step = new CyclicBarrier(2);
        Thread[] threads = new Thread[2];
        for (int i = 0; i < threads.length; i++) {
            threads[i] = new Thread(() -> {
                for (int round = 0; round < ROUNDS; round++) {
                    long ticket = connection.ticket();
                    await(step);
                    boolean won = connection.transfer(ticket, Thread.currentThread(), 0, 0);
                    await(step);
                    if (won) {
                        winners.incrementAndGet();
                        lost.addAndGet(connection.owner() == Thread.currentThread() ? 0 : 1);
                    }
                    await(step);
                }
            });
            threads[i].start();
        }
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(winners).hasValue(ROUNDS);
        assertThat(lost).hasValue(0);
    }

    @Test
    void isWaitedForAtShutDownFromTheMomentItIsTaken() throws Exception {
        Pool pool = source.pool(DatabaseSettings.builder("main").engine("fake").build(), new Clock(new ManualTime()));
        PooledConnection taken = pool.acquire(null);
        Thread closer = new Thread(() -> pool.shutDown(Duration.ofHours(1)));
        closer.start();

        Threads.awaitParked(closer);

        assertThat(source.nowOpen()).isEqualTo(1);
        pool.release(taken, taken.ticket());
        closer.join();
        assertThat(source.closed).hasValue(1);
        assertThat(source.aborted).hasValue(0);
    }

    @Test
    void isWaitedForAtShutDownWhileItIsOpened() throws Exception {
        Pool pool = source.pool(DatabaseSettings.builder("main").engine("fake").build(), new Clock(new ManualTime()));
        Thread closer = new Thread(() -> pool.shutDown(Duration.ofHours(1)));
        source.whileOpening = () -> {
            closer.start();
            Threads.awaitParked(closer);
        };

        assertThatExceptionOfType(InterfaceException.class).isThrownBy(() -> pool.acquire(null));

        closer.join();
        assertThat(pool.permits()).isZero();
        assertThat(source.nowOpen()).isZero();
    }

    @Test
    void endsForGoodAtShutDownThoughTheCallerIsInterrupted() throws Exception {
        Pool pool = source.pool(DatabaseSettings.builder("main").engine("fake").build(), new Clock(new ManualTime()));
        PooledConnection held = pool.acquire(null);

        boolean flag = Threads.on("closer", () -> {
            Thread.currentThread().interrupt();
            pool.shutDown(Duration.ZERO);
            return Thread.currentThread().isInterrupted();
        });

        assertThat(flag).isTrue();
        assertThat(source.nowOpen()).isZero();
        pool.release(held, held.ticket());
        assertThat(source.nowOpen()).isZero();
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
