package dev.mooring;

import static dev.mooring.FakeDatabase.error;
import static dev.mooring.FakeSetup.swallow;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mooring.error.CommitOutcomeUnknownException;
import dev.mooring.error.OperationalException;
import dev.mooring.error.ProgrammingException;
import dev.mooring.error.TransactionManagementException;
import dev.mooring.spi.TransactionStatus;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Transactions by hand with autocommit off, and what atomic does inside them. */
class AutocommitOffTest extends TransactionFixture {

    @Nested
    class WithAutocommitOff {

        @Test
        void beginsWithTheFirstStatementAndAgainAfterEachEnd() { // TX-35
            transaction.setAutocommit(false);
            assertThat(transaction.getAutocommit()).isFalse();
            assertThat(setup.counts().leased()).isZero();

            wrapper.query("SELECT 1");
            wrapper.execute("ONE");
            assertThat(setup.counts().leased()).isEqualTo(1);
            transaction.commit();
            wrapper.execute("TWO");
            transaction.rollback();
            transaction.commit();
            transaction.setAutocommit(true);
            wrapper.execute("THREE");

            assertThat(database.drain())
                    .containsExactly("BEGIN", "SELECT 1", "ONE", "COMMIT", "BEGIN", "TWO", "ROLLBACK", "THREE");
        }

        @Test
        void refusesToTurnItOnOverAnOpenTransaction() { // 3.5
            transaction.setAutocommit(false);
            wrapper.execute("DO");

            refused(() -> transaction.setAutocommit(true), "commit() or rollback() first");

            assertThat(transaction.getAutocommit()).isFalse();
            transaction.commit();
            assertThat(database.drain()).containsExactly("BEGIN", "DO", "COMMIT");
        }

        @Test
        void keepsWhatItChangedInTheSessionBetweenTransactions() {
            transaction.setAutocommit(false);
            wrapper.execute("SET x");
            transaction.commit();
            assertThat(setup.counts().leased()).isEqualTo(1);
            assertThat(database.resets).hasValue(0);

            transaction.setAutocommit(true);

            assertThat(setup.counts().leased()).isZero();
            assertThat(database.resets).hasValue(1);
        }

        @Test
        void setsSavepointsInATransactionOfTheirOwn() {
            transaction.setAutocommit(false);
            String id = transaction.savepoint();
            wrapper.execute("DO");
            transaction.savepointRollback(id);
            transaction.commit();

            assertThat(database.drain())
                    .containsExactly("BEGIN", "SAVEPOINT " + id, "DO", "ROLLBACK TO SAVEPOINT " + id, "COMMIT");
        }

        @Test
        void refusesAHookThatWouldWaitForNothing() { // HK-20
            transaction.setAutocommit(false);

            refused(() -> wrapper.onCommit(() -> ran.add("hook")), "with autocommit off");

            assertThat(ran).isEmpty();
        }

        @Test
        void runsTheHooksOfBlocksOnceItIsOnAgain() { // 3.8
            transaction.setAutocommit(false);
            wrapper.atomic(() -> wrapper.onCommit(() -> ran.add("kept")));
            transaction.commit();
            wrapper.atomic(() -> wrapper.onCommit(() -> ran.add("lost")));
            transaction.rollback();
            assertThat(ran).isEmpty();

            transaction.setAutocommit(true);

            assertThat(ran).containsExactly("kept");
        }

        @Test
        void doesNotCommitWhatADriverKnowsToHaveFailed() {
            transaction.setAutocommit(false);
            wrapper.execute("DO");
            database.status = TransactionStatus.FAILED;

            refused(transaction::commit, "its error was swallowed");

            database.status = TransactionStatus.UNKNOWN;
            assertThat(database.drain()).containsExactly("BEGIN", "DO", "ROLLBACK");
            transaction.setAutocommit(true);
        }

        @Test
        void saysThatTheOutcomeOfACommitIsUnknown() {
            transaction.setAutocommit(false);
            wrapper.atomic(() -> wrapper.onCommit(() -> ran.add("hook")));
            database.fail("COMMIT", error("08006"));

            assertThatExceptionOfType(CommitOutcomeUnknownException.class).isThrownBy(transaction::commit);

            transaction.setAutocommit(true);
            assertThat(ran).isEmpty();
            assertThat(database.aborted).hasValue(1);
        }

        @Test
        void refusesEverythingAfterALossUntilItIsRolledBack() { // TX-34
            transaction.setAutocommit(false);
            database.fail("DO", error("08006"));
            assertThatExceptionOfType(OperationalException.class).isThrownBy(() -> wrapper.execute("DO"));

            refused(() -> wrapper.execute("MORE"), "until rollback()");
            refused(transaction::commit, "until rollback()");

            transaction.rollback();
            wrapper.execute("MORE");
            transaction.commit();
            assertThat(database.drain()).containsExactly("BEGIN", "DO", "BEGIN", "MORE", "COMMIT");
            assertThat(database.opened).hasValue(2);
        }

        @Test
        void changesNothingIfTheTransactionCannotBegin() {
            transaction.setAutocommit(false);
            database.fail("BEGIN", error("08006"));

            assertThatExceptionOfType(OperationalException.class).isThrownBy(() -> wrapper.execute("DO"));

            assertThat(setup.counts().leased()).isZero();
            wrapper.execute("DO");
            transaction.commit();
            assertThat(database.drain()).containsExactly("BEGIN", "BEGIN", "DO", "COMMIT");
        }

