package dev.mooring.pool;

import com.google.common.util.concurrent.Uninterruptibles;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one daemon thread that keeps time for all pools of a {@code Databases} and tidies them up. Runs from the first
 * connection until it is stopped; tests drive {@link #tick()} by hand instead.
 */
public final class Housekeeper {

    private static final Logger LOG = LoggerFactory.getLogger("dev.mooring.pool");
    private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final int TICKS_TO_A_SWEEP = 10;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Clock clock;
    private final ThreadFactory threads;
    private final Duration patience;
    private final List<Pool> pools = new CopyOnWriteArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();
    private volatile @Nullable Thread thread;
    private volatile boolean stopped;
    private int ticks;

    /** Makes a housekeeper of {@code clock} that does not run yet. */
    public Housekeeper(Clock clock) {
        this(clock, Housekeeper::thread, PATIENCE);
    }

    /** @param patience how long its end is waited for */
    Housekeeper(Clock clock, ThreadFactory threads, Duration patience) {
        this.clock = clock;
        this.threads = threads;
        this.patience = patience;
    }

    /** Looks after {@code pool} from the next tick on. */
    public void add(Pool pool) {
        pools.add(pool);
    }

    /** Starts the thread unless it runs or was stopped; another one if it died. */
    public void start() {
        if (runs() || stopped) {
            // The usual case: whoever locks on a full stack may not be able to unlock.
            return;
        }
        lock.lock();
        try {
            if (!runs() && !stopped) {
                // Nobody has published the time since the pools were made, which may be long ago.
                clock.tick();
                Thread made = threads.newThread(this::run);
                made.start();
                // Not before: if the system has no thread to give now, it may have one for the next connection.
                thread = made;
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean runs() {
        Thread current = thread;
        return current != null && current.isAlive();
    }

    /**
     * Stops the thread for good and waits until it has ended, but five seconds at the most: a driver that it called may hang.
     * It then ends as soon as the driver answers, and until then does not keep the JVM from its end.
     */
    public void stop() {
        stopped = true;
        Thread running;
        lock.lock();
        try {
            running = thread;
        } finally {
            lock.unlock();
        }
        if (running != null && running != Thread.currentThread()) {
            LockSupport.unpark(running);
            await(running);
        }
    }

    /** Publishes the time, ends calls that take too long, and now and then sweeps the pools. */
    public void tick() {
        clock.tick();
        forEachPool(Pool::interruptOverdue);
        if (++ticks % TICKS_TO_A_SWEEP == 0) {
            sweep();
        }
    }

    /** Sweeps every pool; one that fails does not stop the others. */
    public void sweep() {
        forEachPool(Pool::sweep);
    }

    private void forEachPool(Consumer<Pool> chore) {
        for (Pool pool : pools) {
            try {
                chore.accept(pool);
            } catch (RuntimeException | Error e) {
                LOG.warn("Pool housekeeping failed for database '{}'; retrying within 1 s", pool.alias(), e);
            }
        }
    }

    private void run() {
        while (!stopped) {
            tickWhateverHappens();
            LockSupport.parkNanos(this, TICK_NANOS);
            // A listener's, perhaps; left standing, it would let no park wait.
            Thread.interrupted();
        }
    }

    /** With this thread dead, time would stand still for all pools; with the heap full, even logging fails. */
    private void tickWhateverHappens() {
        try {
            tick();
        } catch (RuntimeException | Error e) {
            try {
                LOG.warn("A tick of pool housekeeping failed; the next one tries again", e);
            } catch (RuntimeException | Error logging) {
                // Nothing is left to do but to go on.
            }
        }
    }

    private void await(Thread running) {
        Uninterruptibles.joinUninterruptibly(running, patience);
        if (running.isAlive()) {
            LOG.warn(
                    "The thread '{}' was told to stop and has not ended within {} ms; a driver probably hangs, and it ends once that answers",
                    running.getName(),
                    patience.toMillis());
        }
    }

    /**
     * {@return a thread without the class loader and the inheritable values of its maker, who is whoever came first: those of
     * an application in a server would be kept in memory for as long as this thread lives} Up to JDK 23 it has the access
     * control context all the same, which only a method about to be removed would keep from it.
     */
    private static Thread thread(Runnable work) {
        Thread thread = new Thread(null, work, "mooring-housekeeper", 0, false);
        thread.setContextClassLoader(Housekeeper.class.getClassLoader());
        thread.setDaemon(true);
        return thread;
    }
}
