package dev.mooring.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.util.concurrent.Uninterruptibles;
import dev.mooring.ManualTime;
import dev.mooring.StackOverflowProbe;
import dev.mooring.Threads;
import java.net.URL;
import java.net.URLClassLoader;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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

class HousekeeperTest {

    private static final String NAME = "mooring-housekeeper";
    private static final InheritableThreadLocal<String> VALUE = new InheritableThreadLocal<>();

    /** Those of other tests in this JVM, which have nothing to do with this one. */
    private final Set<Thread> others = housekeepers();

    private static Set<Thread> housekeepers() {
        Set<Thread> all = new HashSet<>(Thread.getAllStackTraces().keySet());
        all.removeIf(thread -> !thread.getName().equals(NAME));
        return all;
    }

    private Set<Thread> started() {
        Set<Thread> all = housekeepers();
        all.removeAll(others);
        return all;
    }

    @Test
    void publishesTheTimeAtEachTick() {
        ManualTime time = new ManualTime();
        Clock clock = new Clock(time);
        Housekeeper housekeeper = new Housekeeper(clock);
        time.advance(Duration.ofSeconds(5));
        assertThat(clock.exact() - clock.coarse())
                .isEqualTo(Duration.ofSeconds(5).toNanos());

        housekeeper.tick();

        assertThat(clock.coarse()).isEqualTo(clock.exact());
    }

    @Test
    void doesNotRunOnceStopped() {
        Housekeeper housekeeper = new Housekeeper(new Clock(new ManualTime()));

        housekeeper.stop();
        housekeeper.start();

        assertThat(started()).isEmpty();
    }

    /** Nobody ticks between the making of the databases and the first connection. */
    @Test
    @Tag("threads")
    void publishesTheTimeBeforeTheFirstConnectionIsOpened() {
        ManualTime time = new ManualTime();
        Clock clock = new Clock(time);
        Housekeeper housekeeper = new Housekeeper(clock);
        time.advance(Duration.ofHours(1));

        housekeeper.start();

        assertThat(clock.coarse()).isEqualTo(clock.exact());
        housekeeper.stop();
    }

    @Test
    @Tag("threads")
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void runsAsOneDaemonUntilItIsStopped() throws InterruptedException {
        CountDownLatch ticked = new CountDownLatch(2);
        Housekeeper housekeeper = new Housekeeper(new Clock(() -> {
            ticked.countDown();
            return 0;
        }));

        housekeeper.start();
        housekeeper.start();
        ticked.await();

        assertThat(started()).singleElement().matches(Thread::isDaemon);
        Thread.currentThread().interrupt();
        housekeeper.stop();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(started()).isEmpty();
    }

    /** It outlives whoever came first: an application in a server, perhaps. */
    @Test
    @Tag("threads")
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void hasNothingOfTheThreadThatStartedIt() throws Exception {
        BlockingQueue<Optional<String>> seen = new LinkedBlockingQueue<>();
        BlockingQueue<ClassLoader> loaders = new LinkedBlockingQueue<>();
        Housekeeper housekeeper = new Housekeeper(new Clock(() -> {
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
                housekeeper.start();
                return housekeeper;
            });
        }

        assertThat(seen.take()).isEmpty();
        assertThat(loaders.take()).isSameAs(Housekeeper.class.getClassLoader());
        housekeeper.stop();
    }

    @Test
    @Tag("threads")
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void isStartedForTheNextConnectionIfTheSystemHadNoThreadForIt() throws Exception {
        AtomicInteger attempts = new AtomicInteger();
        CountDownLatch ticked = new CountDownLatch(1);
        Housekeeper housekeeper = housekeeper(ticked::countDown, work -> new Thread(work, NAME) {
            @Override
            public synchronized void start() {
                if (attempts.getAndIncrement() == 0) {
                    throw new OutOfMemoryError("to be expected: no thread to have");
                }
                super.start();
            }
        });

        assertThatThrownBy(housekeeper::start).isInstanceOf(OutOfMemoryError.class);
        housekeeper.start();

        ticked.await();
        housekeeper.stop();
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
        Housekeeper housekeeper = housekeeper(chore, work -> {
            thread.set(new Thread(work, NAME));
            return thread.get();
        });
        housekeeper.start();
        hanging.await();

        Thread.currentThread().interrupt();
        housekeeper.stop();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(thread.get().isAlive()).isTrue();
        answered.countDown();
        thread.get().join();
    }

    @Test
    @Tag("threads")
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void isNotLockedForGoodByAFullStack() throws InterruptedException {
        Housekeeper housekeeper = new Housekeeper(new Clock(new ManualTime()));
        housekeeper.start();

        StackOverflowProbe.onShortStack(() -> {
            for (int i = 0; i < 20; i++) {
                StackOverflowProbe.run(housekeeper::start);
            }
        });

        housekeeper.stop();
    }

    private static Housekeeper housekeeper(Runnable chore, ThreadFactory threads) {
        Clock clock = new Clock(() -> {
            if (isKeeper()) {
                chore.run();
            }
            return 0;
        });
        return new Housekeeper(clock, threads, Duration.ofMillis(1));
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
        Housekeeper housekeeper = new Housekeeper(new Clock(() -> {
            if (isKeeper()) {
                interrupted.add(Thread.currentThread().isInterrupted());
                Thread.currentThread().interrupt();
                ticked.countDown();
            }
            return 0;
        }));

        housekeeper.start();
        ticked.await();
        housekeeper.stop();

        assertThat(interrupted).doesNotContain(true);
    }
}
