package dev.mooring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.config.DatabaseSettingsBuilder;
import dev.mooring.config.LeaseScope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The housekeeper closes what nobody uses, and counts from the first sweep that finds it so. */
class IdleTimeoutTest {

    private static final Duration TIMEOUT = Duration.ofMinutes(5);
    private static final Duration LONG = Duration.ofHours(1);

    private final FakeSetup setup = new FakeSetup().with(DatabaseSettingsBuilder::connMaxAgeUnlimited);
    private final FakeDatabase database = setup.database;

    @AfterEach
    void close() {
        setup.close();
    }

    @Test
    void closesWhatNobodyHasUsedForThatLong() {
        List<String> reasons = new ArrayList<>();
        setup.builder.listener(new DatabaseListener() {
            @Override
            public void connectionClosed(String alias, String reason) {
                reasons.add(reason);
            }
        });
        setup.wrapper().execute("DO");
        setup.sweep();

        sweepAfter(TIMEOUT.minusNanos(1));
        assertThat(database.open()).isEqualTo(1);

        sweepAfter(Duration.ofNanos(1));
        assertThat(database.open()).isZero();
        assertThat(reasons).containsExactly("idle");
        assertThat(setup.wrapper().execute("DO")).isEqualTo(1);
    }

    @Test
    void keepsWhatIsUsedNowAndThen() {
        for (int i = 0; i < 5; i++) {
            setup.wrapper().execute("DO");
            sweepAfter(TIMEOUT.minusSeconds(1));
        }

        assertThat(database.opened).hasValue(1);
    }

    @Test
    void closesWhatIsLeftOfABurst() throws InterruptedException {
        try (Lease mine = setup.wrapper().hold()) {
            assertThat(mine).isNotNull();
            FakeSetup.onAnotherThread(() -> setup.wrapper().execute("DO"));
        }
        assertThat(database.open()).isEqualTo(2);
        setup.sweep();
        setup.advance(TIMEOUT);
        setup.wrapper().execute("DO");

        setup.sweep();

        assertThat(database.open()).isEqualTo(1);
        assertThat(setup.wrapper().execute("DO")).isEqualTo(1);
        assertThat(database.opened).hasValue(2);
    }

    @Test
    void leavesAloneWhatIsHeld() {
        setup.with(s -> s.connMaxAgeUnlimited().leaseScope(LeaseScope.THREAD));
        setup.wrapper().ensureConnection();
        setup.sweep();

        sweepAfter(LONG);

        assertThat(database.open()).isEqualTo(1);
    }

    @Test
    void closesNothingWhereItIsUnlimited() {
        setup.with(s -> s.connMaxAgeUnlimited().idleTimeoutUnlimited());
        setup.wrapper().execute("DO");
        setup.sweep();

        sweepAfter(LONG);

        assertThat(database.open()).isEqualTo(1);
    }

    @Test
    void leavesADatabaseInMemoryAlone() {
        database.inMemory = true;
        setup.wrapper().execute("DO");
        setup.sweep();

        sweepAfter(LONG);

        assertThat(database.open()).isEqualTo(1);
    }

    private void sweepAfter(Duration time) {
        setup.advance(time);
        setup.sweep();
    }
}
