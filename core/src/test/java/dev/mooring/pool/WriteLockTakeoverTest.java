package dev.mooring.pool;

import dev.mooring.Threads;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A lock whose holder died is free for the next thread. */
@Tag("threads")
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class WriteLockTakeoverTest extends WriteLockFixture {

    @Test
    void isTakenOverFromTheDead() throws Exception {
        Threads.on("dies with the lock", () -> {
            acquire();
            return "done";
        });

        acquire();
        release();
    }

    /** A dead thread wakes nobody: those who wait already have to look by themselves. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void isTakenOverFromOneThatDiesWhileOthersWait(int waiting) throws Exception {
        CountDownLatch taken = new CountDownLatch(1);
        CountDownLatch dies = new CountDownLatch(1);
        Thread holder = new Thread(() -> {
            acquire();
            taken.countDown();
            await(dies);
        });
        holder.start();
        taken.await();
        List<Thread> waiters = new ArrayList<>();
        for (int i = 0; i < waiting; i++) {
            waiters.add(startWaiter("waiter " + i, this::release));
        }

        dies.countDown();
        for (Thread waiter : waiters) {
            waiter.join();
        }
        acquire();
    }

    /** The second in the queue becomes the first while it sleeps, and then the new owner dies. */
    @Test
    void isTakenOverFromANewOwnerThatDies() throws Exception {
        acquire();
        Thread newOwner = startWaiter("new owner", () -> {});
        Thread next = startWaiter("next", this::release);
        awaitHandoffInterval();

        release();
        newOwner.join();
        next.join();

        acquire();
    }
}
