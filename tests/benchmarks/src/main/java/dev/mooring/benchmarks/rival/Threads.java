package dev.mooring.benchmarks.rival;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadFactory;

/** Runs things on threads, virtual ones included: found by reflection, as these sources are compiled for JDK 17. */
public final class Threads {

    private Threads() {}

    /** {@return a factory of virtual threads; empty before JDK 21} */
    public static Optional<ThreadFactory> virtual() {
        if (Runtime.version().feature() < 21) {
            return Optional.empty();
        }
        try {
            Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
            Class<?> type = Class.forName("java.lang.Thread$Builder");
            return Optional.of((ThreadFactory) type.getMethod("factory").invoke(builder));
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("Virtual threads cannot be made on JDK " + Runtime.version(), e);
        }
    }

    /** {@return threads of the kind wanted} */
    public static ThreadFactory of(boolean virtual) {
        return virtual
                ? virtual().orElseThrow(() -> new UnsupportedOperationException("virtual threads need JDK 21 or later"))
                : Thread::new;
    }

    /** Runs {@code task} on {@code count} threads at once, waits for all, and throws what the first that failed threw. */
    public static void runAll(ThreadFactory threads, int count, Callable<Void> task) throws Exception {
        List<FutureTask<Void>> running = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            FutureTask<Void> one = new FutureTask<>(task);
            running.add(one);
            threads.newThread(one).start();
        }
        for (FutureTask<Void> one : running) {
            one.get();
        }
    }
}
