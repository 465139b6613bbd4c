package dev.mooring.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mooring.Threads;
import dev.mooring.error.LeaseTimeoutException;
import dev.mooring.error.OperationalException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("threads")
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class WriteLockTest extends WriteLockFixture {

    private static final Duration JUST_LONG_ENOUGH = Duration.ofNanos(Pool.HANDOFF_INTERVAL + 1);

    /** A thread on which something is done at the moment when it gives up its wait for being interrupted. */
    private static final class GivingUp extends Thread {
        private final Runnable justBefore;

        GivingUp(Runnable work, Runnable justBefore) {
            super(work, "gives up");
            this.justBefore = justBefore;
        }

        @Override
        public void interrupt() {
            if (Thread.currentThread() == this) {
                justBefore.run();
            }
            super.interrupt();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"platform", "virtual"})
    void isHadByOneAtATime(String kind) throws Exception {
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger together = new AtomicInteger();
        int[] acquired = new int[1];
        CountDownLatch start = new CountDownLatch(1);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            threads.add(Threads.factory(kind).newThread(() -> {
                await(start);
                for (int j = 0; j < 2_000; j++) {
                    acquire();
                    together.addAndGet(inside.getAndIncrement());
                    acquired[0]++;
                    letOthersRun();
                    inside.decrementAndGet();
                    release();
                }
            }));
        }

        threads.forEach(Thread::start);
        start.countDown();
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(together).hasValue(0);
        assertThat(acquired[0]).isEqualTo(32_000);
    }

    @Test
    void comesInOrderOfArrivalWhereItIsHandedOverEachTime() throws Exception {
        time.advanceAtEachReading(JUST_LONG_ENOUGH);
        lock = new WriteLock(time, NEVER);
        acquire();
        List<String> order = Collections.synchronizedList(new ArrayList<>());
        List<Thread> waiters = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            waiters.add(startWaiter("waiter " + i, () -> {
                order.add(Thread.currentThread().getName());
                release();
            }));
        }

        release();
        acquire();
        order.add("late");
        release();
        for (Thread waiter : waiters) {
            waiter.join();
        }

        assertThat(order)
                .containsExactly(
                        "waiter 0",
                        "waiter 1",
                        "waiter 2",
                        "waiter 3",
                        "waiter 4",
                        "waiter 5",
                        "waiter 6",
                        "waiter 7",
                        "late");
    }

    /** However long they have waited: strict order would make every short transaction a change of threads. */
    @ParameterizedTest
    @ValueSource(longs = {0, 1})
    void isHandedOverAtMostOnceInTheTimeForBarging(long past) throws Exception {
        lock = new WriteLock(time, NEVER);
        acquire();
        CountDownLatch firstMayGoOn = new CountDownLatch(1);
        Thread first = startWaiter("first", () -> await(firstMayGoOn), this::release);
        Thread second = startWaiter("second", this::release);
        time.advance(Duration.ofMinutes(1));
        release();
        long lastHandoffAt = lock.lastHandoffAt();
        assertThat(lastHandoffAt).isEqualTo(time.getAsLong());

        time.advance(Duration.ofNanos(Pool.HANDOFF_INTERVAL + past));
        firstMayGoOn.countDown();
        first.join();
        second.join();

        assertThat(lock.lastHandoffAt() - lastHandoffAt).isEqualTo(past == 0 ? 0 : Pool.HANDOFF_INTERVAL + past);
    }

    @Test
    void saysWhoHasItIfItDoesNotComeInTime() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        CountDownLatch taken = new CountDownLatch(1);
        Thread holder = new Thread(
                () -> {
                    acquire();
                    taken.countDown();
                    await(over);
                    release();
                },
                "holder");
        holder.start();
        taken.await();

        assertThatExceptionOfType(LeaseTimeoutException.class)
                .isThrownBy(() -> lock.acquire(false, Duration.ofMillis(1), WRITE, waits, () -> {}))
                .withMessageStartingWith(
                        "Timed out after 1 ms (acquireTimeout) waiting for the write lock of database 'main', held by thread 'holder'; shorten")
                .withMessageContaining("setReadOnly(true)");

        over.countDown();
        acquire();
        holder.join();
    }

    @Test
    void keepsTheFlagOfOneInterruptedAndLosesNothingForTheOthers() throws Exception {
        acquire();
        AtomicReference<Boolean> flag = new AtomicReference<>();
        AtomicReference<String> message = new AtomicReference<>();
        Thread interrupted = new Thread(() -> {
            try {
                acquire();
            } catch (OperationalException e) {
                flag.set(Thread.currentThread().isInterrupted());
                message.set(e.getMessage());
            }
        });
        interrupted.start();
        Threads.awaitParked(interrupted);
        Thread patient = startWaiter("patient", this::release);

        interrupted.interrupt();
        interrupted.join();
        release();
        patient.join();

        assertThat(flag).hasValue(true);
        assertThat(message).hasValue("Interrupted while waiting for the write lock of database 'main'");
        acquire();
    }

    @Test
    void isPassedOnByOneThatGivesUpJustAsItComes() throws Exception {
        acquire();
        Thread holder = Thread.currentThread();
        AtomicReference<Throwable> failure = new AtomicReference<>();
        CountDownLatch over = new CountDownLatch(1);
        Thread givesUp = new GivingUp(
                () -> {
                    try {
                        acquire();
                    } catch (OperationalException e) {
                        failure.set(e);
                    }
                    Thread.interrupted();
                    await(over); // alive, so that nothing can be taken over from it
                },
                () -> lock.release(holder));
        givesUp.start();
        Threads.awaitParked(givesUp);
        AtomicInteger served = new AtomicInteger();
        Thread next = startWaiter("next", served::incrementAndGet, this::release);
        awaitHandoffInterval();

        givesUp.interrupt();
        next.join();
        over.countDown();
        givesUp.join();

        assertThat(failure.get()).isInstanceOf(OperationalException.class);
        assertThat(served).hasValue(1);
    }

    @SuppressWarnings("ThreadPriorityCheck") // Nothing relies on it: it widens the window in which a fault would show.
    private static void letOthersRun() {
        Thread.yield();
    }
}
