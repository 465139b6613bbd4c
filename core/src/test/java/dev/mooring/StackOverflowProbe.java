package dev.mooring;

import java.util.concurrent.Executors;

/** Does things on a full stack. */
public final class StackOverflowProbe {

    private static final long SHORT = 256 * 1024;

    private final Runnable work;
    private boolean done;

    private StackOverflowProbe(Runnable work) {
        this.work = work;
    }

    /** Does {@code work} where there is room for nothing, and then with a little more room each time, until it succeeds. */
    public static void run(Runnable work) {
        new StackOverflowProbe(work).run();
    }

    /** Does {@code work} on a thread of its own, which has ended then, and whose stack is soon full. */
    public static void onShortStack(Runnable work) throws InterruptedException {
        Threads.on("diver", SHORT, Executors.callable(work));
    }

    private void run() {
        try {
            diveOn();
        } catch (StackOverflowError e) {
            // As was to be expected: this is the bottom.
        }
        if (!done) {
            attempt();
        }
    }

    private void diveOn() {
        run();
    }

    private void attempt() {
        work.run();
        done = true;
    }
}
