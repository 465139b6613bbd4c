package dev.mooring.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.Threads;
import dev.mooring.config.DatabaseSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Rounds of short-lived threads that do to a pool all that threads can do; after each round everything is at rest.
 *
 * <p>{@code -Dmooring.soak.leases=5000000} for the long form, {@code -Dmooring.soak.seed=N} for other choices.
 */
@Tag("threads")
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PoolChurnTest {

    private static final int CAP = 4;
    private static final int THREADS = 24;
    private static final int LEASES_A_THREAD = 100;
    static final Duration PATIENCE = Duration.ofHours(1);

    private static final long LEASES = Long.getLong("mooring.soak.leases", 200_000);
    private static final long SEED = Long.getLong("mooring.soak.seed", 1);

    private static final System.Logger LOG = System.getLogger("dev.mooring.pool.churn");

    private final FakeSource source = new FakeSource();
    private final FakeSource hastySource = new FakeSource();
    private final Clock clock = new Clock(System::nanoTime);

    /** Waits so long that a lost connection or a lost wake-up runs into the test's own limit. */
    private final Pool patient = pool(source, PATIENCE);

    private final Pool hasty = pool(hastySource, Duration.ofNanos(20_000));
    private volatile boolean over;

    @ParameterizedTest
    @CsvSource({"platform, false", "platform, true", "virtual, false", "virtual, true"})
    void leavesEverythingAtRest(String kind, boolean nested) throws Exception {
        Threads.factory(kind);
        Thread keeper = new Thread(this::keep, "keeper");
        keeper.start();
        ChurnTally tally = new ChurnTally();
        try {
            for (int round = 0; tally.leases.sum() < LEASES / 4; round++) {
                churn(kind, nested, round, tally);
                patient.sweep();
                hasty.sweep();
                assertThat(tally.violations).isEmpty();
                assertAtRest(patient, source);
                assertAtRest(hasty, hastySource);
                assertThat(patient.counts().reclaimed() + hasty.counts().reclaimed())
                        .as("reclaimed, of as many left behind by the dead")
                        .isEqualTo(tally.leftBehind.sum());
            }
        } finally {
            over = true;
            keeper.join();
        }
        assertThat(tally.leftBehind.sum()).as("left behind").isPositive();
        LOG.log(System.Logger.Level.DEBUG, "{0} threads, nested {1}: {2}", kind, nested, tally);
    }

    private void churn(String kind, boolean nested, int round, ChurnTally tally) throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        CountDownLatch start = new CountDownLatch(1);
        for (int i = 0; i < THREADS; i++) {
            long seed = (SEED * 1_000_003 + round) * 1_009 + i;
            ChurnWork work = new ChurnWork(patient, hasty, nested, LEASES_A_THREAD, seed, threads, tally);
            threads.add(Threads.factory(kind).newThread(() -> {
                awaitQuietly(start);
                work.run();
            }));
        }
        threads.forEach(Thread::start);
        start.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private void keep() {
        while (!over) {
            clock.tick();
            patient.sweep();
            hasty.sweep();
            LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(100));
        }
    }

    private static void assertAtRest(Pool pool, FakeSource source) {
        PoolCounts counts = pool.counts();
        assertThat(counts.leased()).as("leased").isZero();
        assertThat(counts.waiting()).as("waiting").isZero();
        assertThat(source.peak.get()).as("peak").isLessThanOrEqualTo(CAP);
        assertThat(counts.open()).as("open").isEqualTo(source.nowOpen());
        assertThat(pool.places()).as("places").isEqualTo(source.nowOpen());
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
                        .build(),
                of,
                clock,
                source.waits,
                new PoolListener() {});
    }
}
