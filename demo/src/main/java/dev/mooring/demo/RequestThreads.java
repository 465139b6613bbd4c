package dev.mooring.demo;

import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;

/** Runs requests, at most so many at once: {@link #execute} waits for a free place, {@link #close()} for the last one. */
final class RequestThreads implements Executor, AutoCloseable {

    private final Executor threads;
    private final int concurrency;
    private final Runnable shutdown;
    private final Semaphore places;

    RequestThreads(Executor threads, int concurrency, Runnable shutdown) {
        this.threads = threads;
        this.concurrency = concurrency;
        this.shutdown = shutdown;
        this.places = new Semaphore(concurrency);
    }

    static RequestThreads oneEach(ThreadFactory factory, int concurrency) {
        return new RequestThreads(task -> factory.newThread(task).start(), concurrency, () -> {});
    }

    @Override
    public void execute(Runnable request) {
        places.acquireUninterruptibly();
        try {
            threads.execute(() -> {
                try {
                    request.run();
                } finally {
                    places.release();
                }
            });
        } catch (Throwable e) { // the thread could not be started: the place is free again
            places.release();
            throw e;
        }
    }

    /** Waits until all requests so far are done. Send no others meanwhile. */
    void awaitAll() {
        places.acquireUninterruptibly(concurrency);
        places.release(concurrency);
    }

    @Override
    public void close() {
        awaitAll();
        shutdown.run();
    }
}
