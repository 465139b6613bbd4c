package dev.mooring;

import static dev.mooring.FakeDatabase.error;
import static dev.mooring.FakeSetup.swallow;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mooring.error.CommitOutcomeUnknownException;
import dev.mooring.error.TransactionConflictException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RetryTest {

    private static final AtomicOptions TWICE = AtomicOptions.defaults().retrying(2);

    private final FakeSetup setup = new FakeSetup();
    private final FakeDatabase database = setup.database;
    private final DatabaseWrapper wrapper = setup.wrapper();
    private final List<String> ran = new ArrayList<>();

    @AfterEach
    void everyLeaseWasGivenBack() {
        assertThat(setup.counts().leased()).isZero();
        setup.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"40001", "40P01"})
    void runsTheBlockAgainThatLostToAnother(String state) {
        database.fail("DO", error(state));

        int changed = wrapper.atomic(TWICE, () -> {
            wrapper.onCommit(() -> ran.add("hook"));
            return wrapper.execute("DO");
        });

        assertThat(changed).isEqualTo(1);
        assertThat(database.drain()).containsExactly("BEGIN", "DO", "ROLLBACK", "BEGIN", "DO", "COMMIT");
        assertThat(ran).containsExactly("hook");
        assertThat(database.opened).hasValue(1);
    }

    @Test
    void takesARefusalAtCommitForARollback() {
        database.fail("COMMIT", error("40001"));

        wrapper.atomic(TWICE, () -> wrapper.execute("DO"));

        assertThat(database.drain()).containsExactly("BEGIN", "DO", "COMMIT", "ROLLBACK", "BEGIN", "DO", "COMMIT");
    }

    @Test
    void looksBehindWhatTheApplicationMadeOfIt() {
        database.fail("DO", error("40001"));

        wrapper.atomic(TWICE, () -> {
            try {
                wrapper.execute("DO");
            } catch (TransactionConflictException e) {
                throw new IllegalStateException("could not do it", e);
            }
        });

        assertThat(setup.pauses).hasSize(1);
    }

    @Test
    void givesUpWithTheLastErrorAndTheOthersInside() {
        database.fail("DO", error("40001"), error("40P01"), error("40001"));

        assertThatExceptionOfType(TransactionConflictException.class)
                .isThrownBy(() -> wrapper.atomic(TWICE, () -> wrapper.execute("DO")))
                .satisfies(e -> assertThat(e.getSuppressed())
                        .extracting(before -> ((TransactionConflictException) before)
                                .sqlState()
                                .orElseThrow())
                        .containsExactly("40001", "40P01"));

        assertThat(setup.pauses).hasSize(2);
    }

    @Test
    void waitsLongerEachTimeButNeverALongTime() {
        database.fail("DO", errors(20));

        wrapper.atomic(AtomicOptions.defaults().retrying(20), () -> wrapper.execute("DO"));

        assertThat(setup.pauses).hasSize(20);
        assertThat(setup.pauses.get(0)).isBetween(Duration.ofMillis(5), Duration.ofMillis(10));
        assertThat(setup.pauses.get(1)).isBetween(Duration.ofMillis(10), Duration.ofMillis(20));
        assertThat(setup.pauses.get(19)).isBetween(Duration.ofMillis(320), Duration.ofMillis(640));
    }

    @ParameterizedTest
    @ValueSource(strings = {"08006", "57P01"})
    void neverRepeatsACommitThatMayHaveHappened(String state) {
        database.fail("COMMIT", error(state));

        assertThatExceptionOfType(CommitOutcomeUnknownException.class)
                .isThrownBy(() -> wrapper.atomic(TWICE, () -> wrapper.execute("DO")));

        assertThat(database.drain()).containsExactly("BEGIN", "DO", "COMMIT");
    }

    @ParameterizedTest
    @ValueSource(strings = {"23505", "42601", "40002", "08006"})
    void repeatsNothingElse(String state) {
        database.fail("DO", error(state));

        swallow(() -> wrapper.atomic(TWICE, () -> wrapper.execute("DO")));

        assertThat(setup.pauses).isEmpty();
    }

    @Test
    void repeatsNothingThatWasCommittedWhateverAHookSays() {
        database.fail("HOOK", error("40001"));

        assertThatExceptionOfType(TransactionConflictException.class)
                .isThrownBy(() -> wrapper.atomic(TWICE, () -> wrapper.onCommit(() -> wrapper.execute("HOOK"))));

        assertThat(database.drain()).containsExactly("BEGIN", "COMMIT", "HOOK");
    }

    @Test
    void leavesANestedBlocksConflictToTheOutermost() {
        database.fail("DO", error("40001"));

        assertThatExceptionOfType(TransactionConflictException.class)
                .isThrownBy(() -> wrapper.atomic(() -> wrapper.atomic(TWICE, () -> wrapper.execute("DO"))));
        assertThat(setup.pauses).isEmpty();

        database.fail("DO", error("40001"));
        wrapper.atomic(TWICE, () -> wrapper.atomic(() -> wrapper.execute("DO")));
        assertThat(setup.pauses).hasSize(1);
    }

    @Test
    void repeatsNothingWithAutocommitOff() {
        database.fail("DO", error("40001"));
        wrapper.transaction().setAutocommit(false);

        assertThatThrownBy(() -> wrapper.atomic(TWICE, () -> wrapper.execute("DO")))
                .isInstanceOf(TransactionConflictException.class);

        assertThat(setup.pauses).isEmpty();
        wrapper.transaction().rollback();
        wrapper.transaction().setAutocommit(true);
    }

    @Test
    void takesNoNegativeNumber() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AtomicOptions.defaults().retrying(-1))
                .withMessage("retrying takes 0 or more times, not -1");
    }

    private static Throwable[] errors(int count) {
        Throwable[] errors = new Throwable[count];
        for (int i = 0; i < count; i++) {
            errors[i] = error("40001");
        }
        return errors;
    }
}
