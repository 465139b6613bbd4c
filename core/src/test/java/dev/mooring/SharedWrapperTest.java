package dev.mooring;

import static dev.mooring.FakeSetup.onAnotherThread;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.mooring.config.LeaseScope;
import dev.mooring.error.InterfaceException;
import dev.mooring.error.LeaseTimeoutException;
import dev.mooring.error.OperationalException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowingConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A wrapper that several threads may use: one at a time, and the next one after it. */
@Tag("threads")
class SharedWrapperTest {

    private final FakeSetup setup = new FakeSetup();
    private final DatabaseWrapper wrapper = setup.wrapper();

    @AfterEach
    void close() {
        setup.close();
    }

    @Test
    void isHandingOverAndNotUsingAtOnce() {
        wrapper.incThreadSharing();

        try (Lease lease = wrapper.hold()) {
            assertThat(lease).isNotNull();
            assertThatExceptionOfType(InterfaceException.class)
                    .isThrownBy(() -> onAnotherThread(() -> wrapper.execute("DO")))
                    .withMessage(
                            "The wrapper of database 'default' is in use by thread '%s'; 'other' must wait",
                            Thread.currentThread().getName());
        }
    }

    @Test
    void letsNobodyIntoABlockThatHadBegunBeforeItWasAllowed() throws InterruptedException {
        wrapper.atomic(() -> {
            wrapper.incThreadSharing();
            assertThatExceptionOfType(InterfaceException.class)
                    .isThrownBy(() -> onAnotherThread(() -> wrapper.execute("DO")));
            wrapper.execute("MINE");
        });

        assertThat(onAnotherThread(() -> wrapper.execute("DO"))).isEqualTo(1);
    }

    @Test
    void doesNotLetAnotherThreadCloseWhatIsInUse() { // invariant 3
        wrapper.incThreadSharing();

        wrapper.atomic(() -> {
            wrapper.execute("DO");
            assertThatExceptionOfType(InterfaceException.class)
                    .isThrownBy(() -> onAnotherThread(() -> {
                        wrapper.close();
                        return null;
                    }))
                    .withMessageContaining("is in use by thread");
            wrapper.execute("DO");
        });

        assertThat(setup.database.aborted).hasValue(0);
    }

    @Test
    void isClosedToOthersUntilTheConnectionIsSettled() {
        wrapper.incThreadSharing();
        List<Throwable> seen = new ArrayList<>();
        setup.database.during = call -> {
            if (call.equals("reset")) {
                seen.add(catchThrowable(() -> onAnotherThread(() -> wrapper.execute("DO"))));
            }
        };

        wrapper.execute("SET x = 1");

        assertThat(seen).singleElement().isInstanceOf(InterfaceException.class);
    }

    @Test
    void keepsOthersOutWhileSomebodyIsAtWorkThoughSharingWasDisallowed() throws Exception { // invariant 3
        wrapper.incThreadSharing();
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        FutureTask<Void> work = new FutureTask<>(() -> {
            try (Lease held = wrapper.hold()) {
                begun.countDown();
                end.await();
            }
            return null;
        });
        new Thread(work, "helper").start();
        begun.await();
        wrapper.decThreadSharing();

        for (Consumer<DatabaseWrapper> use : List.<Consumer<DatabaseWrapper>>of(
                used -> used.query("SELECT 1"), DatabaseWrapper::close, DatabaseWrapper::isUsable)) {
            assertThatExceptionOfType(InterfaceException.class)
                    .isThrownBy(() -> use.accept(wrapper))
                    .withMessageContaining("in use by thread 'helper'");
        }
        end.countDown();
        work.get();
        assertThat(wrapper.execute("DO")).isEqualTo(1);
    }

