package dev.mooring.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.ManualTime;
import dev.mooring.Threads;
import dev.mooring.config.DatabaseSettings;
import dev.mooring.error.OperationalException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Invariant 6, the other way round: a wait is not called endless on what is no longer true. */
@Tag("threads")
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class WaitGraphRaceTest {

    private final FakeSource source = new FakeSource();
    private final ManualTime time = new ManualTime();
    private final Clock clock = new Clock(time);
    private final Pool one = pool("one");
    private final Pool other = pool("other");

    /** A thread that has something done at the moment when the graph looks it up. */
    private static final class Watched extends Thread {
        private final AtomicReference<Runnable> whenLookedUp = new AtomicReference<>();

        Watched(Runnable work) {
            super(work, "watched");
        }

        @Override
        public int hashCode() {
            Runnable first =
                    whenLookedUp == null || Thread.currentThread() == this ? null : whenLookedUp.getAndSet(null);
            if (first != null) {
                first.run();
            }
            return System.identityHashCode(this);
        }
    }

    @Test
    void looksAgainAtTheLeasesOnceAllHoldersWereSeenAsleep() throws Exception {
        CountDownLatch holdsOne = new CountDownLatch(1);
        CountDownLatch holdsOther = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        Thread givesUp = new Thread(() -> {
            PooledConnection connection = one.acquire(null);
            holdsOne.countDown();
            try {
                other.acquire(null);
            } catch (OperationalException e) {
                one.release(connection, connection.ticket());
            }
        });
        Watched follows = new Watched(() -> {
            PooledConnection connection = other.acquire(null);
            holdsOther.countDown();
            await(goOn);
            PooledConnection second = one.acquire(null);
            one.release(second, second.ticket());
            other.release(connection, connection.ticket());
        });
        follows.start();
        holdsOther.await();
        givesUp.start();
        holdsOne.await();
        Threads.awaitParked(givesUp);
        // Seen asleep already, the one gives up and hands its connection to this thread; the other falls asleep behind
        // it.
        follows.whenLookedUp.set(() -> {
            time.advance(Duration.ofMillis(1));
            givesUp.interrupt();
            join(givesUp);
            goOn.countDown();
            awaitOneInTheQueue();
            Threads.awaitParked(follows);
        });

        PooledConnection mine = one.acquire(null);

        assertThat(one.counts().leased()).isEqualTo(1);
        one.release(mine, mine.ticket());
        follows.join();
        assertThat(one.counts().leased()).isZero();
        assertThat(other.counts().leased()).isZero();
    }

    /** Whoever looks at the graph may wait for a lock there, and the wake-up that comes just then is spent on that. */
    @Test
    void missesNothingThatIsGivenWhileItLooks() throws Exception { // invariant 5
        CountDownLatch holdsOne = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        Watched holder = new Watched(() -> {
            PooledConnection connection = one.acquire(null);
            holdsOne.countDown();
            await(goOn);
            one.release(connection, connection.ticket());
        });
        holder.start();
        holdsOne.await();
        holder.whenLookedUp.set(() -> {
            time.advance(Duration.ofMillis(1));
            goOn.countDown();
            join(holder);
            LockSupport.parkNanos(1);
        });

        PooledConnection mine = one.acquire(null);

        assertThat(one.counts().leased()).isEqualTo(1);
        assertThat(mine.leases()).isEqualTo(2);
    }

    /** This thread has been served, so it is the other. */
    private void awaitOneInTheQueue() {
        while (one.counts().waiting() == 0) {
            Thread.onSpinWait();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private Pool pool(String alias) {
        return source.pool(
                DatabaseSettings.builder(alias)
                        .engine("fake")
                        .maxConnections(1)
                        .acquireTimeout(Duration.ofHours(1))
                        .build(),
                clock);
    }
}
