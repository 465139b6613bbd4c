package dev.mooring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mooring.config.LeaseScope;
import dev.mooring.error.InterfaceException;
import dev.mooring.error.TransactionManagementException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
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
        assertThat(wrapper.unfinished()).isEmpty();
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
    void isEndedByTheNextThread(Work left) throws InterruptedException {
        FakeSetup.onAnotherThread(() -> left.begin(wrapper));

        assertThat(wrapper.execute("DO")).isEqualTo(1);
        backToAutocommit();

        assertThat(setup.database.opened).hasValue(1);
        assertThat(setup.counts().leased()).isZero();
        assertThat(setup.database.calls).doesNotContain("COMMIT");
    }

    @ParameterizedTest
    @MethodSource("work")
    void isGoneIfThePoolTookTheConnectionBack(Work left) throws InterruptedException {
        FakeSetup.onAnotherThread(() -> left.begin(wrapper));
        setup.sweep();

        assertThat(wrapper.execute("DO")).isEqualTo(1);
        backToAutocommit();

        assertThat(setup.database.opened).hasValue(2);
        assertThat(setup.counts().leased()).isZero();
    }

    @ParameterizedTest
    @MethodSource("work")
    void isEndedByTheNextThreadThoughSharingIsOver(Work left) throws InterruptedException {
        FakeSetup.onAnotherThread(() -> left.begin(wrapper));
        wrapper.decThreadSharing();

        try (UnitOfWork unit = setup.databases().unitOfWork()) {
            assertThat(wrapper.execute("DO")).isEqualTo(1);
        }
        backToAutocommit();

        assertThat(setup.counts().leased()).isZero();
    }

    @Test
    void isClosedForWhoeverWasHandedIt() throws InterruptedException {
        Lease lease = FakeSetup.onAnotherThread(wrapper::hold);
        Cursor cursor = FakeSetup.onAnotherThread(() -> wrapper.cursor().execute("SELECT 2"));
        AtomicBlock block = FakeSetup.onAnotherThread(wrapper::beginAtomic);

        lease.close();
        cursor.close();
        assertThatExceptionOfType(TransactionManagementException.class)
                .isThrownBy(block::commit)
                .withMessageContaining("has ended already");
        block.close();

        assertThat(setup.counts().leased()).isZero();
        assertThat(wrapper.execute("DO")).isEqualTo(1);
    }

    @Test
    void runsNoHookOfIt() throws InterruptedException {
        FakeSetup.onAnotherThread(() -> {
            AtomicBlock block = wrapper.beginAtomic();
            wrapper.onCommit(() -> {
                throw new AssertionError("nothing was committed");
            });
            return block;
        });

        wrapper.atomic(() -> wrapper.execute("DO"));
    }

    @ParameterizedTest
    @MethodSource("work")
    void isNoPartOfTheNextThreadsBlock(Work left) throws InterruptedException {
        FakeSetup.onAnotherThread(() -> left.begin(wrapper));
        setup.database.drain();

        wrapper.atomic(AtomicOptions.defaults().durable(), () -> wrapper.execute("DO"));
        String end = wrapper.transaction().getAutocommit() ? "COMMIT" : "ROLLBACK";
        backToAutocommit();

        assertThat(setup.database.calls).containsSubsequence("BEGIN", "DO", end);
        assertThat(setup.counts().leased()).isZero();
    }

    @Test
    void refusesTheNextThreadNothingThoughItHadFailed() throws InterruptedException {
        FakeSetup.onAnotherThread(() -> {
            AtomicBlock block = wrapper.beginAtomic();
            wrapper.transaction().setRollback(true);
            return block;
        });

        assertThat(wrapper.query("SELECT 1")).hasSize(1);
    }

    @Test
    void leavesTheNextThreadItsTransactionByHand() throws InterruptedException {
        try (FakeSetup byHand = new FakeSetup()) {
            DatabaseWrapper used = byHand.wrapper();
            used.incThreadSharing();
            used.transaction().setAutocommit(false);
            FakeSetup.onAnotherThread(() -> used.execute("DO"));
            byHand.database.drain();

            used.execute("MINE");

            assertThat(byHand.database.drain()).containsExactly("ROLLBACK", "BEGIN", "MINE");
            used.transaction().rollback();
            used.transaction().setAutocommit(true);
        }
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

    /** By hand it stays off, as whoever shares the wrapper may have meant it to; the transaction is gone. */
    private void backToAutocommit() {
        if (!wrapper.transaction().getAutocommit()) {
            wrapper.transaction().rollback();
            wrapper.transaction().setAutocommit(true);
        }
    }

    @FunctionalInterface
    interface Work {
        Object begin(DatabaseWrapper wrapper) throws Exception;
    }
}
