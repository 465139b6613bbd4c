package dev.mooring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.config.LeaseScope;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class MaxAgeTest {

    private static final Duration AGE = Duration.ofMinutes(10);

    private final FakeSetup setup = new FakeSetup();
    private final FakeDatabase database = setup.database;

    @AfterEach
    void close() {
        setup.close();
    }

    @Nested
    class BoundToTheThread {

        private final DatabaseWrapper wrapper =
                setup.with(s -> s.leaseScope(LeaseScope.THREAD)).wrapper();

        @Test
        void keepsAConnectionThatIsOneNanosecondTooYoung() {
            wrapper.ensureConnection();
            setup.time.advance(AGE.minusNanos(1));

            wrapper.closeIfUnusableOrObsolete();

            assertThat(database.closed).hasValue(0);
        }

        @Test
        void closesAConnectionExactlyAtItsMaxAge() {
            wrapper.ensureConnection();
            setup.time.advance(AGE);

            wrapper.closeIfUnusableOrObsolete();

            assertThat(database.closed).hasValue(1);
            assertThat(wrapper.connection()).isNull();
        }

        @Test
        void closesItAtEitherBoundaryOfAUnit() {
            wrapper.ensureConnection();
            setup.time.advance(AGE);

            UnitOfWork unit = setup.databases().unitOfWork();

            assertThat(database.closed).hasValue(1);
            wrapper.ensureConnection();
            setup.time.advance(AGE);
            unit.close();
            assertThat(database.closed).hasValue(2);
        }

        @Test
        void waitsForTheBlockToEnd() {
            wrapper.atomic(() -> {
                setup.time.advance(AGE);
                setup.databases().closeOldConnections();
                wrapper.execute("DO");
                assertThat(database.closed).hasValue(0);
            });

            assertThat(database.drain()).containsExactly("BEGIN", "DO", "COMMIT");
            assertThat(database.closed).hasValue(1);
        }

        @Test
        void doesNotCloseAfterABlockThatSawNoBoundary() {
            wrapper.atomic(() -> setup.time.advance(AGE));

            assertThat(database.closed).hasValue(0);
        }
    }

    @Nested
    class ByOperation {

        private final DatabaseWrapper wrapper = setup.wrapper();

        @Test
        void keepsAConnectionForNineTenthsOfItsAgeAtLeast() {
            wrapper.ensureConnection();
            setup.advance(AGE.multipliedBy(9).dividedBy(10).minusNanos(1));

            wrapper.execute("DO");

            assertThat(database.opened).hasValue(1);
        }

        @Test
        void replacesAnOldConnectionWhenItIsHandedOut() {
            wrapper.ensureConnection();
            setup.advance(AGE);

            wrapper.execute("DO");

            assertThat(database.opened).hasValue(2);
            assertThat(database.closed).hasValue(1);
            assertThat(database.aborted).hasValue(0);
            assertThat(setup.counts().open()).isEqualTo(1);
        }

        @Test
        void closesAConnectionThatGrewTooOldInUse() {
            wrapper.atomic(() -> setup.advance(AGE));

            assertThat(database.closed).hasValue(1);
            assertThat(setup.counts().open()).isZero();
        }

        @Test
        void sweepsAwayWhatNobodyUses() {
            wrapper.ensureConnection();
            setup.advance(AGE);

            setup.sweep();

            assertThat(database.open()).isZero();
        }
    }

    @Nested
    class OfZero {

        private final DatabaseWrapper wrapper =
                setup.with(s -> s.connMaxAge(Duration.ZERO)).wrapper();

        @Test
        void closesWithTheUnitThatUsedIt() {
            try (UnitOfWork unit = setup.databases().unitOfWork()) {
                assertThat(unit).isNotNull();
                wrapper.execute("DO");
                wrapper.execute("DO");
                assertThat(database.open()).isEqualTo(1);
            }

            assertThat(database.opened).hasValue(1);
            assertThat(database.open()).isZero();
        }

        @Test
        void closesAfterEachOperationWhereNoUnitWasBegun() {
            wrapper.execute("DO");
            wrapper.atomic(() -> wrapper.execute("DO"));

            assertThat(database.opened).hasValue(2);
            assertThat(database.open()).isZero();
        }
    }

    @Nested
    class WithoutALimit {

        @Test
        void keepsAConnectionForACentury() {
            setup.with(s -> s.connMaxAgeUnlimited().connHealthChecks(false).leaseScope(LeaseScope.THREAD));
            setup.wrapper().ensureConnection();

            setup.advance(Duration.ofDays(36_499));
            setup.databases().closeOldConnections();
            setup.sweep();
            setup.wrapper().execute("DO");

            assertThat(database.opened).hasValue(1);
        }
    }

    @Nested
    class OfADatabaseInMemory {

        @Test
        void neverEndsBecauseTheConnectionHoldsTheData() {
            database.inMemory = true;
            setup.with(s -> s.connMaxAge(Duration.ZERO));
            DatabaseWrapper wrapper = setup.wrapper();
            try (UnitOfWork unit = setup.databases().unitOfWork()) {
                assertThat(unit).isNotNull();
                wrapper.execute("SET x");
                wrapper.close();
            }

            setup.advance(Duration.ofDays(1));
            setup.sweep();
            wrapper.execute("DO");
            setup.databases().closeAll();

            assertThat(database.opened).hasValue(1);
            assertThat(database.closed).hasValue(0);
        }
    }
}
