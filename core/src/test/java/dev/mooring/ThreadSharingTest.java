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
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowingConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("threads")
class ThreadSharingTest {

    private final FakeSetup setup = new FakeSetup();
    private final DatabaseWrapper wrapper = setup.wrapper();

    @AfterEach
    void close() {
        setup.close();
    }

    @Test
    void givesEachThreadAWrapperOfItsOwn() throws InterruptedException { // TH-01, TH-02
        assertThat(setup.wrapper()).isSameAs(wrapper);

        assertThat(onAnotherThread(setup::wrapper)).isNotSameAs(wrapper);
    }

    static Stream<ThrowingUser> uses() {
        return Stream.of(
                DatabaseWrapper::ensureConnection,
                DatabaseWrapper::close,
                DatabaseWrapper::closeIfUnusableOrObsolete,
                DatabaseWrapper::isUsable,
                DatabaseWrapper::cursor,
                DatabaseWrapper::hold,
                DatabaseWrapper::pin,
                DatabaseWrapper::validateThreadSharing,
                used -> used.query("SELECT 1"),
                used -> used.execute("DO"),
                used -> used.onCommit(() -> {}),
                used -> used.atomic(() -> {}));
    }

    @ParameterizedTest
    @MethodSource("uses")
    void refusesAForeignThread(ThrowingUser use) { // TH-03, TH-04, C23
        assertThatExceptionOfType(InterfaceException.class)
                .isThrownBy(() -> onAnotherThread(() -> use.on(wrapper)))
                .withMessage(
                        "The wrapper of database 'default' belongs to thread '%s' and was used on thread 'other'. Ask"
                                + " Databases for this thread's own with get(), or allow sharing with incThreadSharing()",
                        Thread.currentThread().getName());
        assertThat(setup.database.opened).hasValue(0);
    }

    @ParameterizedTest
    @MethodSource("uses")
    void letsAForeignThreadInWhenSharingIsAllowed(ThrowingUser use) throws InterruptedException { // TH-03
        wrapper.incThreadSharing();

        onAnotherThread(() -> use.on(wrapper));

        wrapper.decThreadSharing();
        assertThatExceptionOfType(InterfaceException.class).isThrownBy(() -> onAnotherThread(() -> use.on(wrapper)));
    }