    @Test
    void isNotForAUnitOfWorkToBeginWhileAnotherReadsAStream() {
        setup.database.rows("SELECT 1", List.of(List.of(1), List.of(2)));
        wrapper.incThreadSharing();

        withALivingThread(other -> {
            Iterator<Row> rows = other.submit(() -> {
                        Iterator<Row> read = wrapper.stream("SELECT 1").iterator();
                        read.next();
                        return read;
                    })
                    .get();
            assertThatExceptionOfType(InterfaceException.class)
                    .isThrownBy(() -> setup.databases().unitOfWork())
                    .withMessageContaining("is in use by");
            assertThat(setup.database.calls).doesNotContain("ROLLBACK");
            assertThat(other.submit(rows::next).get().getInt("c1")).isEqualTo(2);
            assertThat(other.submit(rows::hasNext).get()).isFalse();
        });
    }

    @Test
    void isOpenToTheNextThreadAfterAnAttemptThatFailed() {
        wrapper.incThreadSharing();
        setup.database.fail("connect", FakeDatabase.error("28P01"));

        withALivingThread(other -> {
            assertThatExceptionOfType(ExecutionException.class)
                    .isThrownBy(() -> other.submit(() -> wrapper.execute("DO")).get())
                    .withCauseInstanceOf(OperationalException.class);
            assertThat(wrapper.execute("DO")).isEqualTo(1);
        });
    }

    @Test
    void isOpenToTheNextThreadAfterOneThatGotNoTurn() {
        try (FakeSetup writers = new FakeSetup().with(s -> s.acquireTimeout(Duration.ofMillis(1)))) {
            writers.database.hasWriteLock = true;
            DatabaseWrapper shared = writers.wrapper();
            shared.incThreadSharing();

            withALivingThread(writer -> withALivingThread(other -> {
                AtomicBlock block = writer.submit(
                                () -> writers.databases().get().beginAtomic())
                        .get();
                assertThatExceptionOfType(ExecutionException.class)
                        .isThrownBy(() ->
                                other.submit(() -> shared.execute("INSERT")).get())
                        .withCauseInstanceOf(LeaseTimeoutException.class);
                writer.submit(block::close).get();

                assertThat(shared.execute("INSERT")).isEqualTo(1);
            }));
        }
    }

    @Test
    void isOpenToTheNextThreadAfterItWasDisallowedInTheMiddle() throws InterruptedException {
        wrapper.incThreadSharing();
        wrapper.atomic(wrapper::decThreadSharing);
        wrapper.incThreadSharing();

        assertThat(onAnotherThread(() -> wrapper.execute("DO"))).isEqualTo(1);
    }

    @Test
    void handsAHeldConnectionToTheThreadThatUsesIt() throws InterruptedException {
        try (FakeSetup bound =
                new FakeSetup().with(s -> s.leaseScope(LeaseScope.THREAD).maxConnections(1))) {
            DatabaseWrapper theirs = leftByTheDead(bound);

            theirs.execute("DO");
            bound.sweep();

            assertThat(bound.counts().leased()).isEqualTo(1);
            assertThat(bound.counts().reclaimed()).isZero();
            theirs.close();
        }
    }

    @Test
    void takesAnotherConnectionIfTheHeldOneWasTakenBack() throws InterruptedException {
        try (FakeSetup bound =
                new FakeSetup().with(s -> s.leaseScope(LeaseScope.THREAD).maxConnections(1))) {
            DatabaseWrapper theirs = leftByTheDead(bound);
            bound.sweep();

            theirs.execute("DO");

            assertThat(bound.database.opened).hasValue(2);
            assertThat(bound.counts().open()).isEqualTo(1);
            theirs.close();
        }
    }

    private static void withALivingThread(ThrowingConsumer<ExecutorService> test) {
        ExecutorService other = Executors.newSingleThreadExecutor();
        try {
            test.accept(other);
        } finally {
            other.shutdown();
        }
    }

    private static DatabaseWrapper leftByTheDead(FakeSetup setup) throws InterruptedException {
        return Threads.on("maker", () -> {
            DatabaseWrapper made = setup.wrapper();
            made.incThreadSharing();
            made.ensureConnection();
            return made;
        });
    }
}
