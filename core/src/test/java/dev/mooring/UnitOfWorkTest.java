package dev.mooring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mooring.config.DatabaseSettings;
import dev.mooring.config.LeaseScope;
import dev.mooring.error.InterfaceException;
import java.lang.ref.WeakReference;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class UnitOfWorkTest {

    private final FakeSetup setup = new FakeSetup();
    private final FakeDatabase database = setup.database;

    @AfterEach
    void close() {
        setup.close();
        assertThat(database.open()).isZero();
    }

    @Test
    void isEndedByTheThreadThatBeganIt() {
        UnitOfWork unit = setup.databases().unitOfWork();

        assertThatExceptionOfType(InterfaceException.class)
                .isThrownBy(() -> FakeSetup.onAnotherThread(() -> {
                    unit.close();
                    return null;
                }))
                .withMessage(
                        "A unit of work begun on thread '%s' was closed on thread 'other'",
                        Thread.currentThread().getName());
        unit.close();
    }

    @Test
    void endsForTheOthersWhenOneAliasFails() {
        setup.database.fail("close SELECT 1", new NoClassDefFoundError("driver"));
        UnitOfWork unit = setup.databases().unitOfWork();
        Cursor failing = setup.databases().get().cursor().execute("SELECT 1");
        Cursor other = setup.databases().get("replica").cursor().execute("SELECT 1");

        assertThatThrownBy(unit::close).isInstanceOf(NoClassDefFoundError.class);

        assertThat(setup.counts().leased()).isZero();
        assertThat(setup.databases().using("replica").counts().leased()).isZero();
        assertThat(setup.database.aborted).hasValue(1);
        assertThatExceptionOfType(InterfaceException.class)
                .isThrownBy(other::fetchOne)
                .withMessage("The cursor on database 'replica' is closed");
        assertThatExceptionOfType(InterfaceException.class).isThrownBy(failing::fetchOne);
    }

    @Test
    void endsForAnAliasThatACommitHookIsTheFirstToUse() {
        setup.with(s -> s.leaseScope(LeaseScope.REQUEST));
        setup.builder.add(
                DatabaseSettings.builder("third").engine("fake").name("copy").build());
        Databases databases = setup.databases();

        try (UnitOfWork unit = databases.unitOfWork()) {
            DatabaseWrapper third = databases.get("third");
            third.transaction().setAutocommit(false);
            third.atomic(() -> third.onCommit(() -> databases.get("replica").ensureConnection()));
            third.transaction().commit();
            databases.get().ensureConnection();
            assertThat(unit).isNotNull();
        }

        assertThat(databases.using("replica").counts().leased()).isZero();
        assertThat(setup.counts().leased()).isZero();
    }

    @Test
    void givesBackEverythingThatWasForgottenInIt() {
        UnitOfWork unit = setup.databases().unitOfWork();
        DatabaseWrapper wrapper = setup.wrapper();
        database.fail("close SELECT 1", new IllegalStateException("driver"));
        wrapper.cursor().execute("SELECT 1");
        wrapper.cursor().execute("SELECT 2");

        unit.close();

        assertThat(setup.counts().leased()).isZero();
        assertThat(database.aborted).hasValue(1);
    }

    @Test
    void givesBackAConnectionThatWasHeldAndForgotten() { // invariant 2
        UnitOfWork unit = setup.databases().unitOfWork();
        Lease forgotten = setup.wrapper().hold();

        unit.close();

        assertThat(setup.counts().leased()).isZero();
        setup.wrapper().cursor().execute("SELECT 1");
        forgotten.close();
        assertThat(setup.counts().leased()).isEqualTo(1);
    }

    @Test
    void goesAroundATaskOnWhateverThreadItRuns() throws Exception {
        setup.with(settings -> settings.leaseScope(LeaseScope.REQUEST));
        AtomicInteger leasedWithin = new AtomicInteger();
        Runnable work = () -> {
            setup.databases().execute("DO");
            leasedWithin.addAndGet(setup.counts().leased());
        };

        Thread thread = new Thread(setup.databases().inUnitOfWork(work));
        thread.start();
        thread.join();
        setup.databases().inUnitsOfWork(Runnable::run).execute(work);
        String answer = setup.databases()
                .callInUnitOfWork(() -> {
                    work.run();
                    return "done";
                })
                .call();

        assertThat(answer).isEqualTo("done");
        assertThat(leasedWithin).as("held within each unit").hasValue(3);
        assertThat(setup.counts().leased()).isZero();
    }

    @Test
    void endsAroundATaskThatThrows() {
        setup.with(settings -> settings.leaseScope(LeaseScope.REQUEST));
        Runnable failing = () -> {
            setup.databases().execute("DO");
            throw new IllegalStateException("task");
        };

        assertThatThrownBy(setup.databases().inUnitOfWork(failing)::run).hasMessage("task");

        assertThat(setup.counts().leased()).isZero();
    }

    @Test
    void inAnAtomicBlockTakesNothingFromTheBlock() {
        setup.databases().atomic(() -> {
            try (Cursor cursor = setup.wrapper().cursor().execute("SELECT 1")) {
                setup.databases().unitOfWork().close();

                assertThat(cursor.fetchOne()).isNotNull();
            }
        });

        assertThat(setup.counts().leased()).isZero();
    }

    @Test
    void ofADatabasesThatIsClosedIsForgottenByTheThread() {
        WeakReference<Databases> closed = usedAndClosed();

        for (int i = 0; i < 100 && closed.get() != null; i++) {
            System.gc();
        }

        assertThat(closed.get()).isNull();
    }

    private static WeakReference<Databases> usedAndClosed() {
        try (FakeSetup other = new FakeSetup()) {
            other.databases().execute("DO");
            return new WeakReference<>(other.databases());
        }
    }
}
