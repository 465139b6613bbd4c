package dev.mooring.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mooring.Threads;
import dev.mooring.error.ErrorKind;
import dev.mooring.error.InterfaceException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A lock is refused to the threads of a database that is shut down, and kept by none of them. */
@Tag("threads")
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class WriteLockRefusalTest extends WriteLockFixture {

    /** They share the lock with another database over the same data, which goes on. */
    @Test
    void isRefusedToAllWhoseDatabaseIsShutDown() throws Exception {
        lock = new WriteLock(time, NEVER);
        acquire();
        Thread another = startWaiter("another", this::release);
        AtomicBoolean shut = new AtomicBoolean();
        AtomicInteger refused = new AtomicInteger();
        List<Thread> waiters =
                List.of(startRefused(shut, refused::incrementAndGet), startRefused(shut, refused::incrementAndGet));

        shut.set(true);
        lock.wakeAll();
        for (Thread waiter : waiters) {
            waiter.join();
        }
        assertThat(refused).hasValue(2);

        Threads.awaitParked(another);
        release();
        another.join();
    }

    @Test
    void isRefusedToOneThatComesAfterItsDatabaseWasShutDown() throws Exception {
        lock = new WriteLock(time, NEVER);
        acquire();

        assertThatExceptionOfType(InterfaceException.class)
                .isThrownBy(() -> Threads.on("late", () -> {
                    acquireUnless(new AtomicBoolean(true));
                    return "served";
                }));

        release();
        acquire();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void isNotKeptByOneThatIsRefusedJustAsItComes(boolean handedOver) throws Exception {
        lock = new WriteLock(time, NEVER);
        acquire();
        AtomicBoolean shut = new AtomicBoolean();
        CountDownLatch refused = new CountDownLatch(1);
        CountDownLatch over = new CountDownLatch(1);
        Thread waiter = startRefused(shut, () -> {
            refused.countDown();
            await(over); // alive, so that nothing can be taken over from it
        });
        time.advance(handedOver ? Duration.ofMinutes(1) : Duration.ZERO);

        shut.set(true);
        release();
        refused.await();

        lock.acquire(false, Duration.ZERO, WRITE, waits, () -> {});
        over.countDown();
        waiter.join();
    }

    private Thread startRefused(AtomicBoolean shut, Runnable onceItIsRefused) {
        Thread waiter = new Thread(() -> {
            try {
                acquireUnless(shut);
            } catch (InterfaceException e) {
                onceItIsRefused.run();
            }
        });
        waiter.setDaemon(true);
        waiter.start();
        Threads.awaitParked(waiter);
        return waiter;
    }

    private void acquireUnless(AtomicBoolean shut) {
        lock.acquire(false, LONG, WRITE, waits, () -> {
            if (shut.get()) {
                throw ErrorKind.INTERFACE.exception("shut down");
            }
        });
    }
}