        @Test
        void isOnAgainAfterTheConnectionWasClosed() {
            transaction.setAutocommit(false);
            wrapper.execute("DO");

            wrapper.close();

            assertThat(transaction.getAutocommit()).isTrue();
            assertThat(setup.counts().leased()).isZero();
            wrapper.execute("MORE");
            assertThat(database.drain()).containsExactly("BEGIN", "DO", "MORE");
        }

        @Test
        void endsWithTheUnitOfWorkInARollback() {
            try (UnitOfWork unit = setup.databases().unitOfWork()) {
                assertThat(unit).isNotNull();
                transaction.setAutocommit(false);
                wrapper.atomic(() -> wrapper.onCommit(() -> ran.add("kept")));
                transaction.commit();
                wrapper.execute("DO");
            }

            assertThat(database.drain()).endsWith("BEGIN", "DO", "ROLLBACK");
            assertThat(transaction.getAutocommit()).isTrue();
            assertThat(ran).containsExactly("kept");
            assertThat(setup.counts().leased()).isZero();
        }
    }

    @Nested
    class AtomicWithAutocommitOff {

        @Test
        @DisplayName("is a savepoint and commits nothing")
        void isASavepointAndCommitsNothing() {
            transaction.setAutocommit(false);

            wrapper.atomic(() -> wrapper.execute("DO"));

            assertThat(wrapper.inAtomicBlock()).isFalse();
            assertThat(database.drain())
                    .containsExactly("BEGIN", "SAVEPOINT " + savepoint + 1, "DO", "RELEASE SAVEPOINT " + savepoint + 1);
            transaction.commit();
            assertThat(database.drain()).containsExactly("COMMIT");
        }

        @Test
        @DisplayName("undoes itself alone")
        void undoesItselfAlone() {
            transaction.setAutocommit(false);
            wrapper.execute("BEFORE");

            swallow(() -> wrapper.atomic(() -> fail()));
            wrapper.execute("AFTER");
            transaction.commit();

            assertThat(database.drain())
                    .containsExactly(
                            "BEGIN",
                            "BEFORE",
                            "SAVEPOINT " + savepoint + 1,
                            "ROLLBACK TO SAVEPOINT " + savepoint + 1,
                            "RELEASE SAVEPOINT " + savepoint + 1,
                            "AFTER",
                            "COMMIT");
        }

        @Test
        @DisplayName("leaves a rollback to do if it has no savepoint and fails")
        void leavesARollbackToDoIfItHasNoSavepointAndFails() {
            transaction.setAutocommit(false);
            swallow(() -> wrapper.atomic(AtomicOptions.defaults().withoutSavepoint(), () -> {
                wrapper.execute("HALF");
                fail();
            }));

            assertThat(wrapper.inAtomicBlock()).isFalse();
            refused(() -> wrapper.execute("MORE"), "until rollback()");
            refused(transaction::commit, "until rollback()");
            wrapper.atomic(() -> refused(() -> wrapper.execute("MORE"), "until the block ends"));
            refused(transaction::commit, "until rollback()");

            transaction.rollback();
            wrapper.execute("MORE");
            transaction.rollback();
            assertThat(database.drain()).containsExactly("BEGIN", "HALF", "ROLLBACK", "BEGIN", "MORE", "ROLLBACK");
        }

        @Test
        @DisplayName("is not stuck inside after a savepoint that failed")
        void isNotStuckInsideAfterASavepointThatFailed() {
            transaction.setAutocommit(false);
            wrapper.execute("DO");
            database.fail("SAVEPOINT " + savepoint + 1, error("42601"));

            assertThatExceptionOfType(ProgrammingException.class).isThrownBy(() -> wrapper.atomic(() -> {}));

            assertThat(wrapper.inAtomicBlock()).isFalse();
            transaction.commit();
            assertThat(database.drain()).endsWith("COMMIT");
        }

        @Test
        @DisplayName("is not stuck inside after a close")
        void isNotStuckInsideAfterAClose() {
            transaction.setAutocommit(false);

            wrapper.atomic(() -> {
                wrapper.execute("DO");
                wrapper.close();
                refused(() -> wrapper.execute("MORE"), "closed or lost inside atomic");
            });

            assertThat(wrapper.inAtomicBlock()).isFalse();
            assertThat(transaction.getAutocommit()).isTrue();
            assertThat(setup.counts().leased()).isZero();
            wrapper.execute("AFTER");
            assertThat(database.drain()).endsWith("DO", "AFTER");
        }

        @Test
        void hidesNoLossFromTheCommit() {
            transaction.setAutocommit(false);
            database.fail("DO", error("08006"));
            wrapper.atomic(AtomicOptions.defaults().withoutSavepoint(), () -> {
                swallow(() -> wrapper.execute("DO"));
                transaction.setRollback(false);
            });

            assertThatExceptionOfType(OperationalException.class)
                    .isThrownBy(transaction::commit)
                    .withMessageContaining("nothing was committed");

            assertThat(database.drain()).containsExactly("BEGIN", "DO");
        }

        @Test
        void mayBeDurableThoughNothingIsBeforeTheCommit() { // 3.2
            transaction.setAutocommit(false);

            wrapper.atomic(
                    AtomicOptions.defaults().durable(),
                    () -> assertThatThrownBy(() ->
                                    wrapper.atomic(AtomicOptions.defaults().durable(), () -> {}))
                            .isInstanceOf(TransactionManagementException.class));

            transaction.commit();
            assertThat(database.drain()).endsWith("COMMIT");
        }
    }
}
