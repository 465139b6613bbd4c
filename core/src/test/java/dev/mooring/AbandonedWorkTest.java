package dev.mooring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mooring.config.LeaseScope;
import dev.mooring.error.InterfaceException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What becomes of the work of a thread that died while it used somebody else's wrapper. */
@Tag("threads")
class AbandonedWorkTest {

    private final FakeSetup setup = new FakeSetup().with(s -> s.maxConnections(1));
    private final DatabaseWrapper wrapper = shared(setup);

    private static DatabaseWrapper shared(FakeSetup setup) {
        setup.database.hasWriteLock = true;
        setup.database.rows("SELECT 2", List.of(List.of(1), List.of(2)));
        DatabaseWrapper shared = setup.wrapper();
        shared.incThreadSharing();
        return shared;
    }

    @AfterEach
    void leavesNothingBehind() {
        setup.closeAndVerify();
    }

    static Stream<Work> work() {
        return Stream.of(
                DatabaseWrapper::hold,
                DatabaseWrapper::beginAtomic,
                used -> {
                    AtomicBlock outer = used.beginAtomic();
                    used.execute("DO");
                    return List.of(outer, used.beginAtomic());
                },
                used -> used.cursor().execute("SELECT 2"),
                used -> used.stream("SELECT 2"),
                used -> {
                    used.transaction().setAutocommit(false);
                    return used.execute("DO");
                },
                used -> List.of(used.hold(), used.beginAtomic(), used.cursor().execute("SELECT 2")));
    }

    @ParameterizedTest
    @MethodSource("work")
    @DisplayName("A wrapper whose thread died at work serves nobody, and its thread gets another")
    void closesTheWrapper(Work left) throws InterruptedException {
        Thread dead = FakeSetup.onAnotherThread(() -> {
            left.begin(wrapper);
            return Thread.currentThread();
        });

        assertThatExceptionOfType(InterfaceException.class)
                .isThrownBy(() -> wrapper.execute("DO"))
                .withMessage(
                        "The wrapper of database 'default' is closed, because thread '%s' died in the middle of its work"
                                + " with it, which is lost; thread '%s' gets another from Databases.get()",
                        dead.getName(), Thread.currentThread().getName());
        setup.sweep();
        assertThat(setup.databases().execute("DO")).isEqualTo(1);

        assertThat(setup.wrapper()).isNotSameAs(wrapper);
        assertThat(setup.counts().reclaimed()).isEqualTo(1);
        assertThat(setup.database.opened).hasValue(2);
        assertThat(setup.counts().leased()).isZero();
        assertThat(setup.database.calls).doesNotContain("COMMIT");
    }

    @ParameterizedTest
    @MethodSource("work")
    @DisplayName("The thread that needs a connection does not wait for a sweep to have the dead thread's")
    void freesTheConnectionAndTheWriteLockAtOnce(Work left) throws InterruptedException {
        FakeSetup.onAnotherThread(() -> left.begin(wrapper));

        setup.databases().atomic(() -> setup.databases().execute("DO"));

        assertThat(setup.database.calls).endsWith("BEGIN", "DO", "COMMIT");
        assertThat(setup.counts().leased()).isZero();
    }

    @ParameterizedTest
    @MethodSource("work")
    @DisplayName("A unit of work of the wrapper's thread begins and ends with another wrapper, though sharing is over")
    void isForgottenByAUnitOfWork(Work left) throws InterruptedException {
        FakeSetup.onAnotherThread(() -> left.begin(wrapper));
        wrapper.decThreadSharing();

        try (UnitOfWork unit = setup.databases().unitOfWork()) {
            assertThat(unit).isNotNull();
            assertThat(setup.databases().execute("DO")).isEqualTo(1);
        }
        setup.databases().closeAll();

        assertThat(setup.counts().leased()).isZero();
    }

    @Test
    @DisplayName("What the dead thread had opened is refused to whoever was handed it")
    void refusesWhatWasOpened() throws InterruptedException {
        Lease lease = FakeSetup.onAnotherThread(wrapper::hold);

        assertThatExceptionOfType(InterfaceException.class)
                .isThrownBy(lease::close)
                .withMessageContaining("is closed, because thread 'other' died");
        setup.sweep();
    }

    @Test
    void leavesAKeptConnectionToTheThreadThatUsesItNext() throws InterruptedException {
        try (FakeSetup bound = new FakeSetup().with(s -> s.leaseScope(LeaseScope.THREAD))) {
            DatabaseWrapper kept = shared(bound);
            FakeSetup.onAnotherThread(() -> kept.execute("DO"));
            kept.decThreadSharing();

            try (Lease held = kept.hold()) {
                assertThat(held).isNotNull();
                bound.sweep();
                assertThat(bound.counts().reclaimed()).isZero();
                assertThat(kept.execute("DO")).isEqualTo(1);
            }
            kept.close();
        }
    }

    @Test
    void isLeftAloneByTheEndOfAUnitWhileItsThreadLives() throws Exception { // invariant 3
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        FutureTask<Integer> work = new FutureTask<>(() -> {
            try (AtomicBlock block = wrapper.beginAtomic()) {
                begun.countDown();
                ended.await();
                int done = wrapper.execute("DO");
                block.commit();
                return done;
            }
        });
        UnitOfWork unit = setup.databases().unitOfWork();
        new Thread(work, "helper").start();
        begun.await();

        assertThatExceptionOfType(InterfaceException.class)
                .isThrownBy(unit::close)
                .withMessageContaining("is in use by thread 'helper'");
        ended.countDown();

        assertThat(work.get()).isEqualTo(1);
        assertThat(setup.database.calls).contains("COMMIT");
    }

    @Test
    void isAtWorkWhileItWaitsForItsTurn() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        FutureTask<Void> writer = new FutureTask<>(() -> {
            setup.databases().atomic(() -> {
                begun.countDown();
                end.await();
            });
            return null;
        });
        new Thread(writer, "writer").start();
        begun.await();
        FutureTask<Integer> sharer = new FutureTask<>(() -> wrapper.execute("INSERT"));
        Thread waiting = new Thread(sharer, "waiting");
        waiting.start();
        Threads.awaitParked(waiting);

        assertThatExceptionOfType(InterfaceException.class)
                .isThrownBy(() -> wrapper.execute("INSERT"))
                .withMessageContaining("is in use by thread 'waiting'");
        end.countDown();

        assertThat(sharer.get()).isEqualTo(1);
        writer.get();
    }

    @FunctionalInterface
    interface Work {
        Object begin(DatabaseWrapper wrapper) throws Exception;
    }
}
