package dev.mooring.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.ManualTime;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class KeeperTest {

    @Test
    void publishesTheTimeAtEachTick() {
        ManualTime time = new ManualTime();
        Clock clock = new Clock(time);
        Keeper keeper = new Keeper(clock);
        time.advance(Duration.ofSeconds(5));
        assertThat(clock.exact() - clock.coarse())
                .isEqualTo(Duration.ofSeconds(5).toNanos());

        keeper.tick();

        assertThat(clock.coarse()).isEqualTo(clock.exact());
    }

    @Test
    void doesNotRunOnceStopped() {
        Keeper keeper = new Keeper(new Clock(new ManualTime()));

        keeper.stop();
        keeper.start();

        assertThat(Thread.getAllStackTraces().keySet())
                .filteredOn(thread -> thread.getName().equals("mooring-keeper"))
                .isEmpty();
    }

    /** Nobody ticks between the making of the databases and the first connection. */
    @Test
    @Tag("threads")
    void publishesTheTimeBeforeTheFirstConnectionIsOpened() {
        ManualTime time = new ManualTime();
        Clock clock = new Clock(time);
        Keeper keeper = new Keeper(clock);
        time.advance(Duration.ofHours(1));

        keeper.start();

        assertThat(clock.coarse()).isEqualTo(clock.exact());
        keeper.stop();
    }

    @Test
    @Tag("threads")
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void runsAsOneDaemonUntilItIsStopped() throws InterruptedException {
        CountDownLatch ticked = new CountDownLatch(2);
        Keeper keeper = new Keeper(new Clock(() -> {
            ticked.countDown();
            return 0;
        }));

        keeper.start();
        keeper.start();
        ticked.await();

        assertThat(Thread.getAllStackTraces().keySet())
                .filteredOn(thread -> thread.getName().equals("mooring-keeper"))
                .singleElement()
                .matches(Thread::isDaemon);
        Thread.currentThread().interrupt();
        keeper.stop();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(Thread.getAllStackTraces().keySet())
                .filteredOn(thread -> thread.getName().equals("mooring-keeper"))
                .isEmpty();
    }

    @Test
    @Tag("threads")
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void takesItsTimeThoughSomebodyInterruptsIt() throws InterruptedException {
        List<Boolean> interrupted = new CopyOnWriteArrayList<>();
        CountDownLatch ticked = new CountDownLatch(3);
        Keeper keeper = new Keeper(new Clock(() -> {
            if (Thread.currentThread().getName().equals("mooring-keeper")) {
                interrupted.add(Thread.currentThread().isInterrupted());
                Thread.currentThread().interrupt();
                ticked.countDown();
            }
            return 0;
        }));

        keeper.start();
        ticked.await();
        keeper.stop();

        assertThat(interrupted).doesNotContain(true);
    }
}
