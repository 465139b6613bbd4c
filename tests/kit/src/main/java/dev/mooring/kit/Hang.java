package dev.mooring.kit;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The fault of a driver that waits for an answer which does not come. It ends when the test {@linkplain #release()
 * releases} it, and then makes the call after all; or when the connection is closed or aborted, as the read of a socket
 * does, and then throws SQLSTATE 08006. Thread-safe; for one call.
 */
public final class Hang implements Fault {

    /** A test that forgets to release must not hold up the build. */
    private static final long LONGEST_SECONDS = 60;

    private final boolean interruptible;
    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);
    private volatile boolean connectionEnded;

    private Hang(boolean interruptible) {
        this.interruptible = interruptible;
    }

    /** {@return a wait that an interrupt ends by closing the connection, as a virtual thread's socket does} */
    public static Hang interruptible() {
        return new Hang(true);
    }

    /** {@return a wait that takes no notice of interrupts, as a platform thread's socket does} */
    public static Hang uninterruptible() {
        return new Hang(false);
    }

    /** Waits until a call hangs here. */
    public void awaitReached() {
        if (!await(reached, false)) {
            throw new AssertionError("No call of the driver came to hang");
        }
    }

    /** {@return whether a call hangs here, or did} */
    public boolean isReached() {
        return reached.getCount() == 0;
    }

    /** Lets the call go on, now or whenever it comes. */
    public void release() {
        released.countDown();
    }

    @Override
    public @Nullable Object strike(Invocation invocation) throws Throwable {
        invocation.whenEnded(() -> {
            connectionEnded = true;
            released.countDown();
        });
        reached.countDown();
        if (!await(released, interruptible)) {
            if (Thread.currentThread().isInterrupted()) {
                invocation.loseConnection();
                throw Invocation.lost("closed by interrupt");
            }
            throw new AssertionError("Nobody released " + invocation.call());
        }
        if (connectionEnded) {
            throw Invocation.lost("the connection was closed during the call");
        }
        return invocation.proceed();
    }

    /** {@return whether the latch opened; an interrupt is kept, whether it ends the wait or not} */
    private static boolean await(CountDownLatch latch, boolean interruptible) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return latch.await(LONGEST_SECONDS, TimeUnit.SECONDS);
                } catch (InterruptedException e) {
                    interrupted = true;
                    if (interruptible) {
                        return false;
                    }
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
