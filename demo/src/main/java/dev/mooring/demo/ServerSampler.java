package dev.mooring.demo;

import dev.mooring.error.DatabaseException;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Looks at a {@link ServerView} again and again, on a thread of its own, and keeps the highest count. */
final class ServerSampler implements AutoCloseable {

    private static final long PAUSE_MILLIS = 20;

    private final ServerView view;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread thread = new Thread(this::sample, "server-sampler");
    private volatile OptionalInt peak;

    /** Starts sampling; the first look is taken before this returns, so that its errors reach the caller. */
    ServerSampler(ServerView view) {
        this.view = view;
        this.peak = view.connections();
        thread.setDaemon(true);
        thread.start();
    }

    private void sample() {
        try {
            while (!stop.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
                look();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (DatabaseException e) {
            // the last look, in finish(), meets it again and tells the caller
        }
    }

    private void look() {
        OptionalInt now = view.connections();
        if (now.isPresent() && now.getAsInt() > peak.orElse(-1)) {
            peak = now;
        }
    }

    /** {@return the highest count seen; empty if none can be had} Stops the thread and takes a last look before. */
    OptionalInt finish() {
        close();
        look();
        return peak;
    }

    @Override
    public void close() {
        stop.countDown();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
