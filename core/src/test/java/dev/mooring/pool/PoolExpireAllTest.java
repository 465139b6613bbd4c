package dev.mooring.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.ManualTime;
import dev.mooring.Threads;
import dev.mooring.config.DatabaseSettings;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** All connections of a pool are replaced, and nobody is interrupted. */
class PoolExpireAllTest {

    private final FakeSource source = new FakeSource();
    private final Clock clock = new Clock(new ManualTime());
    private final Pool pool = pool(2);

    private Pool pool(int cap) {
        return source.pool(
                DatabaseSettings.builder("default")
                        .engine("fake")
                        .maxConnections(cap)
                        .build(),
                clock);
    }

    @Test
    void closesAtOnceWhatNobodyUses() {
        PooledConnection parked = pool.acquire(null);
        pool.release(parked, parked.ticket());

        pool.expireAll();

        assertThat(source.closed).hasValue(1);
        assertThat(pool.counts().open()).isZero();
        assertThat(pool.acquire(parked)).isNotSameAs(parked);
    }

    @Test
    void closesWhatIsLeasedWhenTheLeaseEnds() {
        PooledConnection leased = pool.acquire(null);

        pool.expireAll();

        assertThat(source.nowOpen()).isEqualTo(1);
        assertThat(leased.isLeasedWith(leased.ticket())).isTrue();
        pool.release(leased, leased.ticket());
        assertThat(source.closed).hasValue(1);
        assertThat(source.aborted).hasValue(0);
    }

    @Test
    void givesAWaiterANewConnection() throws Exception {
        Pool one = pool(1);
        PooledConnection leased = one.acquire(null);
        AtomicReference<PooledConnection> served = new AtomicReference<>();
        Thread waiter = new Thread(() -> served.set(one.acquire(null)));
        waiter.start();
        Threads.awaitParked(waiter);

        one.expireAll();
        one.release(leased, leased.ticket());

        waiter.join();
        assertThat(served.get()).isNotNull().isNotSameAs(leased);
        assertThat(source.peak).hasValue(1);
    }

    @Test
    void leavesAloneWhatIsOpenedAfterwards() {
        pool.expireAll();
        PooledConnection later = pool.acquire(null);
        pool.release(later, later.ticket());

        assertThat(pool.acquire(later)).isSameAs(later);
    }

    @Test
    void closesWhatIsParkedWhileItIsCalled() {
        PooledConnection leased = pool.acquire(null);
        // Parks after the check for its age, as the thread of the lease may.
        pool.expireAll();
        assertThat(leased.park(leased.ticket(), Long.MAX_VALUE)).isTrue();

        pool.sweep();

        assertThat(source.closed).hasValue(1);
    }

    @Test
    void keepsTheConnectionThatHoldsTheDataInMemory() {
        source.inMemory = true;
        PooledConnection parked = pool.acquire(null);
        pool.release(parked, parked.ticket());

        pool.expireAll();

        assertThat(pool.acquire(parked)).isSameAs(parked);
        assertThat(source.closed).hasValue(0);
    }
}
