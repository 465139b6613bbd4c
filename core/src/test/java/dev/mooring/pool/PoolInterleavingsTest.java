package dev.mooring.pool;

import static dev.mooring.pool.Interleavings.require;

import dev.mooring.config.DatabaseSettings;
import dev.mooring.error.DatabaseException;
import dev.mooring.error.InterfaceException;
import java.sql.Connection;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A whole pool under every interleaving of a few threads: invariants 1, 2, 3 and 5. */
@Tag("full")
@Tag("interleavings")
class PoolInterleavingsTest {

    private static final int CAP = 1;
    private static final int OLD = (int) Pool.HANDOFF_INTERVAL + 1;

    /** Built beforehand, as the builder would be model checked along. */
    private static final DatabaseSettings SETTINGS = DatabaseSettings.builder("main")
            .engine("fake")
            .maxConnections(CAP)
            .acquireTimeout(Duration.ofHours(1))
            .build();

    /** A pool, the users of its connections, and what the server has seen. */
    private static final class PoolHarness implements ConnectionSource {
        final AtomicInteger open = new AtomicInteger();
        final AtomicInteger tooMany = new AtomicInteger();
        final AtomicLong time = new AtomicLong();
        final ConcurrentHashMap<PooledConnection, Thread> users = new ConcurrentHashMap<>();
        final Pool pool;

        /** @param step by how much each reading moves the clock on */
        PoolHarness(int step) {
            pool = new Pool(
                    SETTINGS, this, new Clock(() -> time.getAndAdd(step)), new WaitGraph(), new PoolListener() {});
        }

        void call() {
            PooledConnection connection = pool.acquire(null);
            long ticket = use(connection);
            pool.release(connection, ticket);
        }

        void callAndClose() {
            PooledConnection connection = pool.acquire(null);
            long ticket = use(connection);
            pool.close(connection, ticket, CloseReason.BROKEN);
        }

        void callUnlessShutDown() {
            try {
                call();
            } catch (InterfaceException e) {
                // As it should be.
            }
        }

        long use(PooledConnection connection) {
            long ticket = connection.ticket();
            Thread me = Thread.currentThread();
            require(users.put(connection, me) == null, "used by two");
            // A shut-down takes a connection from under its user, and nobody is its owner then.
            require(connection.owner() == me || Leasable.isClosed(connection.state()), "the owner is another");
            require(users.remove(connection) == me, "used by two");
            return ticket;
        }

        void requireRest() {
            require(tooMany.get() == 0, "more open than the cap allows");
            PoolCounts counts = pool.counts();
            require(counts.leased() == 0, "leased: " + counts.leased());
            require(counts.waiting() == 0, "waiting: " + counts.waiting());
            require(counts.open() == open.get(), "open: " + counts.open() + ", really " + open.get());
            require(pool.permits() == open.get(), "places: " + pool.permits());
        }

        @Override
        public Connection open() {
            if (open.incrementAndGet() > CAP) {
                tooMany.incrementAndGet();
            }
            return null;
        }

        @Override
        public boolean isRefusal(DatabaseException error) {
            return false;
        }

        @Override
        public boolean isUsable(Connection connection) {
            return true;
        }

        @Override
        public void close(Connection connection) {
            open.decrementAndGet();
        }

        @Override
        public void abort(Connection connection) {
            open.decrementAndGet();
        }
    }

    @Test
    void leavesNoneOpenThatWasToBeReplaced() {
        Interleavings.checkLarge(() -> {
            PoolHarness harness = new PoolHarness(0);
            harness.call();
            Interleavings.together(harness::call, harness.pool::expireAll);
            harness.requireRest();
            for (ConnectionSnapshot each : harness.pool.connections()) {
                require(each.number() == 2, "still open: " + each.number());
            }
        });
    }

    @Test
    void opensNoMoreThanTheCap() {
        Interleavings.checkLarge(() -> {
            PoolHarness harness = new PoolHarness(0);
            Interleavings.together(harness::call, harness::callAndClose);
            harness.requireRest();
        });
    }

    @Test
    void lendsNothingToTwoWhereConnectionsAreHandedOver() {
        Interleavings.checkLarge(() -> {
            PoolHarness harness = new PoolHarness(OLD);
            Interleavings.together(harness::call, harness::call, harness::callAndClose);
            harness.requireRest();
        });
    }

    @Test
    void takesBackFromTheDeadOnce() {
        Interleavings.checkLarge(() -> {
            PoolHarness harness = new PoolHarness(0);
            Interleavings.died(() -> harness.pool.acquire(null));
            Interleavings.together(harness::call, harness.pool::sweep, harness::call);
            harness.requireRest();
            require(
                    harness.pool.counts().reclaimed() == 1,
                    "reclaimed: " + harness.pool.counts().reclaimed());
        });
    }

    @Test
    void closesEverythingAtShutDown() {
        Interleavings.checkLarge(() -> {
            PoolHarness harness = new PoolHarness(0);
            harness.call();
            Interleavings.together(harness::callUnlessShutDown, () -> harness.pool.shutDown(Duration.ZERO));
            harness.requireRest();
            require(harness.open.get() == 0, "left open");
        });
    }
}
