package dev.mooring.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.ManualTime;
import dev.mooring.Threads;
import dev.mooring.config.DatabaseSettings;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections put into the hands of a waiter that is busy with something else just then. */
@Tag("threads")
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PoolHandOffTest {

    private final FakeSource source = new FakeSource();
    private final ManualTime time = new ManualTime();
    private final Pool pool = source.pool(
            DatabaseSettings.builder("main").engine("fake").maxConnections(2).build(), new Clock(time));

    @Test
    void leavesNothingWithAWaiterThatOpensOneForItselfMeanwhile() throws Exception { // invariants 2 and 5
        PooledConnection first = pool.acquire(null);
        PooledConnection second = pool.acquire(null);
        CountDownLatch opening = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        source.whileOpening = () -> {
            opening.countDown();
            await(goOn);
        };
        AtomicReference<PooledConnection> got = new AtomicReference<>();
        Thread waiter = new Thread(() -> {
            got.set(pool.acquire(null));
            pool.release(got.get(), got.get().ticket());
        });
        waiter.start();
        Threads.awaitParked(waiter);

        FakeSource.close(pool, first, first.ticket(), true);
        opening.await();
        time.advance(Duration.ofMillis(1));
        pool.release(second, second.ticket());
        goOn.countDown();
        waiter.join();

        assertThat(pool.counts().leased()).isZero();
        assertThat(pool.counts().waiting()).isZero();
        assertThat(pool.counts().open()).isEqualTo(source.nowOpen());
        assertThat(pool.counts().reclaimed()).isZero();
    }

    /** What a driver waits for while it opens may use up the wake-up call, so that a call forgotten would be slept through. */
    @Test
    void sleepsThroughNoCallThatComesWhileTheWaiterLooksAround() throws Exception { // invariant 5
        PooledConnection first = pool.acquire(null);
        PooledConnection second = pool.acquire(null);
        AtomicBoolean called = new AtomicBoolean();
        source.refusals.set(1);
        source.whileOpening = () -> {
            elsewhere(() -> pool.release(second, second.ticket()));
            LockSupport.parkNanos(1);
            called.set(true);
        };
        AtomicReference<PooledConnection> got = new AtomicReference<>();
        Thread waiter = new Thread(() -> got.set(pool.acquire(null)));
        waiter.start();
        Threads.awaitParked(waiter);

        FakeSource.close(pool, first, first.ticket(), true);

        boolean slept = false;
        while (waiter.isAlive()) {
            slept |= called.get() && LockSupport.getBlocker(waiter) == pool;
            Thread.onSpinWait();
        }
        assertThat(slept).isFalse();
        assertThat(got).hasValue(second);
    }

    /** The queue is joined first: an error while the wait is being noted must not leave a place in it to nobody. */
    @Test
    void keepsNoPlaceInTheQueueForAThreadThatCouldNotBegin() throws Exception { // invariant 5
        PooledConnection first = pool.acquire(null);
        pool.acquire(null);
        AtomicInteger hashes = new AtomicInteger();
        AtomicReference<Throwable> met = new AtomicReference<>();
        Thread unlucky = new Thread() {
            @Override
            public void run() {
                try {
                    pool.acquire(null);
                } catch (OutOfMemoryError e) {
                    met.set(e);
                }
            }

            @Override
            public int hashCode() {
                if (Thread.currentThread() == this && hashes.getAndIncrement() == 0) {
                    throw new OutOfMemoryError("to be expected: noting the wait takes memory");
                }
                return System.identityHashCode(this);
            }
        };
        unlucky.start();
        unlucky.join();

        assertThat(met.get()).isNotNull();
        assertThat(pool.counts().waiting()).isZero();
        pool.release(first, first.ticket());
    }

    private static void elsewhere(Runnable work) {
        try {
            Threads.on("elsewhere", () -> {
                work.run();
                return true;
            });
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Invariant 5: whoever returns a connection that no waiter got lately has no chance to come back for it. */
    @Test
    void makesTheFirstWaiterTheOwnerBeforeTheReleaseIsOver() throws Exception {
        PooledConnection mine = pool.acquire(null);
        pool.acquire(null);
        CountDownLatch over = new CountDownLatch(1);
        Thread waiter = new Thread(() -> {
            PooledConnection got = pool.acquire(null);
            await(over);
            pool.release(got, got.ticket());
        });
        waiter.start();
        Threads.awaitParked(waiter);
        time.advance(Duration.ofMillis(1));

        pool.release(mine, mine.ticket());

        assertThat(mine.owner()).isSameAs(waiter);
        over.countDown();
        waiter.join();
        assertThat(pool.counts().leased()).isEqualTo(1);
    }

    /** Strict order all the time would make every hand-out a change of threads. */
    @ParameterizedTest
    @ValueSource(longs = {0, 1})
    void passesAConnectionOnAtMostOnceInTheTimeForBarging(long past) throws Exception {
        PooledConnection mine = pool.acquire(null);
        pool.acquire(null);
        CountDownLatch firstMayGoOn = new CountDownLatch(1);
        Thread first = waiter(firstMayGoOn);
        Thread second = waiter(new CountDownLatch(0));
        time.advance(Duration.ofSeconds(1));
        pool.release(mine, mine.ticket());
        long lastHandoffAt = mine.lastHandoffAt();
        assertThat(mine.owner()).isSameAs(first);

        time.advance(Duration.ofNanos(Pool.HANDOFF_INTERVAL + past));
        firstMayGoOn.countDown();
        first.join();
        second.join();

        assertThat(mine.lastHandoffAt() - lastHandoffAt).isEqualTo(past == 0 ? 0 : Pool.HANDOFF_INTERVAL + past);
        assertThat(pool.counts().leased()).isEqualTo(1);
    }

    /** {@return a thread that waits for a connection and, once it has it, for {@code mayGoOn}} */
    private Thread waiter(CountDownLatch mayGoOn) {
        Thread waiter = new Thread(() -> {
            PooledConnection got = pool.acquire(null);
            await(mayGoOn);
            pool.release(got, got.ticket());
        });
        waiter.start();
        Threads.awaitParked(waiter);
        return waiter;
    }

    @Test
    void forgetsTheThreadThatHadAParkedConnectionOnceItIsDead() throws Exception {
        AtomicReference<PooledConnection> had = new AtomicReference<>();
        Thread dead = new Thread(() -> {
            had.set(pool.acquire(null));
            pool.release(had.get(), had.get().ticket());
        });
        dead.start();
        dead.join();
        assertThat(had.get().wasLastHadBy(dead)).isTrue();

        pool.sweep();

        assertThat(had.get().wasLastHadBy(dead)).isFalse();
        assertThat(pool.acquire(null)).isSameAs(had.get());
        pool.sweep();
        assertThat(had.get().owner()).isSameAs(Thread.currentThread());
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
