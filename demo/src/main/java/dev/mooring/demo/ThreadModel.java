package dev.mooring.demo;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicLong;

/** Which thread a request runs on. */
enum ThreadModel {
    /** A new platform thread for each request, as Django's development server has. */
    PER_REQUEST("per-request"),
    /** A fixed number of platform threads that live on, as most application servers have. */
    POOL("pool"),
    /** A new virtual thread for each request: JDK 21 and later. */
    VIRTUAL("virtual");

    private static final String PREFIX = "request-";

    private final String label;

    ThreadModel(String label) {
        this.label = label;
    }

    boolean isSupported() {
        return this != VIRTUAL || VirtualThreads.factory(PREFIX).isPresent();
    }

    /** {@return threads for at most {@code concurrency} requests at once} */
    RequestThreads open(int concurrency) {
        return switch (this) {
            case PER_REQUEST -> RequestThreads.oneEach(platform(), concurrency);
            case POOL -> {
                ExecutorService pool = Executors.newFixedThreadPool(concurrency, platform());
                yield new RequestThreads(pool, concurrency, pool::shutdown);
            }
            case VIRTUAL ->
                RequestThreads.oneEach(
                        VirtualThreads.factory(PREFIX)
                                .orElseThrow(() -> new UnsupportedOperationException(notSupported())),
                        concurrency);
        };
    }

    /** {@return why this model cannot run here} */
    String notSupported() {
        return "virtual threads need JDK 21 or later, this is JDK "
                + Runtime.version().feature();
    }

    private static ThreadFactory platform() {
        AtomicLong number = new AtomicLong();
        return task -> new Thread(task, PREFIX + number.incrementAndGet());
    }

    /** The name on the command line. */
    @Override
    public String toString() {
        return label;
    }
}
