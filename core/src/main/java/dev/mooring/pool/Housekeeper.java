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
 * The daemon thread that maintains all pools of a {@code Databases}: publishes the time, interrupts calls that take too long, closes
 * old and idle connections and reclaims those of dead threads. Runs from the first connection until it is stopped; tests call
 * {@link #tick()} instead.
 */
public final class Housekeeper {

    private static final Logger LOG = LoggerFactory.getLogger("dev.mooring.pool");
    private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final int TICKS_TO_A_SWEEP = 10;
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(5);

    private final Clock clock;
    private final ThreadFactory threads;
    private final Duration stopTimeout;
    private final List<Pool> pools = new CopyOnWriteArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();
    private volatile @Nullable Thread thread;
    private volatile boolean stopped;
    private int ticks;

    /** Makes a housekeeper of {@code clock} that does not run yet. */
    public Housekeeper(Clock clock) {
        this(clock, Housekeeper::thread, STOP_TIMEOUT);
    }

    /** @param stopTimeout how long {@link #stop()} waits for the thread to end */
    Housekeeper(Clock clock, ThreadFactory threads, Duration stopTimeout) {
        this.clock = clock;
        this.threads = threads;
        this.stopTimeout = stopTimeout;
    }

    /** Maintains {@code pool} from the next tick on. */
    public void add(Pool pool) {
        pools.add(pool);
    }

    /** Starts the thread, or another one if it died, unless it runs or was stopped. */
    public void start() {
        if (runs() || stopped) {
            // The usual case, without the lock: on a full stack, unlocking may fail.
            return;
        }
        lock.lock();
        try {
            if (!runs() && !stopped) {
                // The time was last published when the pools were made.
                clock.tick();
                Thread made = threads.newThread(this::run);
                made.start();
                // Set only now: if starting fails, the next connection tries again.
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

    /** Publishes the time, interrupts calls that take too long, and sweeps the pools at every tenth tick. */
    public void tick() {
        clock.tick();
        forEachPool(Pool::interruptOverdue);
        if (++ticks % TICKS_TO_A_SWEEP == 0) {
            sweep();
        }
    }

    /** Sweeps every pool, even if one of them fails. */
    public void sweep() {
        forEachPool(Pool::sweep);
    }

    private void forEachPool(Consumer<Pool> task) {
        for (Pool pool : pools) {
            try {
                task.accept(pool);
            } catch (RuntimeException | Error e) {
                LOG.warn("Pool housekeeping failed for database '{}'; retrying within 1 s", pool.alias(), e);
            }
        }
    }

    private void run() {
        while (!stopped) {
            tickWhateverHappens();
            LockSupport.parkNanos(this, TICK_NANOS);
            // Clears an interrupt, perhaps of a listener: it would make every later park return at once.
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
                // Nothing else can be done.
            }
        }
    }

    private void await(Thread running) {
        Uninterruptibles.joinUninterruptibly(running, stopTimeout);
        if (running.isAlive()) {
            LOG.warn(
                    "The thread '{}' was told to stop and has not ended within {} ms; a driver probably hangs, and it ends once that answers",
                    running.getName(),
                    stopTimeout.toMillis());
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
