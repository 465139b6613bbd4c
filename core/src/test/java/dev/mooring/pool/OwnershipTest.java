package dev.mooring.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.ManualTime;
import dev.mooring.Threads;
import dev.mooring.config.DatabaseSettings;
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

    /** On the way back out of an endless recursion, ever less of what is tried meets the end of the stack. */
    @Test
    void isNotLeftBetweenTwoOwnersWhereTheStackIsFull() throws Exception {
        PooledConnection connection = new PooledConnection(source.open(), null, 0, Opener.FOR_EVER);
        assertThat(connection.park(connection.ticket(), 0)).isTrue();
        Thread other = new Thread();
        AtomicInteger overflows = new AtomicInteger();
        AtomicInteger stuck = new AtomicInteger();
        Runnable change = () -> {
            long seen = connection.state();
            try {
                boolean done = PooledConnection.isParked(seen)
                        ? connection.tryLease(connection.wasLastHadBy(other) ? Thread.currentThread() : other, 0)
                        : connection.transfer(seen, other, 0, 0) && connection.park(connection.ticket(), 0);
                stuck.addAndGet(done ? 0 : 1);
            } catch (StackOverflowError e) {
                overflows.incrementAndGet();
            }
            stuck.addAndGet(connection.state() % 4 < 2 ? 0 : 1);
        };
        change.run();
        change.run();
        Thread deep = new Thread(null, () -> dive(change), "deep", 1 << 18);
        deep.start();
        deep.join();

        assertThat(overflows.get()).isPositive();
        assertThat(stuck).hasValue(0);
    }

    @SuppressWarnings("InfiniteRecursion") // That is what it is for.
    private static void dive(Runnable onTheWayBack) {
        try {
            dive(onTheWayBack);
        } catch (StackOverflowError e) {
            // As it should be.
        }
        onTheWayBack.run();
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
