package dev.mooring.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mooring.ManualTime;
import dev.mooring.Threads;
import dev.mooring.config.DatabaseSettings;
import dev.mooring.error.InterfaceException;
import dev.mooring.error.LeaseTimeoutException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PoolLeaseTest {

    private final FakeSource source = new FakeSource();
    private final ManualTime time = new ManualTime();
    private final Clock clock = new Clock(time);
    private final Pool pool = pool(1);
    private final Pool noReclaim =
            source.pool(settings(1).toBuilder().reclaim(false).build(), clock);

    @Test
    void takesTheConnectionThatTheThreadHadLast() {
        Pool two = pool(2);
        PooledConnection first = two.acquire(null);
        PooledConnection second = two.acquire(null);
        two.release(first, first.ticket());
        two.release(second, second.ticket());

        assertThat(two.acquire(second)).isSameAs(second);
        assertThat(two.acquire(second)).isSameAs(first);
    }

    @Test
    void isEndedOnce() {
        PooledConnection connection = pool.acquire(null);
        long ticket = connection.ticket();

        pool.release(connection, ticket);
        pool.release(connection, ticket);
        FakeSource.close(pool, connection, ticket, true);

        assertThat(pool.counts().leased()).isZero();
        assertThat(pool.counts().open()).isEqualTo(1);
        assertThat(source.aborted).hasValue(0);
    }

    @Test
    void cannotBeEndedWithTheTicketOfAnEarlierOne() {
        PooledConnection connection = pool.acquire(null);
        long old = connection.ticket();
        pool.release(connection, old);
        pool.acquire(connection);

        pool.release(connection, old);
        FakeSource.close(pool, connection, old, true);

        assertThat(pool.counts().leased()).isEqualTo(1);
        assertThat(source.aborted).hasValue(0);
        assertThat(connection.isLeasedWith(old)).isFalse();
    }

    @Test
    void isNotLeftBehindWhenOpeningFails() {
        source.failures.set(1);

        assertThatThrownBy(() -> pool.acquire(null)).hasMessage("refused");

        assertThat(pool.counts().open()).isZero();
        assertThat(pool.acquire(null)).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void freesItsPlaceEvenIfClosingFails(boolean broken) {
        PooledConnection connection = pool.acquire(null);
        source.whileClosing = () -> {
            throw new StackOverflowError();
        };

        assertThatThrownBy(() -> FakeSource.close(pool, connection, connection.ticket(), broken))
                .isInstanceOf(StackOverflowError.class);

        assertThat(pool.counts().open()).isZero();
        assertThat(pool.acquire(null)).isNotNull();
    }

    /** Both ways in which a connection comes to a waiter: left for it while it is young, later put into its hands. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    @Tag("threads")
    void needsNoProbeWhenItPassesFromHandToHand(int waitedMillis) throws InterruptedException {
        PooledConnection mine = pool.acquire(null);
        Thread waiter = new Thread(() -> {
            PooledConnection theirs = pool.acquire(null);
            pool.release(theirs, theirs.ticket());
        });
        waiter.start();
        Threads.awaitParked(waiter);
        time.advance(Duration.ofMillis(waitedMillis));

        pool.release(mine, mine.ticket());

        waiter.join();
        assertThat(source.probes).hasValue(0);
        assertThat(pool.counts().leases()).isEqualTo(2);
    }

    @Test
    @Tag("threads")
    void isNotLostIfItIsHandedToAWaiterThatGivesUpJustThen() throws InterruptedException { // invariant 5
        AtomicReference<Runnable> atNextReading = new AtomicReference<>(() -> {});
        Pool racing = source.pool(settings(1), new Clock(() -> {
            atNextReading.getAndSet(() -> {}).run();
            return time.getAsLong();
        }));
        PooledConnection mine = racing.acquire(null);
        Runnable handOver = () -> {
            time.advance(Duration.ofSeconds(31));
            racing.release(mine, mine.ticket());
        };
        // The waiter reads the clock when it joins the queue and again to see how long it may still sleep.
        atNextReading.set(() -> atNextReading.set(handOver));

        assertThatExceptionOfType(LeaseTimeoutException.class)
                .isThrownBy(() -> Threads.on("waiter", () -> racing.acquire(null)));

        assertThat(racing.counts().leased()).isZero();
        assertThat(racing.counts().leases()).isEqualTo(2);
        assertThat(racing.acquire(null)).isSameAs(mine);
    }

    @Test
    @Tag("threads")
    void isNotTakenForTheWaitersOwnIfItIsHandedOverJustThen() throws InterruptedException { // invariant 6
        AtomicReference<Runnable> atNextReading = new AtomicReference<>(() -> {});
        Pool racing = source.pool(settings(1), new Clock(() -> {
            atNextReading.getAndSet(() -> {}).run();
            return time.getAsLong();
        }));
        PooledConnection mine = racing.acquire(null);
        Runnable handOver = () -> {
            time.advance(Duration.ofMillis(1));
            racing.release(mine, mine.ticket());
        };
        // As above: handed over after the waiter has looked around, and before it looks whether its wait can end.
        atNextReading.set(() -> atNextReading.set(handOver));

        assertThat(Threads.on("waiter", () -> racing.acquire(null))).isSameAs(mine);
    }

    /** Invariant 5: whoever lets go puts it there, so that nobody can be quicker. */
    @Test
    @Tag("threads")
    void isPutIntoTheHandsOfAWaiterThatMayNoLongerBeOvertaken() throws InterruptedException {
        PooledConnection mine = pool.acquire(null);
        AtomicReference<PooledConnection> theirs = new AtomicReference<>();
        CountDownLatch over = new CountDownLatch(1);
        Thread waiter = new Thread(() -> {
            theirs.set(pool.acquire(null));
            awaitQuietly(over);
        });
        waiter.start();
        Threads.awaitParked(waiter);
        time.advance(Duration.ofNanos(Pool.HANDOFF_INTERVAL + 1));

        pool.release(mine, mine.ticket());

        assertThat(mine.owner()).isSameAs(waiter);
        over.countDown();
        waiter.join();
        assertThat(theirs.get()).isSameAs(mine);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void isRefusedAfterTheEndAndOneOpenedMeanwhileIsClosed() {
        source.whileOpening = () -> pool.shutDown(Duration.ZERO);

        assertThatExceptionOfType(InterfaceException.class)
                .isThrownBy(() -> pool.acquire(null))
                .withMessage("Database 'main' is shut down and hands out no connections");

        assertThat(source.nowOpen()).isZero();
        assertThat(pool.counts().open()).isZero();
    }

    @Test
    @Tag("threads")
    void ofADeadThreadIsTakenOverIfTheSessionIsAtRest() throws InterruptedException {
        PooledConnection dead = dies(connection -> connection.idle(true));

        PooledConnection mine = pool.acquire(null);

        assertThat(mine).isSameAs(dead);
        assertThat(source.probes).hasValue(1);
        assertThat(pool.counts().reclaimed()).isEqualTo(1);
        assertThat(pool.counts().leased()).isEqualTo(1);
    }

    @Test
    @Tag("threads")
    void ofADeadThreadIsAbortedIfATransactionWasOpen() throws InterruptedException {
        PooledConnection dead = dies(connection -> connection.idle(false));

        PooledConnection mine = pool.acquire(null);

        assertThat(mine).isNotSameAs(dead);
        assertThat(source.aborted).hasValue(1);
        assertThat(pool.counts().open()).isEqualTo(1);
        assertThat(pool.counts().reclaimed()).isEqualTo(1);
    }

    @Test
    @Tag("threads")
    void ofADeadThreadIsClosedIfTheSessionWasChanged() throws InterruptedException {
        PooledConnection dead = dies(connection -> {
            connection.idle(true);
            connection.dirty(true);
        });

        assertThat(pool.acquire(null)).isNotSameAs(dead);
        assertThat(source.nowOpen()).isEqualTo(1);
    }

    @Test
    @Tag("threads")
    void ofADeadThreadIsSweptAway() throws InterruptedException {
        dies(connection -> connection.idle(false));

        pool.sweep();

        assertThat(source.aborted).hasValue(1);
        assertThat(pool.counts().open()).isZero();
        assertThat(pool.counts().leased()).isZero();
        assertThat(pool.counts().reclaimed()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"true, false, 0", "false, false, 1", "true, true, 1"})
    @Tag("threads")
    void ofADeadThreadIsRolledBackIfItIsInMemory(boolean idle, boolean changed, int rolledBack)
            throws InterruptedException {
        source.inMemory = true;
        Consumer<PooledConnection> left = connection -> {
            connection.idle(idle);
            connection.dirty(changed);
        };
        PooledConnection swept = dies(left);

        pool.sweep();

        assertThat(pool.counts().leased()).isZero();
        PooledConnection dead = dies(left);
        PooledConnection mine = pool.acquire(null);
        assertThat(mine).isSameAs(dead).isSameAs(swept);
        assertThat(mine.isDirty()).isFalse();
        assertThat(source.opened).hasValue(1);
        assertThat(source.rolledBack).hasValue(2 * rolledBack);
        assertThat(pool.counts().reclaimed()).isEqualTo(2);
    }

    @Test
    @Tag("threads")
    void ofADeadThreadStaysWhereReclaimIsOff() throws InterruptedException {
        Threads.on("doomed", () -> noReclaim.acquire(null));

        noReclaim.sweep();

        assertThat(noReclaim.counts().leased()).isEqualTo(1);
        time.advanceAtEachReading(Duration.ofSeconds(30));
        assertThatExceptionOfType(LeaseTimeoutException.class).isThrownBy(() -> noReclaim.acquire(null));
    }

    @Test
    @Tag("threads")
    void cannotBeEndedAfterItWasTakenBack() throws InterruptedException {
        PooledConnection dead = dies(connection -> connection.idle(true));
        long lost = dead.ticket();
        PooledConnection mine = pool.acquire(null);

        pool.release(dead, lost);
        FakeSource.close(pool, dead, lost, true);

        assertThat(mine.isLeasedWith(mine.ticket())).isTrue();
        assertThat(pool.counts().leased()).isEqualTo(1);
        assertThat(source.nowOpen()).isEqualTo(1);
    }

    @Test
    @Tag("threads")
    void isSaidToBeHeldByWhomForHowLongAndWhatFor() throws InterruptedException { // invariant 7
        PooledConnection connection = Threads.on("doomed", () -> noReclaim.acquire(null));
        connection.statement("SELECT '" + "x".repeat(300) + "'");
        time.advance(Duration.ofMillis(1_500));
        time.advanceAtEachReading(Duration.ofSeconds(30));

        assertThatExceptionOfType(LeaseTimeoutException.class)
                .isThrownBy(() -> noReclaim.acquire(null))
                .withMessageStartingWith(
                        "No connection to database 'main' came free within 30000 ms (acquireTimeout): all"
                                + " 1 (maxConnections) are in use. Release them sooner, or raise maxConnections. Held by:\n"
                                + "  thread 'doomed' (dead), for ")
                .withMessageEndingWith(" ms, last statement: SELECT '" + "x".repeat(112) + "…");
        assertThat(noReclaim.counts().waiting()).isZero();
    }

    @Test
    void isSaidToBeTheWaitersOwnIfSoItIs() {
        PooledConnection held = pool.acquire(null);
        time.advanceAtEachReading(Duration.ofSeconds(30));

        assertThatExceptionOfType(LeaseTimeoutException.class)
                .isThrownBy(() -> pool.acquire(held))
                .withMessageContaining(
                        "\n  thread '%s' (runnable), for ",
                        Thread.currentThread().getName())
                .withMessageEndingWith(" ms, last statement: none yet");
    }

    /** {@return a connection whose holder died in the state that {@code last} set} */
    private PooledConnection dies(Consumer<PooledConnection> last) throws InterruptedException {
        return Threads.on("doomed", () -> {
            PooledConnection connection = pool.acquire(null);
            last.accept(connection);
            return connection;
        });
    }

    private Pool pool(int cap) {
        return source.pool(settings(cap), clock);
    }

    private static DatabaseSettings settings(int cap) {
        return DatabaseSettings.builder("main")
                .engine("fake")
                .maxConnections(cap)
                .build();
    }
}