    @Test
    void countsAndGoesNoLowerThanZero() { // TH-05
        wrapper.incThreadSharing();
        wrapper.incThreadSharing();
        wrapper.decThreadSharing();
        assertThat(shared()).isTrue();
        wrapper.decThreadSharing();
        assertThat(shared()).isFalse();

        assertThatExceptionOfType(InterfaceException.class)
                .isThrownBy(wrapper::decThreadSharing)
                .withMessage("Thread sharing of database 'default' was disallowed more often than allowed");
        wrapper.incThreadSharing();
        assertThat(shared()).isTrue();
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
            writers.database.oneWriter = true;
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

    private static void withALivingThread(ThrowingConsumer<ExecutorService> test) {
        ExecutorService other = Executors.newSingleThreadExecutor();
        try {
            test.accept(other);
        } finally {
            other.shutdown();
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
    void leavesALeaseOpenThatAForeignThreadTriedToEnd() {
        Lease lease = wrapper.hold();

        assertThatExceptionOfType(InterfaceException.class)
                .isThrownBy(() -> onAnotherThread(() -> {
                    lease.close();
                    return null;
                }));

        assertThat(setup.counts().leased()).isEqualTo(1);
        lease.close();
        assertThat(setup.counts().leased()).isZero();
    }

    @Test
    void handsAHeldConnectionToTheThreadThatUsesIt() throws InterruptedException {
        try (FakeSetup bound =
                new FakeSetup().with(s -> s.leaseScope(LeaseScope.THREAD).maxConnections(1))) {
            DatabaseWrapper theirs = Threads.on("maker", () -> {
                DatabaseWrapper made = bound.wrapper();
                made.incThreadSharing();
                made.ensureConnection();
                return made;
            });

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
            DatabaseWrapper theirs = Threads.on("maker", () -> {
                DatabaseWrapper made = bound.wrapper();
                made.incThreadSharing();
                made.ensureConnection();
                return made;
            });
            bound.sweep();

            theirs.execute("DO");

            assertThat(bound.database.opened).hasValue(2);
            assertThat(bound.counts().open()).isEqualTo(1);
            theirs.close();
        }
    }

    static Stream<CursorUser> cursorUses() {
        return Stream.of(
                used -> used.fetchSize(7),
                used -> used.execute("SELECT 2"),
                used -> used.executeMany("DO %s", List.of(List.of(1))),
                used -> used.executeMany("DO %s", List.of()),
                Cursor::fetchOne,
                used -> used.fetchMany(1),
                Cursor::fetchAll,
                used -> used.forEach(row -> {}),
                Cursor::close);
    }

    @ParameterizedTest
    @MethodSource("cursorUses")
    void leavesAStatementUnderWayThatAForeignThreadTriedToUse(CursorUser use) {
        setup.database.rows("SELECT 1", List.of(List.of(1), List.of(2)));
        Cursor cursor = wrapper.cursor().execute("SELECT 1");

        assertThatExceptionOfType(InterfaceException.class)
                .isThrownBy(() -> onAnotherThread(() -> use.on(cursor)))
                .withMessageContaining("belongs to thread");

        assertThat(setup.counts().leased()).isEqualTo(1);
        assertThat(cursor.fetchAll()).hasSize(2);
        assertThat(setup.counts().leased()).isZero();
        cursor.close();
    }

    @ParameterizedTest
    @MethodSource("cursorUses")
    void leavesAStatementUnderWayOfASharedWrapper(CursorUser use) {
        setup.database.rows("SELECT 1", List.of(List.of(1), List.of(2)));
        wrapper.incThreadSharing();
        Cursor cursor = wrapper.cursor().execute("SELECT 1");

        assertThatExceptionOfType(InterfaceException.class)
                .isThrownBy(() -> onAnotherThread(() -> use.on(cursor)))
                .withMessageContaining("is in use by thread");

        assertThat(cursor.fetchAll()).hasSize(2);
        assertThat(setup.counts().leased()).isZero();
        cursor.close();
    }

    @Test
    void readsAParallelStreamOnItsOwnThreadAlone() {
        List<List<Object>> many =
                IntStream.range(0, 20_000).mapToObj(List::<Object>of).toList();
        setup.database.rows("SELECT 1", many);

        try (Stream<Row> rows = wrapper.stream("SELECT 1")) {
            assertThat(rows.parallel().mapToLong(row -> row.getLong("c1")).sum())
                    .isEqualTo(IntStream.range(0, 20_000).asLongStream().sum());
        }

        assertThat(setup.counts().leased()).isZero();
    }

    @Test
    void isNotForAForeignThreadToAllow() {
        assertThatExceptionOfType(InterfaceException.class)
                .isThrownBy(() -> onAnotherThread(() -> {
                    wrapper.incThreadSharing();
                    return null;
                }))
                .withMessageContaining("belongs to thread");

        assertThat(shared()).isFalse();
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

        for (ThrowingUser use : List.<ThrowingUser>of(
                used -> used.query("SELECT 1"), DatabaseWrapper::close, DatabaseWrapper::isUsable)) {
            assertThatExceptionOfType(InterfaceException.class)
                    .isThrownBy(() -> use.on(wrapper))
                    .withMessageContaining("in use by thread 'helper'");
        }
        end.countDown();
        work.get();
        assertThat(wrapper.execute("DO")).isEqualTo(1);
    }

    private boolean shared() {
        try {
            onAnotherThread(() -> {
                wrapper.validateThreadSharing();
                return null;
            });
            return true;
        } catch (InterfaceException | InterruptedException e) {
            return false;
        }
    }

    @FunctionalInterface
    interface CursorUser {
        void use(Cursor cursor);

        default Object on(Cursor cursor) {
            use(cursor);
            return cursor;
        }
    }

    @FunctionalInterface
    interface ThrowingUser {
        void use(DatabaseWrapper wrapper) throws Exception;

        default Object on(DatabaseWrapper wrapper) throws Exception {
            use(wrapper);
            return wrapper;
        }
    }

    @Test
    void doesNotLetAnotherThreadCloseWhatIsInUse() { // invariant 3
        DatabaseWrapper wrapper = setup.wrapper();
        wrapper.incThreadSharing();

        wrapper.atomic(() -> {
            wrapper.execute("DO");
            assertThatExceptionOfType(InterfaceException.class)
                    .isThrownBy(() -> FakeSetup.onAnotherThread(() -> {
                        wrapper.close();
                        return null;
                    }))
                    .withMessageContaining("is in use by thread");
            wrapper.execute("DO");
        });

        assertThat(setup.database.aborted).hasValue(0);
    }
}
