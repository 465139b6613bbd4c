package dev.mooring.pool;

import static dev.mooring.pool.Interleavings.require;

import dev.mooring.error.OperationalException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The write lock under every interleaving of those who want it. */
@Tag("full")
@Tag("interleavings")
class WriteLockInterleavingsTest {

    private static final Duration LONG = Duration.ofHours(1);

    private static final class Bridge {
        final AtomicLong time = new AtomicLong();
        final AtomicReference<@Nullable Thread> writer = new AtomicReference<>();
        final AtomicBoolean over = new AtomicBoolean();
        final AtomicBoolean crossed = new AtomicBoolean();
        final WaitGraph waits = new WaitGraph();
        final WriteLock lock;

        /** @param step by how much each reading moves the clock on; by more than a waiter may be overtaken, or by nothing */
        Bridge(long step) {
            lock = new WriteLock(() -> time.getAndAdd(step), Long.MAX_VALUE);
        }

        void cross() {
            Thread me = Thread.currentThread();
            lock.acquire(false, LONG, "cross", waits, () -> {});
            enterAndLeave(me);
            lock.release(me);
        }

        /** As a thread that has a connection, and one that waits for one while it has the lock. */
        void crossConnected() {
            Thread me = Thread.currentThread();
            lock.acquire(true, LONG, "cross", waits, () -> {});
            enterAndLeave(me);
            lock.release(me);
        }

        void crossAfterOffering() {
            Thread me = Thread.currentThread();
            lock.acquire(false, LONG, "cross", waits, () -> {});
            if (lock.offer(me) && !lock.keep(me)) {
                lock.acquire(true, LONG, "cross", waits, () -> {});
            }
            enterAndLeave(me);
            lock.release(me);
        }

        private void enterAndLeave(Thread me) {
            require(writer.compareAndSet(null, me), "two at once");
            require(writer.compareAndSet(me, null), "two at once");
        }

        /** It is no longer there afterwards: to wait for what one has oneself would be an error. */
        void crossUnlessInterrupted() {
            try {
                cross();
            } catch (OperationalException e) {
                require(Thread.interrupted(), "lost the flag, or failed otherwise: " + e);
                cross();
            }
            over.set(true);
            while (!crossed.get()) {
                Thread.onSpinWait();
            }
        }

        /** While the other lives, so that nothing can be taken over from it. */
        void crossAfterwards() {
            while (!over.get()) {
                Thread.onSpinWait();
            }
            cross();
            crossed.set(true);
        }
    }

    @Test
    void isHadByOneAtATimeWhoeverIsQuickest() {
        Interleavings.check(() -> {
            Bridge bridge = new Bridge(0);
            Interleavings.together(bridge::cross, bridge::cross);
            bridge.cross();
        });
    }

    @Test
    void isHadByOneAtATimeWhenItIsHandedOver() {
        Interleavings.check(() -> {
            Bridge bridge = new Bridge(Pool.HANDOFF_INTERVAL + 1);
            Interleavings.together(bridge::cross, bridge::cross, bridge::cross);
            bridge.cross();
        });
    }

    @Test
    void isHadByOneAtATimeWhileItIsOffered() {
        Interleavings.check(() -> {
            Bridge bridge = new Bridge(Pool.HANDOFF_INTERVAL + 1);
            Interleavings.together(bridge::crossAfterOffering, bridge::crossConnected);
            bridge.cross();
        });
    }

    @Test
    void isTakenOverFromTheDeadByOne() {
        Interleavings.check(() -> {
            Bridge bridge = new Bridge(0);
            Interleavings.died(() -> bridge.lock.acquire(false, LONG, "die", bridge.waits, () -> {}));
            Interleavings.together(bridge::cross, bridge::cross);
            bridge.cross();
        });
    }

    /** A wrapper may end its transaction on another thread than the one that died in it. */
    @Test
    void isNotEndedByThoseFromWhomItWasTaken() {
        Interleavings.check(() -> {
            Bridge bridge = new Bridge(0);
            Thread dead = Interleavings.died(() -> bridge.lock.acquire(false, LONG, "die", bridge.waits, () -> {}));
            Interleavings.together(bridge::cross, () -> bridge.lock.release(dead), bridge::cross);
            bridge.cross();
        });
    }

    @Test
    void isNotLeftWithOneWhoGivesUpJustAsItComes() {
        Interleavings.check(() -> {
            Bridge bridge = new Bridge(Pool.HANDOFF_INTERVAL + 1);
            Thread main = Thread.currentThread();
            bridge.lock.acquire(false, LONG, "cross", bridge.waits, () -> {});
            Thread givesUp = new Thread(bridge::crossUnlessInterrupted);
            givesUp.start();
            Interleavings.together(() -> bridge.lock.release(main), givesUp::interrupt, bridge::crossAfterwards);
        });
    }
}
