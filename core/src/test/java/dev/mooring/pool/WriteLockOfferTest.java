package dev.mooring.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mooring.Threads;
import dev.mooring.error.LeaseTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A lock whose owner waits for a connection: those who have one may be those it waits for. */
@Tag("threads")
@Tag("wrong-answers")
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class WriteLockOfferTest extends WriteLockFixture {

    private final CountDownLatch taken = new CountDownLatch(1);
    private final CountDownLatch mayRelease = new CountDownLatch(1);

    @Test
    @DisplayName(
            "While the lock is offered, a thread with a connection takes it, and its owner does not have it any more")
    void isTakenByOneThatArrives() throws Exception {
        Thread me = Thread.currentThread();
        acquire();
        assertThat(lock.offer(me)).isTrue();

        Threads.on("connected", () -> {
            lock.acquire(true, LONG, WRITE, waits, () -> {});
            assertThat(lock.keep(me)).isFalse();
            lock.release(me);
            release();
            return "done";
        });

        acquire();
    }

    @Test
    @DisplayName(
            "A thread with a connection that waits already takes the lock when it is offered, before those that came first")
    void isTakenByOneThatWaits() throws Exception {
        Thread me = Thread.currentThread();
        acquire();
        List<String> order = Collections.synchronizedList(new ArrayList<>());
        Thread first = startWaiter("first", () -> order.add("first"), this::release);
        Thread connected = connected(() -> {
            order.add("connected");
            await(mayRelease);
        });

        lock.offer(me);
        mayRelease.countDown();
        connected.join();
        first.join();

        assertThat(order).containsExactly("connected", "first");
        assertThat(lock.keep(me)).isFalse();
    }

    @Test
    @DisplayName("A thread without a connection does not take it, and neither does anybody once its owner has kept it")
    void isNotTakenByOthers() throws Exception {
        Thread me = Thread.currentThread();
        acquire();
        lock.offer(me);
        isRefused(false);

        assertThat(lock.keep(me)).isTrue();
        isRefused(true);
    }

    @Test
    @DisplayName("An owner whose lock was taken gets it before those that wait")
    void isTheNextOfItsFormerOwner() throws Exception {
        Thread me = Thread.currentThread();
        time.advanceAtEachReading(Duration.ofNanos(Pool.HANDOFF_INTERVAL + 1));
        lock = new WriteLock(time, NEVER);
        acquire();
        List<String> order = Collections.synchronizedList(new ArrayList<>());
        Thread other = startWaiter("other", () -> order.add("other"), this::release);
        Thread connected = connected(() -> {
            taken.countDown();
            await(mayRelease);
        });
        lock.offer(me);
        taken.await();
        assertThat(lock.keep(me)).isFalse();

        Thread again = new Thread(() -> {
            lock.acquireAgain(LONG, WRITE, waits, () -> {});
            order.add("former owner");
            release();
        });
        again.start();
        Threads.awaitParked(again);
        mayRelease.countDown();
        again.join();
        other.join();
        connected.join();

        assertThat(order).containsExactly("former owner", "other");
    }

    @Test
    @DisplayName("An owner that gives up its wait releases the lock that it offered")
    void isReleasedWhileItIsOffered() throws Exception {
        Thread me = Thread.currentThread();
        acquire();
        Thread next = startWaiter("next", this::release);
        lock.offer(me);

        release();

        next.join();
        acquire();
    }

    @Test
    @DisplayName("A lock that is not the thread's own is not offered")
    void isOfferedByItsOwnerAlone() throws Exception {
        Thread me = Thread.currentThread();
        acquire();
        Threads.on("other", () -> assertThat(lock.offer(Thread.currentThread())).isFalse());

        assertThat(lock.keep(me)).isFalse();
        release();
        acquire();
    }

    private void isRefused(boolean connected) throws Exception {
        Threads.on(
                "other",
                () -> assertThatExceptionOfType(LeaseTimeoutException.class)
                        .isThrownBy(() -> lock.acquire(connected, Duration.ZERO, WRITE, waits, () -> {}))
                        .withMessageStartingWith("Timed out"));
    }

    private Thread connected(Runnable work) {
        Thread thread = new Thread(
                () -> {
                    lock.acquire(true, LONG, WRITE, waits, () -> {});
                    work.run();
                    release();
                },
                "connected");
        thread.setDaemon(true);
        thread.start();
        Threads.awaitParked(thread);
        return thread;
    }
}
