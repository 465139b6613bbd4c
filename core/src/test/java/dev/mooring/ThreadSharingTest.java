package dev.mooring;

import static dev.mooring.FakeSetup.onAnotherThread;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mooring.error.InterfaceException;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which threads may use a wrapper, and what is on it. */
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
    void refusesAForeignThread(ThrowingUser use) { // TH-03, TH-04
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
    void refusesAForeignThreadWhatIsHeldToo(ThrowingUser use) {
        try (Lease lease = wrapper.hold()) {
            assertThat(lease).isNotNull();
            assertThatExceptionOfType(InterfaceException.class)
                    .isThrownBy(() -> onAnotherThread(() -> use.on(wrapper)))
                    .withMessageContaining("belongs to thread");
        }
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
}
