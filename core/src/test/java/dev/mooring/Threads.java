package dev.mooring;

import java.lang.reflect.Method;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Assumptions;

/** Threads for tests of threading. */
public final class Threads {

    private Threads() {}

    /** {@return what {@code work} returns on a thread of its own, which has ended then}; throws what it throws. */
    public static <T> T on(String name, Callable<T> work) throws InterruptedException {
        return on(name, 0, work);
    }

    /** {@return what {@code work} returns on a thread of its own with a stack of that size; zero for the usual one} */
    static <T> T on(String name, long stackSize, Callable<T> work) throws InterruptedException {
        AtomicReference<T> result = new AtomicReference<>();
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Thread thread = new Thread(
                null,
                () -> {
                    try {
                        result.set(work.call());
                    } catch (Throwable e) {
                        failure.set(e);
                    }
                },
                name,
                stackSize);
        thread.start();
        thread.join();
        if (failure.get() instanceof RuntimeException e) {
            throw e;
        }
        if (failure.get() instanceof Error e) {
            throw e;
        }
        if (failure.get() != null) {
            throw new AssertionError(failure.get());
        }
        return result.get();
    }

    /** Waits until {@code thread} waits for something; the scheduler's own state says when, not a clock. */
    public static void awaitParked(Thread thread) {
        while (thread.getState() != Thread.State.TIMED_WAITING && thread.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
            if (!thread.isAlive()) {
                throw new AssertionError("thread '" + thread.getName() + "' ended instead of waiting");
            }
        }
    }

    /** Waits until {@code thread} waits for {@code what}, and not for a latch on its way there. */
    public static void awaitBlockedBy(Object what, Thread thread) {
        while (LockSupport.getBlocker(thread) != what) {
            Thread.onSpinWait();
            if (!thread.isAlive()) {
                throw new AssertionError("thread '" + thread.getName() + "' ended instead of waiting");
            }
        }
    }

    /** {@return a maker of platform threads, or of virtual ones where the JDK has them; else the test does not run} */
    public static ThreadFactory factory(String kind) {
        if (!kind.equals("virtual")) {
            return work -> {
                Thread thread = new Thread(work);
                thread.setDaemon(true);
                return thread;
            };
        }
        try {
            Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
            Method factory = Class.forName("java.lang.Thread$Builder").getMethod("factory");
            return (ThreadFactory) factory.invoke(builder);
        } catch (ReflectiveOperationException e) {
            String test = StackWalker.getInstance()
                    .walk(frames -> frames.filter(frame -> frame.getClassName().endsWith("Test"))
                            .findFirst()
                            .map(frame -> frame.getClassName() + "." + frame.getMethodName())
                            .orElse("a test of threads"));
            String message = "NOT RUN: " + test + " on virtual threads: they need JDK 21 or later";
            System.err.println(message);
            return Assumptions.abort(message);
        }
    }
}
