package dev.mooring.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.Threads;
import dev.mooring.config.DatabaseSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Rounds of short-lived threads that do to a pool all that threads can do: they die, are interrupted while they wait,
 * work and let go, and meet errors in their own code and in the driver's. After each round everything is at rest.
 *
 * <p>{@code -Dmooring.soak=MINUTES} for as long in each of the cases, {@code -Dmooring.soak.seed=N} for other choices.
 */
@Tag("threads")
class PoolChurnTest {

    private static final int CAP = 4;
    private static final int THREADS = 24;
    private static final int LEASES_A_THREAD = 100;
    static final Duration PATIENCE = Duration.ofHours(1);

    /** A safety net: after as long, a thread that should have ended is stuck. */
    private static final Duration STUCK = Duration.ofMinutes(2);

    private static final long LEASES = 50_000;
    private static final int SOAK = Integer.getInteger("mooring.soak", 0);
    private static final long SEED = Long.getLong("mooring.soak.seed", 1);

    private static final System.Logger LOG = System.getLogger("dev.mooring.pool.churn");

    private final FakeSource source = new FakeSource();
    private final FakeSource hastySource = new FakeSource();
    private final Clock clock = new Clock(System::nanoTime);

    /** Waits so long that a lost connection or a lost wake-up runs into the test's own limit. */
    private final Pool patient = pool(source, PATIENCE);

    private final Pool hasty = pool(hastySource, Duration.ofNanos(20_000));
    private final ReentrantLock sweeping = new ReentrantLock();
    private volatile boolean over;

    @ParameterizedTest
    @CsvSource({"platform, false", "platform, true", "virtual, false", "virtual, true"})
    void leavesEverythingAtRest(String kind, boolean nested) throws Exception {
        Threads.factory(kind);
        ChurnTally tally = new ChurnTally();
        Thread housekeeper = new Thread(() -> keep(tally), "housekeeper");
        housekeeper.start();
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(SOAK);
        try {
            while (SOAK > 0 ? System.nanoTime() - end < 0 : tally.leases.sum() < LEASES) {
                churn(kind, nested, tally);
                sweeping.lock();
                try {
                    assertAllAtRest(tally);
                } finally {
                    sweeping.unlock();
                }
                tally.rounds.increment();
            }
        } finally {
            over = true;
            housekeeper.join();
        }
        assertThat(tally.leftBehind.sum()).as("left behind").isPositive();
        LOG.log(
                SOAK > 0 ? System.Logger.Level.INFO : System.Logger.Level.DEBUG,
                "{0} threads, nested {1}: {2}; at most {3} and {4} open",
                kind,
                nested,
                tally,
                source.peak,
                hastySource.peak);
    }

    private void churn(String kind, boolean nested, ChurnTally tally) throws InterruptedException {
        driversDo(ChurnWork::driverFails);
        List<Thread> threads = new ArrayList<>();
        CountDownLatch start = new CountDownLatch(1);
        for (int i = 0; i < THREADS; i++) {
            long seed = (SEED * 1_000_003 + tally.rounds.sum()) * 1_009 + i;
            ChurnWork work = new ChurnWork(patient, hasty, nested, LEASES_A_THREAD, seed, threads, tally);
            threads.add(Threads.factory(kind).newThread(() -> {
                awaitQuietly(start);
                work.run();
            }));
        }
        threads.forEach(Thread::start);
        start.countDown();
        for (Thread thread : threads) {
            thread.join(STUCK.toMillis());
            assertThat(thread.isAlive())
                    .as(() -> thread + " is stuck at " + Arrays.toString(thread.getStackTrace()) + " after " + tally)
                    .isFalse();
        }
        driversDo(() -> {});
    }

    private void driversDo(Runnable what) {
        for (FakeSource each : List.of(source, hastySource)) {
            each.whileOpening = what;
            each.whileProbing = what;
            each.whileClosing = what;
        }
    }

    private void keep(ChurnTally tally) {
        while (!over) {
            sweeping.lock();
            try {
                clock.tick();
                patient.sweep();
                hasty.sweep();
            } catch (ChurnWork.Mishap | ChurnWork.Death e) {
                // As the housekeeper of an application does, this one goes on.
                tally.errors.increment();
            } catch (Throwable e) {
                tally.violations.add("The housekeeper met " + e);
            } finally {
                sweeping.unlock();
            }
            LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(100));
        }
    }

    private void assertAllAtRest(ChurnTally tally) {
        patient.sweep();
        hasty.sweep();
        assertThat(tally.violations).isEmpty();
        assertAtRest(patient, source);
        assertAtRest(hasty, hastySource);
        assertThat(patient.counts().reclaimed() + hasty.counts().reclaimed())
                .as("reclaimed, of as many left behind by the dead")
                .isEqualTo(tally.leftBehind.sum());
    }

    private static void assertAtRest(Pool pool, FakeSource source) {
        PoolCounts counts = pool.counts();
        assertThat(counts.leased()).as("leased").isZero();
        assertThat(counts.waiting()).as("waiting").isZero();
        assertThat(source.peak.get()).as("peak").isLessThanOrEqualTo(CAP);
        assertThat(counts.open()).as("open").isEqualTo(source.nowOpen());
        assertThat(pool.permits()).as("places").isEqualTo(source.nowOpen());
        assertThat(counts.opened()).isEqualTo(source.opened.get());
    }

    private static void awaitQuietly(CountDownLatch latch) {
        while (latch.getCount() > 0) {
            try {
                latch.await();
            } catch (InterruptedException e) {
                // Another thread was quicker; it is only noise here.
            }
        }
    }

    private Pool pool(FakeSource of, Duration acquireTimeout) {
        return new Pool(
                DatabaseSettings.builder("main")
                        .engine("fake")
                        .maxConnections(CAP)
                        .acquireTimeout(acquireTimeout)
                        .connMaxAge(Duration.ofMillis(50))
                        .healthCheckIdle(Duration.ofNanos(200_000))
                        .build(),
                of,
                clock,
                source.waits,
                new PoolListener() {});
    }
}
