package dev.mooring;

import static dev.mooring.FakeDatabase.error;
import static dev.mooring.FakeSetup.swallow;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mooring.error.CommitOutcomeUnknownException;
import dev.mooring.error.IntegrityException;
import dev.mooring.error.OperationalException;
import dev.mooring.error.TransactionManagementException;
import dev.mooring.spi.TransactionStatus;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AtomicCommitTest {

    private final FakeSetup setup = new FakeSetup();
    private final FakeDatabase database = setup.database;
    private final DatabaseWrapper wrapper = setup.wrapper();

    @AfterEach
    void everyLeaseWasGivenBack() {
        setup.closeAndVerify();
    }

    @Nested
    class WhenTheCommitFails {

        @Test
        @DisplayName("rolls back if the database refused it")
        void rollsBackIfTheDatabaseRefusedIt() {
            database.fail("COMMIT", error("23505"));

            assertThatExceptionOfType(IntegrityException.class)
                    .isThrownBy(() -> wrapper.atomic(() -> {}))
                    .withMessage("Could not commit on database 'default': the driver says 23505 (SQLSTATE 23505)");

            assertThat(database.drain()).containsExactly("BEGIN", "COMMIT", "ROLLBACK");
            assertThat(database.aborted).hasValue(0);
        }

        @Test
        void keepsTheRefusalWhenTheRollbackFailsToo() {
            database.fail("COMMIT", error("23505")).fail("ROLLBACK", error("08006"));

            assertThatExceptionOfType(IntegrityException.class)
                    .isThrownBy(() -> wrapper.atomic(() -> {}))
                    .satisfies(e -> assertThat(e.getSuppressed()).hasSize(1));

            assertThat(database.aborted).hasValue(1);
        }

        @ParameterizedTest
        @ValueSource(strings = {"08006", "57P01", "40003", "XX000"})
        void saysThatTheOutcomeIsUnknownIfTheAnswerWasLost(String state) {
            SQLException driver = error(state);
            database.fail("COMMIT", driver);

            assertThatExceptionOfType(CommitOutcomeUnknownException.class)
                    .isThrownBy(() -> wrapper.atomic(() -> {}))
                    .withMessage(
                            "The answer to COMMIT on database 'default' was lost: the driver says " + state
                                    + ". The transaction is committed, rolled back or still running; look before you do it again")
                    .withCause(driver);

            assertThat(database.drain()).containsExactly("BEGIN", "COMMIT");
            assertThat(database.aborted).hasValue(1);
        }

        @Test
        void saysSoToIfTheDriverBroke() {
            database.fail("COMMIT", new IllegalStateException("driver"));

            assertThatExceptionOfType(CommitOutcomeUnknownException.class)
                    .isThrownBy(() -> wrapper.atomic(() -> {}))
                    .withCauseInstanceOf(IllegalStateException.class);

            assertThat(database.aborted).hasValue(1);
        }

        @Test
        void saysSoIfTheJvmBroke() {
            StackOverflowError overflow = new StackOverflowError();
            database.fail("COMMIT", overflow);

            assertThatExceptionOfType(CommitOutcomeUnknownException.class)
                    .isThrownBy(() -> wrapper.atomic(() -> {}))
                    .withCause(overflow);

            assertThat(database.aborted).hasValue(1);
        }

        @ParameterizedTest
        @ValueSource(strings = {"23505", "08006", "57P01"})
        void runsNoHook(String state) {
            database.fail("COMMIT", error(state));
            List<String> ran = new ArrayList<>();

            swallow(() -> wrapper.atomic(() -> wrapper.onCommit(() -> ran.add("hook"))));
            wrapper.atomic(() -> {});

            assertThat(ran).isEmpty();
        }
    }

    @Nested
    class WhenTheDriverKnowsBetter {

        private final List<String> ran = new ArrayList<>();

        @Test
        void commitsWhenNothingEverReachedTheDatabase() {
            database.fail("prepare DO", error("42601"));
            database.status = TransactionStatus.NONE;

            wrapper.atomic(() -> {
                swallow(() -> wrapper.execute("DO"));
                swallow(() -> wrapper.transaction().savepointRollback("no savepoint"));
            });

            assertThat(database.drain()).containsExactly("BEGIN", "COMMIT");
        }

        @Test
        void refusesToCommitAfterASwallowedError() {
            assertThatExceptionOfType(TransactionManagementException.class)
                    .isThrownBy(() -> wrapper.atomic(() -> {
                        wrapper.onCommit(() -> ran.add("hook"));
                        wrapper.execute("DO");
                        database.status = TransactionStatus.FAILED;
                    }))
                    .withMessage(
                            "A statement failed inside atomic on database 'default' and its error was swallowed: the"
                                    + " transaction was rolled back. Let the error out of the block, or put the statement in an"
                                    + " atomic of its own");

            assertThat(database.drain()).containsExactly("BEGIN", "DO", "ROLLBACK");
            assertThat(ran).isEmpty();
        }

        @Test
        void saysSoEvenIfTheRollbackFails() {
            database.status = TransactionStatus.FAILED;
            database.fail("ROLLBACK", error("08006"));

            assertThatExceptionOfType(TransactionManagementException.class)
                    .isThrownBy(() -> wrapper.atomic(() -> {}))
                    .satisfies(e -> assertThat(e.getSuppressed()).hasSize(1));

            assertThat(database.aborted).hasValue(1);
        }

        @Test
        void trustsNoConnectionWhoseTransactionEndedByItself() {
            assertThatExceptionOfType(TransactionManagementException.class)
                    .isThrownBy(() -> wrapper.atomic(() -> {
                        wrapper.onCommit(() -> ran.add("hook"));
                        wrapper.execute("DO");
                        database.status = TransactionStatus.NONE;
                    }))
                    .withMessage(
                            "The transaction of atomic on database 'default' had ended before the block did; nothing"
                                    + " was committed here");

            assertThat(database.drain()).doesNotContain("COMMIT");
            assertThat(database.aborted).hasValue(1);
            assertThat(ran).isEmpty();
        }

        @Test
        void knowsThatNothingWasCommittedIfTheConnectionWasLostBefore() {
            database.fail("status", error("08006"));

            assertThatExceptionOfType(OperationalException.class)
                    .isThrownBy(() -> wrapper.atomic(() -> {}))
                    .isNotInstanceOf(CommitOutcomeUnknownException.class);

            assertThat(database.drain()).containsExactly("BEGIN");
            assertThat(database.aborted).hasValue(1);
        }
    }

    @Nested
    class WhenInterrupted {

        @Test
        void putsTheInterruptOffUntilTheCommitIsOver() {
            List<Boolean> flagsDuringCommit = new ArrayList<>();
            database.during = sql -> {
                if (sql.equals("COMMIT")) {
                    flagsDuringCommit.add(Thread.currentThread().isInterrupted());
                }
            };

            wrapper.atomic(() -> Thread.currentThread().interrupt());

            assertThat(Thread.interrupted()).isTrue();
            assertThat(flagsDuringCommit).containsExactly(false);
        }

        @Test
        void putsItOffUntilTheRollbackIsOver() {
            List<Boolean> flags = new ArrayList<>();
            database.during = sql -> flags.add(Thread.currentThread().isInterrupted());

            swallow(() -> wrapper.atomic(() -> {
                Thread.currentThread().interrupt();
                fail();
            }));

            assertThat(Thread.interrupted()).isTrue();
            assertThat(flags).containsExactly(false, false);
        }
    }

    private static void fail() {
        throw new IllegalStateException("the block failed");
    }
}
