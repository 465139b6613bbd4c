package dev.mooring.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.mooring.ManualTime;
import dev.mooring.config.DatabaseSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An Error, as a full heap raises it anywhere, costs a connection at the most: no place in the pool and no write lock. */
@Tag("wrong-answers")
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PoolUnderErrorsTest {

    private static final int CAP = 2;
    private static final int MOST_POINTS = 60;

    private final ManualTime time = new ManualTime();

    /** Counts down to the call that fails; negative for none. */
    private final AtomicInteger until = new AtomicInteger(-1);

    private final Clock clock = new Clock(() -> {
        failWhenDue();
        return time.getAsLong();
    });
    private final FakeSource source = new FakeSource();

    PoolUnderErrorsTest() {
        source.whileOpening = this::failWhenDue;
        source.whileClosing = this::failWhenDue;
        source.whileProbing = this::failWhenDue;
    }

    private void failWhenDue() {
        if (until.get() >= 0 && until.getAndDecrement() == 0) {
            throw new OutOfMemoryError("to be expected");
        }
    }

    @Test
    @DisplayName("Whichever call fails with an Error, all places of the pool can be had afterwards")
    void losesNoPlace() {
        for (int point = 0; point < MOST_POINTS; point++) {
            Pool pool = pool();
            List<PooledConnection> leased = new ArrayList<>();
            until.set(point);
            for (int round = 0; round < 3; round++) {
                attempt(() -> use(pool, leased));
                leased.forEach(connection -> attempt(() -> pool.release(connection, connection.ticket())));
                leased.clear();
                time.advance(Duration.ofMinutes(20));
                attempt(pool::sweep);
            }
            until.set(-1);

            assertThat(pool.counts().leased())
                    .as("leases after an Error at point %d", point)
                    .isZero();
            for (int i = 0; i < CAP; i++) {
                leased.add(pool.acquire(null));
            }
            leased.forEach(connection -> pool.release(connection, connection.ticket()));
            pool.shutDown(Duration.ZERO);
            assertThat(pool.permits())
                    .as("places after an Error at point %d", point)
                    .isZero();
        }
        assertThat(source.nowOpen()).isZero();
    }

    /** Whatever is thrown is to be expected; what counts is what is left behind. */
    private static void attempt(ThrowingCallable call) {
        Throwable unused = catchThrowable(call);
    }

    private void use(Pool pool, List<PooledConnection> leased) {
        leased.add(pool.acquire(null));
        leased.add(pool.acquire(null));
        PooledConnection last = leased.get(0);
        pool.release(last, last.ticket());
        leased.set(0, pool.acquire(last));
        PooledConnection closed = leased.remove(1);
        pool.close(closed, closed.ticket(), CloseReason.BROKEN);
    }

    @Test
    @DisplayName("An Error while a lease is handed to a waiter parks the connection, and the waiter gets it")
    void parksWhatItCannotHandOver() throws Exception {
        Pool pool = pool();
        PooledConnection first = pool.acquire(null);
        PooledConnection second = pool.acquire(null);
        CountDownLatch served = new CountDownLatch(1);
        Thread waiter = waiting(() -> {
            PooledConnection found = pool.acquire(null);
            served.countDown();
            pool.release(found, found.ticket());
        });
        time.advance(Duration.ofSeconds(1));
        until.set(0);

        assertThatExceptionOfType(OutOfMemoryError.class).isThrownBy(() -> pool.release(first, first.ticket()));

        until.set(-1);
        served.await();
        waiter.join();
        pool.release(second, second.ticket());
        assertThat(pool.counts().leased()).isZero();
    }

    @Test
    @DisplayName("An Error while the write lock is handed to a waiter releases it, and the waiter gets it")
    void releasesTheWriteLockItCannotHandOver() throws Exception {
        LongSupplier failing = () -> {
            failWhenDue();
            return time.getAsLong();
        };
        WriteLock lock = new WriteLock(failing, Duration.ofMillis(5).toNanos());
        WaitGraph waits = new WaitGraph();
        lock.acquire(false, Duration.ofMinutes(1), "write", waits, () -> {});
        Thread waiter = waiting(() -> {
            lock.acquire(false, Duration.ofMinutes(1), "write", waits, () -> {});
            lock.release(Thread.currentThread());
        });
        time.advance(Duration.ofSeconds(1));
        until.set(0);

        // Whichever of the two threads the Error hits, the lock is not lost.
        attempt(() -> lock.release(Thread.currentThread()));

        waiter.join();
        until.set(-1);
        lock.acquire(false, Duration.ZERO, "write", waits, () -> {});
        lock.release(Thread.currentThread());
    }

    @Test
    @DisplayName("The housekeeper survives an Error wherever it is raised, and runs on")
    void theHousekeeperSurvives() throws Exception {
        CountDownLatch ticked = new CountDownLatch(3);
        Clock failing = new Clock(time);
        AtomicInteger readings = new AtomicInteger();
        Clock broken = new Clock(() -> {
            if (readings.incrementAndGet() > 2) {
                ticked.countDown();
                throw new OutOfMemoryError("to be expected");
            }
            return failing.exact();
        });
        Housekeeper housekeeper = new Housekeeper(broken);

        housekeeper.start();

        ticked.await();
        housekeeper.stop();
    }

    @Test
    @DisplayName("A housekeeper that died is replaced when the next connection is opened")
    void aDeadHousekeeperIsReplaced() throws Exception {
        CountDownLatch ticked = new CountDownLatch(1);
        AtomicInteger made = new AtomicInteger();
        Housekeeper housekeeper = new Housekeeper(
                new Clock(time),
                work -> {
                    Thread thread = new Thread(
                            made.getAndIncrement() == 0
                                    ? () -> {}
                                    : () -> {
                                        ticked.countDown();
                                        work.run();
                                    });
                    thread.setDaemon(true);
                    return thread;
                },
                Duration.ofSeconds(5));
        housekeeper.start();
        while (ticked.getCount() > 0) {
            housekeeper.start();
            Thread.onSpinWait();
        }

        assertThat(made).hasValueGreaterThan(1);
        housekeeper.stop();
    }

    private Pool pool() {
        return source.pool(
                DatabaseSettings.builder("default")
                        .engine("fake")
                        .maxConnections(CAP)
                        .build(),
                clock);
    }

    private static Thread waiting(Runnable work) {
        Thread waiter = new Thread(work);
        waiter.start();
        while (waiter.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
        return waiter;
    }
}
