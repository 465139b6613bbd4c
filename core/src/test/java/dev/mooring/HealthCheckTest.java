package dev.mooring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mooring.config.LeaseScope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class HealthCheckTest {

    private static final Duration IDLE = Duration.ofSeconds(1);

    private final FakeSetup setup = new FakeSetup();
    private final FakeDatabase database = setup.database;

    @AfterEach
    void close() {
        setup.close();
    }

    @Nested
    class AtHandOut {

        private final DatabaseWrapper wrapper = setup.wrapper();

        @Test
        void sparesAConnectionThatWasJustUsed() {
            wrapper.execute("DO");
            setup.advance(IDLE.minusNanos(1));

            wrapper.execute("DO");

            assertThat(database.probes).hasValue(0);
        }

        @Test
        void probesAConnectionThatWasUnusedForLong() {
            wrapper.execute("DO");
            setup.advance(IDLE);

            wrapper.execute("DO");
            wrapper.execute("DO");

            assertThat(database.probes).hasValue(1);
            assertThat(database.opened).hasValue(1);
        }

        @Test
        void replacesAConnectionThatNoLongerAnswers() {
            wrapper.execute("DO");
            setup.advance(IDLE);
            database.usable = false;

            wrapper.execute("DO");

            assertThat(database.opened).hasValue(2);
            assertThat(database.aborted).hasValue(1);
            assertThat(setup.counts().open()).isEqualTo(1);
        }

        @Test
        void suspectsAllOthersWhenOneFails() throws Exception {
            ExecutorService other = Executors.newSingleThreadExecutor();
            try (FakeSetup two =
                    new FakeSetup().with(s -> s.connMaxAgeUnlimited().healthCheckIdle(Duration.ofHours(1)))) {
                Lease first = two.wrapper().hold();
                Lease second = other.submit(() -> two.wrapper().hold()).get();
                first.close();
                two.advance(Duration.ofMinutes(30));
                other.submit(second::close).get();
                two.advance(Duration.ofMinutes(30));
                two.database.fail("probe", FakeDatabase.error("08006"));
                FakeSetup.onAnotherThread(() -> two.wrapper().execute("DO"));
                assertThat(two.database.probes).hasValue(1);

                two.wrapper().execute("DO");

                assertThat(two.database.probes).hasValue(2);
            }
            other.shutdown();
        }

        @Test
        void losesNoPlaceToAProbeThatThrows() {
            setup.with(s -> s.maxConnections(1));
            wrapper.execute("DO");
            setup.advance(IDLE);
            database.fail("probe", new StackOverflowError());

            assertThatThrownBy(() -> wrapper.execute("DO")).isInstanceOf(StackOverflowError.class);

            assertThat(setup.counts().leased()).isZero();
            assertThat(database.aborted).hasValue(1);
            assertThat(wrapper.execute("DO")).isEqualTo(1);
        }

        @Test
        void losesNoPlaceToAFullStack() { // invariant 2
            setup.with(s -> s.maxConnections(1));
            wrapper.execute("DO");
            setup.advance(IDLE);
            setup.time.breaks(true);

            assertThatThrownBy(() -> wrapper.execute("DO")).isInstanceOf(StackOverflowError.class);

            setup.time.breaks(false);
            assertThat(setup.counts().leased()).isZero();
            assertThat(wrapper.execute("DO")).isEqualTo(1);
        }

        @Test
        void losesNoPlaceWhenTheReplacementFails() {
            setup.with(s -> s.maxConnections(1));
            wrapper.execute("DO");
            setup.advance(IDLE);
            database.usable = false;
            database.fail("connect", FakeDatabase.error("28P01"));

            assertThatThrownBy(() -> wrapper.execute("DO")).isInstanceOf(RuntimeException.class);

            assertThat(setup.counts().open()).isZero();
            assertThat(wrapper.execute("DO")).isEqualTo(1);
        }
    }

    @Nested
    class OfAConnectionThatIsHeld {

        private final List<String> closed = new ArrayList<>();
        private final DatabaseWrapper wrapper;

        OfAConnectionThatIsHeld() {
            setup.builder.listener(new DatabaseListener() {
                @Override
                public void connectionClosed(String alias, String reason) {
                    closed.add(reason);
                }
            });
            wrapper = setup.with(s -> s.healthCheckIdle(Duration.ZERO).leaseScope(LeaseScope.THREAD))
                    .wrapper();
        }

        @BeforeEach
        void holdsOne() {
            wrapper.execute("DO");
            database.fail("probe", new StackOverflowError());
        }

        @AfterEach
        void itWasGivenUp() {
            assertThat(database.aborted).hasValue(1);
            assertThat(closed).containsExactly("broken");
            assertThat(wrapper.execute("DO")).isEqualTo(1);
            assertThat(database.opened).hasValue(2);
        }

        @Test
        void endsItIfItThrows() {
            setup.databases().closeOldConnections();

            assertThatThrownBy(() -> wrapper.execute("DO")).isInstanceOf(StackOverflowError.class);
        }

        @Test
        void endsItIfItThrowsWhenAsked() {
            assertThatThrownBy(wrapper::isUsable).isInstanceOf(StackOverflowError.class);
        }

        @Test
        void endsItIfItThrowsInMidUse() {
            try (Lease held = wrapper.hold()) {
                assertThatThrownBy(wrapper::isUsable).isInstanceOf(StackOverflowError.class);
                assertThatThrownBy(() -> wrapper.execute("DO")).hasMessageContaining("was lost");
            }
        }
    }

    @Nested
    class SwitchedOff {

        @Test
        void neverProbes() { // BW-18
            setup.with(s -> s.connHealthChecks(false).leaseScope(LeaseScope.THREAD));
            DatabaseWrapper wrapper = setup.wrapper();
            wrapper.execute("DO");
            setup.advance(Duration.ofMinutes(5));
            setup.databases().closeOldConnections();

            wrapper.execute("DO");

            assertThat(database.probes).hasValue(0);
            assertThat(database.opened).hasValue(1);
        }
    }

    @Nested
    class AfterEachBoundary {

        private final DatabaseWrapper wrapper = setup.with(
                        s -> s.healthCheckIdle(Duration.ZERO).leaseScope(LeaseScope.THREAD))
                .wrapper();

        @Test
        void probesOnceAtTheFirstUse() { // BW-16
            wrapper.execute("DO");
            assertThat(database.probes).hasValue(0);

            setup.databases().closeOldConnections();
            setup.databases().closeOldConnections();
            assertThat(database.probes).hasValue(0);
            wrapper.execute("DO");
            wrapper.execute("DO");

            assertThat(database.probes).hasValue(1);
            assertThat(database.opened).hasValue(1);
        }

        @Test
        void replacesAConnectionThatFails() { // BW-16
            wrapper.execute("DO");
            setup.databases().closeOldConnections();
            database.usable = false;

            wrapper.execute("DO");
            wrapper.execute("DO");

            assertThat(database.opened).hasValue(2);
            assertThat(database.aborted).hasValue(1);
        }

        @Test
        void probesBeforeATransaction() { // BW-19
            wrapper.execute("DO");
            setup.databases().closeOldConnections();
            database.usable = false;

            wrapper.atomic(() -> wrapper.execute("DO"));

            assertThat(database.probes).hasValue(1);
            assertThat(database.opened).hasValue(2);
        }

        @Test
        void probesTheFirstUseInAUnitUnderRequestToo() {
            try (FakeSetup requests =
                    new FakeSetup().with(s -> s.healthCheckIdle(Duration.ZERO).leaseScope(LeaseScope.REQUEST))) {
                for (int request = 0; request < 3; request++) {
                    try (UnitOfWork unit = requests.databases().unitOfWork()) {
                        assertThat(unit).isNotNull();
                        requests.wrapper().execute("DO");
                        requests.wrapper().execute("DO");
                    }
                }

                assertThat(requests.database.probes).hasValue(2);
                assertThat(requests.database.opened).hasValue(1);
            }
        }
    }
}
