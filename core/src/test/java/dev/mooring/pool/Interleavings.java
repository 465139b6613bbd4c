package dev.mooring.pool;

import java.util.concurrent.atomic.AtomicReference;
import org.jetbrains.lincheck.Lincheck;
import org.jetbrains.lincheck.LincheckAssertionError;
import org.jspecify.annotations.Nullable;

/**
 * Runs a small concurrent program again and again, each time with the threads interleaved in another way: model checking
 * by Lincheck, which also finds programs that never end. It takes every access to memory for sequentially consistent;
 * the module {@code tests/jcstress} looks at the others.
 *
 * <p>A few of each are enough to see most faults; {@code -Dmooring.full} checks fifteen times as many, and
 * {@code -Dmooring.interleavings=100000} as many as asked for.
 */
final class Interleavings {

    private static final int ATTEMPTS = 3;

    private static final int OF_EACH =
            Integer.getInteger("mooring.interleavings", Boolean.getBoolean("mooring.full") ? 75 : 5);

    static {
        // It warns of each lambda that its fields are hidden from it.
        System.setProperty("lincheck.logLevel", "ERROR");
    }

    private Interleavings() {}

    /** Checks a program; it throws what it does not like, on the thread that runs {@code program}. */
    static void check(Runnable program) {
        check(OF_EACH, program);
    }

    /** Checks a program that takes long: fewer interleavings. */
    static void checkLarge(Runnable program) {
        check(Math.max(1, OF_EACH / 3), program);
    }

    /**
     * Lincheck gives each interleaving ten seconds and then calls it hung. The first one loads and transforms all classes, which
     * takes longer on a busy machine; a program that hangs does so again.
     */
    private static void check(int times, Runnable program) {
        for (int attempt = 1; ; attempt++) {
            try {
                Lincheck.runConcurrentTest(times, program);
                return;
            } catch (LincheckAssertionError e) {
                if (attempt == ATTEMPTS || !String.valueOf(e.getMessage()).contains("has hung")) {
                    throw e;
                }
            }
        }
    }

    /** Does all {@code works} at once, each on a thread of its own, and waits for them. */
    static void together(Runnable... works) {
        AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        Thread[] threads = new Thread[works.length];
        for (int i = 0; i < works.length; i++) {
            Runnable work = works[i];
            threads[i] = new Thread(() -> {
                try {
                    work.run();
                } catch (Throwable e) {
                    failure.compareAndSet(null, e);
                }
            });
        }
        for (Thread thread : threads) {
            thread.start();
        }
        for (Thread thread : threads) {
            join(thread);
        }
        Throwable first = failure.get();
        if (first != null) {
            throw new AssertionError(first.toString(), first);
        }
    }

    /** Does {@code work} on a thread that has died when this returns. */
    static Thread died(Runnable work) {
        Thread thread = new Thread(work);
        thread.start();
        join(thread);
        return thread;
    }

    /** AssertJ would be model checked along. */
    static void require(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError(what);
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
