package dev.mooring.pool;

import dev.mooring.error.LeaseTimeoutException;
import dev.mooring.error.OperationalException;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** The short life of one thread of a {@link PoolChurnTest}. */
final class ChurnWork implements Runnable {

    /** Out of the user's code or the driver's; the thread lives on. */
    static final class Mishap extends Error {
        private static final long serialVersionUID = 1L;

        Mishap() {
            super("mishap", null, false, false);
        }
    }

    /** Ends the thread, whatever it holds. */
    static final class Death extends Error {
        private static final long serialVersionUID = 1L;

        Death() {
            super("death", null, false, false);
        }
    }

    /** Kept with a connection: who uses it now, and in what state the dead left it. */
    private static final class Use {
        final AtomicReference<@Nullable Thread> by = new AtomicReference<>();
        volatile boolean soiled;
    }

    private final Pool patient;
    private final Pool hasty;
    private final boolean nested;
    private final int leases;
    private final Random random;
    private final List<Thread> peers;
    private final ChurnTally tally;
    private @Nullable PooledConnection last;

    ChurnWork(Pool patient, Pool hasty, boolean nested, int leases, long seed, List<Thread> peers, ChurnTally tally) {
        this.patient = patient;
        this.hasty = hasty;
        this.nested = nested;
        this.leases = leases;
        this.random = new Random(seed);
        this.peers = peers;
        this.tally = tally;
    }

    /** What a driver does now and then, while a connection is opened, probed or closed. */
    static void driverFails() {
        int chance = ThreadLocalRandom.current().nextInt(200);
        if (chance == 0) {
            throw new Mishap();
        }
        if (chance == 1) {
            throw new Death();
        }
    }

    @Override
    public void run() {
        try {
            for (int i = 0; i < leases; i++) {
                once();
            }
        } catch (Death e) {
            tally.deaths.increment();
        } catch (Throwable e) {
            tally.violations.add(Thread.currentThread() + " ended by " + e);
        }
    }

    private void once() {
        try {
            lease(oneIn(4) ? hasty : patient, nested && oneIn(20) ? 1 : 0);
        } catch (Mishap e) {
            tally.errors.increment();
        } catch (LeaseTimeoutException e) {
            inVain(e);
        } catch (OperationalException e) {
            tally.interrupted.increment();
            if (!Thread.interrupted()) {
                tally.violations.add("An interrupted wait lost the flag: " + e);
            }
        }
        if (oneIn(100)) {
            interrupt(peers.get(random.nextInt(peers.size())));
        }
    }

    /** A peer wherever it is by chance; itself to be sure of this very place. */
    private void interrupt(Thread thread) {
        tally.interrupts.increment();
        thread.interrupt();
    }

    private void interruptMyselfNowAndThen() {
        if (oneIn(300)) {
            interrupt(Thread.currentThread());
        }
    }

    private void inVain(LeaseTimeoutException e) {
        boolean endless = e.getMessage().contains("could never end");
        (endless ? tally.endless : tally.timedOut).increment();
        if (endless ? !nested : e.getMessage().contains(PoolChurnTest.PATIENCE.toMillis() + " ms")) {
            tally.violations.add(e.getMessage());
        }
    }

    private void lease(Pool pool, int depth) {
        interruptMyselfNowAndThen();
        PooledConnection connection = pool.acquire(pool == patient ? last : null);
        long ticket = connection.ticket();
        tally.leases.increment();
        Use use = begin(connection);
        boolean left = false;
        try {
            work(pool, depth);
        } catch (Death e) {
            left = true;
            leave(connection, use);
            throw e;
        } finally {
            if (!left) {
                end(pool, connection, ticket, use);
            }
        }
        last = pool == patient ? connection : last;
    }

    private Use begin(PooledConnection connection) {
        if (connection.attachment() == null) {
            connection.attach(new Use());
        }
        Use use = (Use) connection.attachment();
        Thread before = use.by.getAndSet(Thread.currentThread());
        if (before != null && before.isAlive()) {
            tally.violations.add("In use by two: " + before + " and " + Thread.currentThread());
        }
        if (use.soiled) {
            tally.violations.add("Handed on with an open transaction or a changed session");
        }
        return use;
    }

    private void work(Pool pool, int depth) {
        interruptMyselfNowAndThen();
        int jitter = random.nextInt(100);
        if (jitter < 10) {
            for (int i = 0; i < jitter * 20; i++) {
                Thread.onSpinWait();
            }
        } else if (jitter < 12) {
            LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(random.nextInt(50)));
        }
        if (depth > 0) {
            lease(oneIn(2) ? pool : other(pool), depth - 1);
        }
        if (oneIn(50)) {
            throw new Mishap();
        }
        if (oneIn(leases * 4)) {
            throw new Death();
        }
    }

    private Pool other(Pool pool) {
        return pool == patient ? hasty : patient;
    }

    private void leave(PooledConnection connection, Use use) {
        connection.idle(oneIn(2));
        connection.dirty(oneIn(3));
        use.soiled = !connection.isReusable();
        tally.leftBehind.increment();
    }

    private void end(Pool pool, PooledConnection connection, long ticket, Use use) {
        if (!connection.isLeasedWith(ticket) || connection.owner() != Thread.currentThread()) {
            tally.violations.add("Lost its lease while at work: " + Thread.currentThread());
        }
        if (!use.by.compareAndSet(Thread.currentThread(), null)) {
            tally.violations.add("Taken over while at work: " + Thread.currentThread());
        }
        interruptMyselfNowAndThen();
        int how = random.nextInt(100);
        if (how < 3) {
            pool.close(connection, ticket, CloseReason.BROKEN);
        } else if (how < 6) {
            pool.close(connection, ticket, CloseReason.REQUESTED);
        } else {
            pool.release(connection, ticket);
        }
        if (how % 10 == 0) {
            pool.release(connection, ticket);
        }
    }

    private boolean oneIn(int times) {
        return random.nextInt(times) == 0;
    }
}
