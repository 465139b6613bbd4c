package dev.mooring.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.util.concurrent.Uninterruptibles;
import dev.mooring.ManualTime;
import dev.mooring.config.DatabaseSettings;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The beginning and the end of connections, with a waiter that does not look around by itself: in a pool, the first one does
 * so every 100 ms, and would hide that nobody called it.
 */
class LifecycleTest {

    private final FakeSource source = new FakeSource();
    private final ManualTime time = new ManualTime();
    private final Clock clock = new Clock(time);
    private final DatabaseSettings settings =
            DatabaseSettings.builder("main").engine("fake").maxConnections(1).build();
    private final AtomicInteger unwritten = new AtomicInteger();
    private final OpenConnections connections = new OpenConnections(1, new CopyOnWriteArrayList<>() {
        @Override
        public boolean add(PooledConnection connection) {
            if (unwritten.getAndDecrement() > 0) {
                throw new OutOfMemoryError("to be expected: the list takes memory");
            }
            return super.add(connection);
        }
    });
    private final WaitQueue<PooledConnection> queue = new WaitQueue<>();
    private final AtomicInteger untold = new AtomicInteger();
    private final PoolStatistics statistics = new PoolStatistics(new PoolListener() {
        @Override
        public void opened(Duration time) {
            if (untold.getAndDecrement() > 0) {
                throw new StackOverflowError("to be expected: a call takes stack");
            }
        }
    });
    private final Lifecycle lifecycle = new Lifecycle(
            settings, source, new Opener(settings, source, clock, statistics), connections, queue, statistics);
    private final Waiter<PooledConnection> waiter = new Waiter<>(Thread.currentThread(), 0);

    @Test
    void callsTheFirstWaiterToThePlaceThatWasForAConnectionThatCouldNotBeOpened() { // invariant 5
        queue.join(waiter);
        source.failures.set(1);

        assertThatThrownBy(this::open).hasMessage("refused");

        assertThat(connections.permits()).isZero();
        assertThat(waiter.isCalled()).isTrue();
    }

    @Test
    void callsNobodyToAServerThatTakesNoMore() {
        queue.join(waiter);
        source.refusals.set(1);

        assertThat(open()).isNull();

        assertThat(connections.permits()).isZero();
        assertThat(waiter.isCalled()).isFalse();
    }

    @Test
    void callsTheFirstWaiterWhenItIsShut() { // invariant 5
        queue.join(waiter);

        lifecycle.shut();

        assertThat(waiter.isCalled()).isTrue();
    }

    @Test
    void losesNeitherAPlaceNorAConnectionThatCouldNotBeWrittenDown() { // invariant 2
        queue.join(waiter);
        unwritten.set(1);

        assertThatThrownBy(this::open).isInstanceOf(OutOfMemoryError.class);

        assertThat(source.opened).hasValue(1);
        assertThat(source.nowOpen()).isZero();
        assertThat(connections.permits()).isZero();
        assertThat(waiter.isCalled()).isTrue();
    }

    @Test
    void losesNeitherAPermitNorAConnectionWhoseOpeningCouldNotBeTold() { // invariant 2
        untold.set(1);

        assertThatThrownBy(this::open).isInstanceOf(StackOverflowError.class);

        assertThat(source.opened).hasValue(1);
        assertThat(source.nowOpen()).isZero();
        assertThat(connections.permits()).isZero();
    }

    @Test
    void countsNoConnectionAsOpenThatCouldNotBeWrittenDown() { // invariant 2
        unwritten.set(1);

        assertThatThrownBy(this::open).isInstanceOf(OutOfMemoryError.class);

        PoolCounts counts = connections.counts(0, statistics);
        assertThat(counts.open()).isZero();
        assertThat(counts.closed()).isEqualTo(counts.opened());
    }

    @Test
    @Tag("threads")
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void closesNoConnectionThatIsBeingInterrupted() throws InterruptedException {
        PooledConnection connection = overdue();
        AtomicInteger closedMeanwhile = new AtomicInteger();
        Thread closer = new Thread(() -> lifecycle.close(connection, connection.ticket(), CloseReason.BROKEN));
        source.whileInterrupting = () -> {
            closer.start();
            awaitSpinningOrEnded(closer);
            closedMeanwhile.set(source.aborted.get());
        };

        connection.interruptIfOverdue(source);
        closer.join();

        assertThat(closedMeanwhile).hasValue(0);
        assertThat(source.aborted).hasValue(1);
    }

    @Test
    @Tag("threads")
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void closesAConnectionWhoseInterruptHangs() throws InterruptedException {
        PooledConnection connection = overdue();
        CountDownLatch hanging = new CountDownLatch(1);
        CountDownLatch answered = new CountDownLatch(1);
        source.whileInterrupting = () -> {
            hanging.countDown();
            Uninterruptibles.awaitUninterruptibly(answered);
        };
        Thread housekeeper = new Thread(() -> connection.interruptIfOverdue(source));
        housekeeper.start();
        hanging.await();
        time.advanceAtEachReading(Duration.ofSeconds(1));

        lifecycle.close(connection, connection.ticket(), CloseReason.BROKEN);

        assertThat(source.aborted).hasValue(1);
        answered.countDown();
        housekeeper.join();
    }

    @Test
    void interruptsNothingThatIsClosedAlready() {
        PooledConnection connection = overdue();
        lifecycle.close(connection, connection.ticket(), CloseReason.BROKEN);

        connection.interruptIfOverdue(source);

        assertThat(source.interrupts).hasValue(0);
    }

    private PooledConnection open() {
        assertThat(connections.reserve()).isTrue();
        return lifecycle.openReserved(Thread.currentThread(), clock.exact());
    }

    /** {@return a connection with a call under way that is to be interrupted at the next look} */
    private PooledConnection overdue() {
        PooledConnection connection = open();
        connection.calls().begin();
        connection.interruptIfOverdue(source);
        time.advance(FakeSource.CALL_TIMEOUT.plus(Duration.ofMillis(1)));
        clock.tick();
        return connection;
    }

    private static void awaitSpinningOrEnded(Thread closer) {
        while (closer.isAlive()
                && Arrays.stream(closer.getStackTrace())
                        .noneMatch(frame -> frame.getMethodName().equals("awaitInterrupt"))) {
            Thread.onSpinWait();
        }
    }
}
