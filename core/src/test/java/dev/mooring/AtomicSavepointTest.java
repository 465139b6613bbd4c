package dev.mooring;

import static dev.mooring.FakeDatabase.error;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mooring.error.DatabaseException;
import dev.mooring.error.IntegrityException;
import dev.mooring.error.OperationalException;
import dev.mooring.error.TransactionManagementException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class AtomicSavepointTest {

    private final FakeSetup setup = new FakeSetup();
    private final FakeDatabase database = setup.database;
    private final DatabaseWrapper wrapper = setup.wrapper();
    private final String savepoint = "s" + Thread.currentThread().getId() + "_x";

    @AfterEach
    void everyLeaseWasGivenBack() {
        setup.closeAndVerify();
    }

    @Nested
    class WhenEnteringFails {

        @Test
        @DisplayName("is not inside after a begin that failed")
        void isNotInsideAfterABeginThatFailed() {
            database.fail("BEGIN", error("08006"));

            assertThatExceptionOfType(OperationalException.class)
                    .isThrownBy(() -> wrapper.atomic(() -> {}))
                    .withMessage(
                            "Could not begin a transaction on database 'default': the driver says 08006 (SQLSTATE 08006)");

            assertThat(wrapper.inAtomicBlock()).isFalse();
            assertThat(database.aborted).hasValue(1);
        }

        @Test
        void abortsTheConnectionIfTheDriverThrewAnythingElse() {
            database.fail("BEGIN", new IllegalStateException("driver"));

            assertThatThrownBy(() -> wrapper.atomic(() -> {})).isInstanceOf(IllegalStateException.class);

            assertThat(database.aborted).hasValue(1);
        }

        @Test
        @DisplayName("leaves the outer block as it was after a savepoint that failed")
        void leavesTheOuterBlockAsItWasAfterASavepointThatFailed() {
            database.fail("SAVEPOINT " + savepoint + 1, error("42601"));

            wrapper.atomic(() -> {
                assertThatThrownBy(() -> wrapper.atomic(() -> {})).isInstanceOf(DatabaseException.class);
                wrapper.execute("DO");
            });

            assertThat(database.drain()).containsExactly("BEGIN", "SAVEPOINT " + savepoint + 1, "DO", "COMMIT");
        }
    }

    @Nested
    class WhenASavepointCannotBeEnded {

        @Test
        @DisplayName("undoes it after a release that failed")
        void undoesItAfterAReleaseThatFailed() {
            database.fail("RELEASE SAVEPOINT " + savepoint + 1, error("23505"));

            wrapper.atomic(() ->
                    assertThatExceptionOfType(IntegrityException.class).isThrownBy(() -> wrapper.atomic(() -> {})));

            assertThat(database.drain())
                    .containsExactly(
                            "BEGIN",
                            "SAVEPOINT " + savepoint + 1,
                            "RELEASE SAVEPOINT " + savepoint + 1,
                            "ROLLBACK TO SAVEPOINT " + savepoint + 1,
                            "RELEASE SAVEPOINT " + savepoint + 1,
                            "COMMIT");
        }

        @Test
        @DisplayName("TX-21: loses the whole transaction if it cannot even be undone")
        void losesTheWholeTransactionIfItCannotEvenBeUndone() {
            database.fail("RELEASE SAVEPOINT " + savepoint + 1, error("3B001"))
                    .fail("ROLLBACK TO SAVEPOINT " + savepoint + 1, error("3B001"));

            wrapper.atomic(() -> {
                assertThatExceptionOfType(DatabaseException.class)
                        .isThrownBy(() -> wrapper.atomic(() -> {}))
                        .satisfies(e -> assertThat(e.getSuppressed()).hasSize(1));
                assertThatExceptionOfType(TransactionManagementException.class).isThrownBy(() -> wrapper.execute("DO"));
            });

            assertThat(database.drain()).endsWith("ROLLBACK").doesNotContain("DO");
        }

        @Test
        void abortsTheConnectionIfTheDriverThrewAnythingElse() {
            database.fail("RELEASE SAVEPOINT " + savepoint + 1, new StackOverflowError());

            assertThatThrownBy(() -> wrapper.atomic(() -> wrapper.atomic(() -> {})))
                    .isInstanceOf(StackOverflowError.class);

            assertThat(database.aborted).hasValue(1);
            assertThat(database.drain()).doesNotContain("COMMIT", "ROLLBACK");
        }
    }
}
