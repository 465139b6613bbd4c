package dev.mooring.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.ManualTime;
import dev.mooring.config.DatabaseSettings;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An owner that does one thing more and dies, just as somebody looks whether it lives. */
class ReclaimerTest {

    private final FakeSource source = new FakeSource();
    private final Clock clock = new Clock(new ManualTime());
    private final DatabaseSettings settings =
            DatabaseSettings.builder("default").engine("fake").maxConnections(1).build();
    private final PoolStatistics statistics = new PoolStatistics(new PoolListener() {});
    private final OpenConnections connections = new OpenConnections(1);
    private final Lifecycle lifecycle = new Lifecycle(
            settings,
            source,
            new Opener(settings, source, clock, statistics),
            connections,
            new WaitQueue<>(),
            statistics);
    private final CountDownLatch looked = new CountDownLatch(1);
    private final Reclaimer reclaimer = new Reclaimer(
            settings,
            source,
            clock,
            connections,
            lifecycle,
            new Validator(settings, source, clock, connections, lifecycle),
            statistics,
            this::livesOnForAMoment);

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @Tag("threads")
    void handsOnNothingThatTheOwnerBeganBeforeItDied(boolean changes) throws InterruptedException {
        PooledConnection dead = ownedByOneThat(changes ? owned -> owned.dirty(true) : owned -> owned.idle(false));

        PooledConnection found = reclaimer.find(Thread.currentThread(), clock.exact());

        assertThat(found).isNotNull().isNotSameAs(dead);
        assertThat(source.aborted).hasValue(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @Tag("threads")
    void handsOnWhatTheOwnerEndedBeforeItDied(boolean inMemory) throws InterruptedException {
        source.inMemory = inMemory;
        PooledConnection dead = ownedByOneThat(owned -> owned.idle(true));
        dead.idle(false);

        assertThat(reclaimer.find(Thread.currentThread(), clock.exact())).isSameAs(dead);
        assertThat(source.rolledBack).hasValue(0);
    }

    /** {@return a connection at rest, of a thread whose last act is to come} */
    private PooledConnection ownedByOneThat(Consumer<PooledConnection> lastAct) throws InterruptedException {
        AtomicReference<PooledConnection> leased = new AtomicReference<>();
        CountDownLatch ready = new CountDownLatch(1);
        Thread owner = new Thread(() -> {
            assertThat(connections.reserve()).isTrue();
            PooledConnection connection = lifecycle.openReserved(Thread.currentThread(), clock.exact());
            connection.idle(true);
            leased.set(connection);
            ready.countDown();
            awaitTheLook();
            lastAct.accept(connection);
        });
        owner.start();
        ready.await();
        return leased.get();
    }

    private void awaitTheLook() {
        try {
            looked.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private boolean livesOnForAMoment(Thread owner) {
        looked.countDown();
        try {
            owner.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return owner.isAlive();
    }
}
