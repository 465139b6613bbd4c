package dev.mooring;

import static dev.mooring.FakeDatabase.error;
import static dev.mooring.FakeSetup.swallow;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mooring.error.IntegrityException;
import dev.mooring.error.ProgrammingException;
import dev.mooring.error.TransactionManagementException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Transactions by hand with autocommit on, where atomic makes them. */
class TransactionTest extends TransactionFixture {

    @Nested
    class WithAutocommitOn {

        @Test
        void hasNothingToEnd() {
            transaction.commit();
            transaction.rollback();
            transaction.setAutocommit(true);

            assertThat(transaction.getAutocommit()).isTrue();
            assertThat(database.drain()).isEmpty();
        }

        @Test
        void setsNoSavepoint() {
            String none = transaction.savepoint();
            transaction.savepointCommit(none);
            transaction.savepointRollback(none);

            assertThat(none).isNull();
            assertThat(database.drain()).isEmpty();
        }

        @Test
        void hasNoMark() { // 3.9
            refused(transaction::getRollback, "outside atomic");
            refused(() -> transaction.setRollback(true), "outside atomic");
        }

        @Test
        void goesOnAfterAMarkedError() { // TX-33
            swallow(() -> transaction.markForRollbackOnError(() -> fail()));

            assertThat(wrapper.execute("DO")).isEqualTo(1);
        }
    }

    @Nested
    class InsideAtomic {

        @Test
        void refusesWhatAtomicDoesItself() { // TX-24, TX-25
            wrapper.atomic(() -> {
                refused(() -> transaction.setAutocommit(true), "inside atomic");
                refused(() -> transaction.setAutocommit(false), "inside atomic");
                refused(transaction::commit, "inside atomic");
                refused(transaction::rollback, "inside atomic");
                assertThat(transaction.getAutocommit()).isFalse();
                wrapper.execute("DO");
            });

            assertThat(transaction.getAutocommit()).isTrue();
            assertThat(database.drain()).containsExactly("BEGIN", "DO", "COMMIT");
        }

        @Test
        void setsSavepoints() { // TX-20
            wrapper.atomic(() -> {
                String id = transaction.savepoint();
                transaction.savepointRollback(id);
                transaction.savepointCommit(id);
            });

            assertThat(database.drain())
                    .containsExactly(
                            "BEGIN",
                            "SAVEPOINT " + savepoint + 1,
                            "ROLLBACK TO SAVEPOINT " + savepoint + 1,
                            "RELEASE SAVEPOINT " + savepoint + 1,
                            "COMMIT");
        }

        @Test
        void rollsBackOnDemandWithoutAnException() { // TX-19
            wrapper.atomic(() -> transaction.setRollback(true));

            assertThat(database.drain()).containsExactly("BEGIN", "ROLLBACK");
        }

        @Test
        void goesOnOnceTheMarkIsTakenBack() { // TX-20, TX-27
            wrapper.atomic(() -> {
                swallow(() -> wrapper.atomic(AtomicOptions.defaults().withoutSavepoint(), () -> fail()));
                assertThat(transaction.getRollback()).isTrue();
                transaction.setRollback(false);
                wrapper.execute("DO");
            });

            assertThat(database.drain()).containsExactly("BEGIN", "DO", "COMMIT");
        }

        @Test
        void refusesStatementsAfterAMarkedErrorAndSaysWhichOne() { // TX-26, TX-32
            database.fail("INSERT", error("23505"));

            wrapper.atomic(() -> {
                swallow(() -> transaction.markForRollbackOnError(() -> wrapper.execute("INSERT")));
                assertThatExceptionOfType(TransactionManagementException.class)
                        .isThrownBy(() -> wrapper.execute("DO"))
                        .withCauseInstanceOf(IntegrityException.class);
                refused(transaction::savepoint, "An error occurred");
            });

            assertThat(database.drain()).containsExactly("BEGIN", "INSERT", "ROLLBACK");
        }

        @Test
        void namesNoCauseOfAnEarlierTime() { // do not copy, 7
            wrapper.atomic(() -> {
                swallow(() -> wrapper.atomic(() -> {
                    swallow(() -> transaction.markForRollbackOnError(() -> fail()));
                    assertThat(transaction.getRollback()).isTrue();
                }));
                transaction.setRollback(true);
                assertThatExceptionOfType(TransactionManagementException.class)
                        .isThrownBy(() -> wrapper.execute("DO"))
                        .withNoCause();
            });
        }

        @Test
        @DisplayName("blames the error of a merged block")
        void blamesTheErrorOfAMergedBlock() {
            wrapper.atomic(() -> {
                swallow(() -> wrapper.atomic(AtomicOptions.defaults().withoutSavepoint(), () -> fail()));
                assertThatExceptionOfType(TransactionManagementException.class)
                        .isThrownBy(() -> wrapper.execute("DO"))
                        .withCauseInstanceOf(IllegalStateException.class);
            });
        }

        @ParameterizedTest
        @ValueSource(strings = {"x; DROP TABLE item", "", "1a"})
        void takesNoSavepointThatCannotBeOne(String id) { // 3.5, G
            wrapper.atomic(() -> assertThatExceptionOfType(ProgrammingException.class)
                    .isThrownBy(() -> transaction.savepointRollback(id))
                    .withMessageContaining("is no savepoint of database 'default'"));

            assertThat(database.drain()).containsExactly("BEGIN", "COMMIT");
        }

        @Test
        void numbersSavepointsAnewOnlyBetweenTransactions() { // 3.5
            wrapper.atomic(() -> {
                wrapper.atomic(() -> {});
                transaction.cleanSavepoints();
                wrapper.atomic(() -> {});
            });
            transaction.cleanSavepoints();
            wrapper.atomic(() -> wrapper.atomic(() -> {}));

            assertThat(database.drain().stream().filter(call -> call.startsWith("SAVEPOINT")))
                    .containsExactly(
                            "SAVEPOINT " + savepoint + 1, "SAVEPOINT " + savepoint + 2, "SAVEPOINT " + savepoint + 1);
        }
    }
}
