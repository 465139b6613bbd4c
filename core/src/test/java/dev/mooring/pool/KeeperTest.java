package dev.mooring.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.util.concurrent.Uninterruptibles;
import dev.mooring.FullStack;
import dev.mooring.ManualTime;
import dev.mooring.Threads;
import java.net.URL;
import java.net.URLClassLoader;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class KeeperTest {

    private static final String NAME = "mooring-keeper";
    private static final InheritableThreadLocal<String> VALUE = new InheritableThreadLocal<>();

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
                .filteredOn(thread -> thread.getName().equals(NAME))
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
                .filteredOn(thread -> thread.getName().equals(NAME))
                .singleElement()
                .matches(Thread::isDaemon);
        Thread.currentThread().interrupt();
        keeper.stop();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(Thread.getAllStackTraces().keySet())
                .filteredOn(thread -> thread.getName().equals(NAME))
                .isEmpty();
    }

    /** It outlives whoever came first: an application in a server, perhaps. */
    @Test
    @Tag("threads")
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void hasNothingOfTheThreadThatStartedIt() throws Exception {
        BlockingQueue<Optional<String>> seen = new LinkedBlockingQueue<>();
        BlockingQueue<ClassLoader> loaders = new LinkedBlockingQueue<>();
        Keeper keeper = new Keeper(new Clock(() -> {
            if (isKeeper()) {
                seen.add(Optional.ofNullable(VALUE.get()));
                loaders.add(Thread.currentThread().getContextClassLoader());
            }
            return 0;
        }));

        try (URLClassLoader application = new URLClassLoader(new URL[0])) {
            Threads.on("first", () -> {
                Thread.currentThread().setContextClassLoader(application);
                VALUE.set("the application's");
                keeper.start();
                return keeper;
            });
        }

        assertThat(seen.take()).isEmpty();
        assertThat(loaders.take()).isSameAs(Keeper.class.getClassLoader());
        keeper.stop();
    }

    @Test
    @Tag("threads")
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void isStartedForTheNextConnectionIfTheSystemHadNoThreadForIt() throws Exception {
        AtomicInteger attempts = new AtomicInteger();
        CountDownLatch ticked = new CountDownLatch(1);
        Keeper keeper = keeper(ticked::countDown, work -> new Thread(work, NAME) {
            @Override
            public synchronized void start() {
                if (attempts.getAndIncrement() == 0) {
                    throw new OutOfMemoryError("to be expected: no thread to have");
                }
                super.start();
            }
        });

        assertThatThrownBy(keeper::start).isInstanceOf(OutOfMemoryError.class);
        keeper.start();

        ticked.await();
        keeper.stop();
        assertThat(attempts).hasValue(2);
    }

    @Test
    @Tag("threads")
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void isNotWaitedForWithoutEndIfADriverHangs() throws Exception {
        CountDownLatch hanging = new CountDownLatch(1);
        CountDownLatch answered = new CountDownLatch(1);
        AtomicReference<Thread> thread = new AtomicReference<>();
        Runnable chore = () -> {
            hanging.countDown();
            Uninterruptibles.awaitUninterruptibly(answered);
        };
        Keeper keeper = keeper(chore, work -> {
            thread.set(new Thread(work, NAME));
            return thread.get();
        });
        keeper.start();
        hanging.await();

        Thread.currentThread().interrupt();
        keeper.stop();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(thread.get().isAlive()).isTrue();
        answered.countDown();
        thread.get().join();
    }

    @Test
    @Tag("threads")
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void isNotLockedForGoodByAFullStack() throws InterruptedException {
        Keeper keeper = new Keeper(new Clock(new ManualTime()));
        keeper.start();

        FullStack.onShortStack(() -> {
            for (int i = 0; i < 20; i++) {
                FullStack.dive(keeper::start);
            }
        });

        keeper.stop();
    }

    private static Keeper keeper(Runnable chore, ThreadFactory threads) {
        Clock clock = new Clock(() -> {
            if (isKeeper()) {
                chore.run();
            }
            return 0;
        });
        return new Keeper(clock, threads, Duration.ofMillis(1));
    }

    private static boolean isKeeper() {
        return Thread.currentThread().getName().equals(NAME);
    }

    @Test
    @Tag("threads")
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void takesItsTimeThoughSomebodyInterruptsIt() throws InterruptedException {
        List<Boolean> interrupted = new CopyOnWriteArrayList<>();
        CountDownLatch ticked = new CountDownLatch(3);
        Keeper keeper = new Keeper(new Clock(() -> {
            if (isKeeper()) {
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
