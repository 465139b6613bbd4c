package dev.mooring.demo;

import static com.google.common.util.concurrent.Uninterruptibles.awaitUninterruptibly;
import static com.google.common.util.concurrent.Uninterruptibles.joinUninterruptibly;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("threads")
class ThreadModelTest {

    private static final int TASKS = 100;
    private static final int CONCURRENCY = 4;

    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    private final AtomicInteger done = new AtomicInteger();

    @ParameterizedTest
    @EnumSource
    void runsEveryTask(ThreadModel model) {
        assumeSupported(model);

        try (RequestThreads requests = model.open(CONCURRENCY)) {
            for (int i = 0; i < TASKS; i++) {
                requests.execute(this::task);
            }
        }

        assertThat(done).hasValue(TASKS);
        assertThat(threads).hasSize(model == ThreadModel.POOL ? CONCURRENCY : TASKS);
        assertThat(threads).allSatisfy(thread -> assertThat(thread.getName()).matches("request-\\d+"));
    }

    @ParameterizedTest
    @EnumSource
    void letsTheNextTaskWaitForAFreePlace(ThreadModel model) {
        assumeSupported(model);
        CountDownLatch release = new CountDownLatch(1);

        try (RequestThreads requests = model.open(CONCURRENCY)) {
            for (int i = 0; i < CONCURRENCY; i++) {
                requests.execute(() -> awaitUninterruptibly(release));
            }
            Thread sender = new Thread(() -> requests.execute(this::task));
            sender.start();
            Thread.State settled = awaitWaitingOrTerminated(sender);
            release.countDown();

            assertThat(settled).isEqualTo(Thread.State.WAITING);
            joinUninterruptibly(sender);
        }
        assertThat(done).hasValue(1);
    }

    @Test
    void hasVirtualThreadsFromJdk21() {
        assertThat(ThreadModel.VIRTUAL.isSupported())
                .isEqualTo(Runtime.version().feature() >= 21);
    }

    private void task() {
        threads.add(Thread.currentThread());
        done.incrementAndGet();
    }

    private static Thread.State awaitWaitingOrTerminated(Thread thread) {
        Thread.State state = thread.getState();
        while (state != Thread.State.WAITING && state != Thread.State.TERMINATED) {
            Thread.onSpinWait();
            state = thread.getState();
        }
        return state;
    }

    private static void assumeSupported(ThreadModel model) {
        if (!model.isSupported()) {
            String message = "NOT RUN: ThreadModelTest with " + model + ": virtual threads need JDK 21 or later";
            System.err.println(message);
            abort(message);
        }
    }
}
