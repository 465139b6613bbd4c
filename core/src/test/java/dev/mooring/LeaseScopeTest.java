package dev.mooring;

import static dev.mooring.FakeDatabase.error;
import static dev.mooring.FakeSetup.swallow;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mooring.config.LeaseScope;
import dev.mooring.error.OperationalException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class LeaseScopeTest {

    private final FakeSetup setup = new FakeSetup();
    private final FakeDatabase database = setup.database;

    @AfterEach
    void close() {
        setup.close();
        assertThat(database.open()).isZero();
    }

    @Nested
    class Operation {

        private final DatabaseWrapper wrapper = setup.wrapper();

        @Test
        void opensNothingUntilAConnectionIsNeeded() {
            wrapper.cursor().close();
            wrapper.closeIfUnusableOrObsolete();
            wrapper.close();

            assertThat(database.opened).hasValue(0);
        }

        @Test
        void givesTheConnectionBackAfterEachStatement() {
            database.during = sql -> assertThat(setup.counts().leased()).isEqualTo(1);
            try (UnitOfWork unit = setup.databases().unitOfWork()) {
                assertThat(unit).isNotNull();
                wrapper.query("SELECT 1");
                assertThat(setup.counts().leased()).isZero();
                wrapper.execute("DO");
                assertThat(setup.counts().leased()).isZero();
            }

            assertThat(database.opened).hasValue(1);
            assertThat(setup.counts().reused()).isEqualTo(1);
        }

        @Test
        void givesItBackWhenTheStatementFails() {
            database.fail("DO", error("42601"));

            swallow(() -> wrapper.execute("DO"));

            assertThat(setup.counts().leased()).isZero();
            assertThat(setup.counts().open()).isEqualTo(1);
        }

        @Test
        void parksWhatEnsureConnectionOpened() {
            wrapper.ensureConnection();

            assertThat(wrapper.connection()).isNull();
            assertThat(setup.counts().open()).isEqualTo(1);
            assertThat(setup.counts().leased()).isZero();
        }

        @Test
        void keepsTheConnectionWhileItIsHeld() {
            try (Lease lease = wrapper.hold()) {
                assertThat(wrapper.connection()).isNotNull();
                assertThat(wrapper.isUsable()).isTrue();
                wrapper.execute("DO");
                lease.close();
                assertThat(setup.counts().leased()).isZero();
            }

            assertThat(setup.counts().leased()).isZero();
            assertThat(wrapper.isUsable()).isFalse();
        }

        @Test
        void ensuresAnotherForTheOneThatWasClosedWhileHeld() {
            try (Lease lease = wrapper.hold()) {
                assertThat(lease).isNotNull();
                wrapper.close();
                assertThat(wrapper.connection()).isNull();

                wrapper.ensureConnection();

                assertThat(wrapper.connection()).isNotNull();
                assertThat(database.opened).hasValue(2);
            }
        }

        @Test
        void sendsNothingMoreOverAHeldConnectionThatWasLost() {
            database.fail("DO", new StackOverflowError());

            try (Lease lease = wrapper.hold()) {
                assertThat(lease).isNotNull();
                assertThatThrownBy(() -> wrapper.execute("DO")).isInstanceOf(StackOverflowError.class);
                assertThatExceptionOfType(OperationalException.class)
                        .isThrownBy(() -> wrapper.execute("MORE"))
                        .withMessage("The connection to database 'default' was lost; another takes its place when what"
                                + " holds it has ended");
                assertThatExceptionOfType(OperationalException.class).isThrownBy(wrapper::ensureConnection);
                assertThat(wrapper.isUsable()).isFalse();
            }

            assertThat(database.drain()).containsExactly("DO");
            assertThat(database.aborted).hasValue(1);
            assertThat(wrapper.execute("MORE")).isEqualTo(1);
        }
    }

    @Nested
    class Request {

        private final DatabaseWrapper wrapper =
                setup.with(s -> s.leaseScope(LeaseScope.REQUEST)).wrapper();

        @Test
        void keepsTheConnectionToTheEndOfTheUnit() {
            try (UnitOfWork unit = setup.databases().unitOfWork()) {
                assertThat(unit).isNotNull();
                wrapper.execute("DO");
                assertThat(setup.counts().leased()).isEqualTo(1);
                wrapper.execute("DO");
            }

            assertThat(setup.counts().leased()).isZero();
            assertThat(setup.counts().reused()).isZero();
            assertThat(setup.counts().open()).isEqualTo(1);
        }

        @Test
        void endsWithTheOutermostOfNestedUnits() {
            try (UnitOfWork outer = setup.databases().unitOfWork()) {
                assertThat(outer).isNotNull();
                wrapper.execute("DO");
                UnitOfWork inner = setup.databases().unitOfWork();
                Cursor open = wrapper.cursor().execute("SELECT 1");
                inner.close();
                inner.close();
                assertThat(setup.counts().leased()).isEqualTo(1);
                assertThat(open.fetchAll()).hasSize(1);
            }

            assertThat(setup.counts().leased()).isZero();
        }

        @Test
        void makesEachOperationItsOwnUnitWhereNoneWasBegun() {
            wrapper.execute("DO");

            assertThat(setup.counts().leased()).isZero();
        }

        @Test
        void letsABlockEndThatOutlivesTheUnit() {
            UnitOfWork unit = setup.databases().unitOfWork();

            wrapper.atomic(() -> {
                unit.close();
                wrapper.execute("DO");
                assertThat(setup.counts().leased()).isEqualTo(1);
            });

            assertThat(setup.counts().leased()).isZero();
            assertThat(database.drain()).containsExactly("BEGIN", "DO", "COMMIT");
        }
    }

    @Nested
    class BoundToTheThread {

        private final DatabaseWrapper wrapper =
                setup.with(s -> s.leaseScope(LeaseScope.THREAD)).wrapper();

        @Test
        void keepsTheConnectionUntilClosed() {
            try (UnitOfWork unit = setup.databases().unitOfWork()) {
                assertThat(unit).isNotNull();
                wrapper.execute("DO");
            }
            assertThat(setup.counts().leased()).isEqualTo(1);

            wrapper.close();

            assertThat(setup.counts().open()).isZero();
            wrapper.close();
            assertThat(database.closed).hasValue(1);
        }

        @Test
        void abortsNothingThatIsAtRestWhenAllIsShutDown() {
            wrapper.execute("DO");

            setup.databases().close(Duration.ofDays(1));

            assertThat(database.open()).isZero();
            assertThat(database.aborted).hasValue(0);
        }
    }
}
