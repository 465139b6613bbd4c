package dev.mooring.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.Threads;
import dev.mooring.config.DatabaseSettings;
import dev.mooring.error.OperationalException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The invariants of the design, with real threads. The time limits are safety nets alone. */
@Tag("threads")
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PoolThreadsTest {

    private static final int THREADS = 64;
    private static final int CAP = 4;

    private final FakeSource source = new FakeSource();
    private final Pool pool = pool(CAP);

    /** Invariants 1, 2 and 3. */
    @ParameterizedTest
    @ValueSource(strings = {"platform", "virtual"})
    void neverOpensMoreThanTheCapNorLendsOneToTwo(String kind) throws Exception {
        CyclicBarrier start = new CyclicBarrier(THREADS);
        Set<PooledConnection> inUse = ConcurrentHashMap.newKeySet();
        AtomicInteger shared = new AtomicInteger();
        AtomicInteger done = new AtomicInteger();

        runAll(kind, number -> {
            start.await();
            PooledConnection last = null;
            for (int i = 0; i < 200; i++) {
                PooledConnection connection = pool.acquire(last);
                if (!inUse.add(connection)) {
                    shared.incrementAndGet();
                }
                letOthersRun();
                inUse.remove(connection);
                end(connection, (number + i) % 20);
                last = connection;
                done.incrementAndGet();
            }
        });

        assertThat(done).hasValue(THREADS * 200);
        assertThat(shared).hasValue(0);
        assertThat(source.peak.get()).isLessThanOrEqualTo(CAP);
        assertAllAtRest();
    }

    @SuppressWarnings("ThreadPriorityCheck") // Nothing relies on it: it widens the window in which a fault would show.
    private static void letOthersRun() {
        Thread.yield();
    }

    private void end(PooledConnection connection, int how) {
        if (how == 0) {
            FakeSource.close(pool, connection, connection.ticket(), true);
        } else if (how == 1) {
            FakeSource.close(pool, connection, connection.ticket(), false);
        } else {
            pool.release(connection, connection.ticket());
        }
    }

    /** Invariants 1 and 2: they die with a lease in hand, they are interrupted, they throw. */
    @ParameterizedTest
    @ValueSource(strings = {"platform", "virtual"})
    void losesNothingToThreadsThatDieOrAreInterrupted(String kind) throws Exception {
        AtomicInteger interrupted = new AtomicInteger();

        runAll(kind, number -> {
            if (number % 4 == 0) {
                Thread.currentThread().interrupt();
            }
            try {
                PooledConnection connection = pool.acquire(null);
                connection.idle(number % 3 == 0);
                if (number % 2 == 0) {
                    pool.release(connection, connection.ticket());
                }
            } catch (OperationalException e) {
                assertThat(Thread.interrupted()).isTrue();
                interrupted.incrementAndGet();
            }
        });
        pool.sweep();

        assertThat(source.peak.get()).isLessThanOrEqualTo(CAP);
        assertThat(pool.counts().reclaimed()).isEqualTo(THREADS / 2);
        assertAllAtRest();
    }

    @Test
    void givesAWaitingThreadTheNextConnection() throws Exception {
        Pool one = pool(1);
        PooledConnection mine = one.acquire(null);
        AtomicReference<PooledConnection> theirs = new AtomicReference<>();
        Thread waiter = new Thread(() -> {
            theirs.set(one.acquire(null));
            one.release(theirs.get(), theirs.get().ticket());
        });
        waiter.start();
        Threads.awaitParked(waiter);
        assertThat(one.counts().waiting()).isEqualTo(1);

        one.release(mine, mine.ticket());

        waiter.join();
        assertThat(theirs.get()).isSameAs(mine);
        assertThat(one.counts().waiting()).isZero();
        assertThat(source.probes).hasValue(0);
    }

    @Test
    void letsAWaiterOpenInThePlaceOfAConnectionThatWasClosed() throws Exception {
        Pool one = pool(1);
        PooledConnection mine = one.acquire(null);
        Thread waiter = new Thread(() -> one.acquire(null));
        waiter.start();
        Threads.awaitParked(waiter);

        FakeSource.close(one, mine, mine.ticket(), true);

        waiter.join();
        assertThat(source.opened).hasValue(2);
        assertThat(source.nowOpen()).isEqualTo(1);
    }

    /** Invariant 5: who gives up takes nothing away from those behind. */
    @Test
    void leavesTheOthersUnharmedWhenAWaiterIsInterrupted() throws Exception {
        Pool one = pool(1);
        PooledConnection mine = one.acquire(null);
        AtomicBoolean flag = new AtomicBoolean();
        AtomicReference<String> message = new AtomicReference<>();
        Thread first = new Thread(() -> {
            try {
                one.acquire(null);
            } catch (OperationalException e) {
                flag.set(Thread.currentThread().isInterrupted());
                message.set(e.getMessage());
            }
        });
        Thread second = new Thread(() -> one.acquire(null));
        first.start();
        Threads.awaitParked(first);
        second.start();
        Threads.awaitParked(second);

        first.interrupt();
        first.join();
        assertThat(flag).isTrue();
        assertThat(message).hasValue("Interrupted while waiting for a connection to database 'main'");
        assertThat(one.counts().waiting()).isEqualTo(1);
        one.release(mine, mine.ticket());

        second.join();
        assertThat(one.counts().leases()).isEqualTo(2);
    }

    /** Invariant 5: in order of arrival. */
    @Test
    void servesOldWaitersInTheOrderOfTheirArrival() throws Exception {
        Pool one = pool(1);
        PooledConnection mine = one.acquire(null);
        List<Integer> served = Collections.synchronizedList(new ArrayList<>());
        List<Thread> waiters = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            int number = i;
            Thread waiter = new Thread(() -> {
                PooledConnection connection = one.acquire(null);
                served.add(number);
                one.release(connection, connection.ticket());
            });
            waiter.start();
            Threads.awaitParked(waiter);
            waiters.add(waiter);
        }

        one.release(mine, mine.ticket());
        for (Thread waiter : waiters) {
            waiter.join();
        }

        assertThat(served).containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
    }

    @Test
    void opensForOthersWhileOneConnectionIsSlowToOpen() throws Exception {
        CountDownLatch opening = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        AtomicBoolean first = new AtomicBoolean(true);
        source.whileOpening = () -> {
            if (first.getAndSet(false)) {
                opening.countDown();
                awaitQuietly(goOn);
            }
        };
        Thread slow = new Thread(() -> pool.acquire(null));
        slow.start();
        opening.await();

        PooledConnection mine = pool.acquire(null);

        assertThat(mine).isNotNull();
        assertThat(pool.counts().open()).isEqualTo(1);
        goOn.countDown();
        slow.join();
        assertThat(pool.counts().open()).isEqualTo(2);
    }

    @Test
    void wakesAllWaitersWhenItIsShutDown() throws Exception {
        Pool one = pool(1);
        PooledConnection mine = one.acquire(null);
        List<Thread> waiters = new ArrayList<>();
        AtomicInteger refused = new AtomicInteger();
        for (int i = 0; i < 5; i++) {
            Thread waiter = new Thread(() -> {
                try {
                    one.acquire(null);
                } catch (RuntimeException e) {
                    refused.incrementAndGet();
                }
            });
            waiter.start();
            Threads.awaitParked(waiter);
            waiters.add(waiter);
        }

        one.shutDown(Duration.ZERO);
        for (Thread waiter : waiters) {
            waiter.join();
        }

        assertThat(refused).hasValue(5);
        one.release(mine, mine.ticket());
        assertThat(source.nowOpen()).isZero();
    }

    private void assertAllAtRest() {
        assertThat(pool.counts().leased()).isZero();
        assertThat(pool.counts().waiting()).isZero();
        assertThat(pool.counts().open()).isEqualTo(source.nowOpen());
        assertThat(pool.counts().opened() - pool.counts().closed()).isEqualTo(source.nowOpen());
    }

    private static void runAll(String kind, Work work) throws Exception {
        AtomicReference<Throwable> failure = new AtomicReference<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            int number = i;
            threads.add(Threads.factory(kind).newThread(() -> {
                try {
                    work.run(number);
                } catch (Throwable e) {
                    failure.set(e);
                }
            }));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(failure.get()).isNull();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            if (!latch.await(60, TimeUnit.SECONDS)) {
                throw new IllegalStateException("nobody came");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private Pool pool(int cap) {
        DatabaseSettings settings = DatabaseSettings.builder("main")
                .engine("fake")
                .maxConnections(cap)
                .build();
        return source.pool(settings, new Clock(System::nanoTime));
    }

    @FunctionalInterface
    private interface Work {
        void run(int number) throws Exception;
    }
}
