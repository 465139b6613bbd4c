package dev.mooring;

import static dev.mooring.FakeDatabase.error;
import static dev.mooring.FakeSetup.swallow;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mooring.error.DatabaseException;
import dev.mooring.error.OperationalException;
import dev.mooring.error.TransactionManagementException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class AtomicTest {

    private final FakeSetup setup = new FakeSetup();
    private final FakeDatabase database = setup.database;
    private final DatabaseWrapper wrapper = setup.wrapper();
    private final String savepoint = "s" + Thread.currentThread().getId() + "_x";

    @AfterEach
    void everyLeaseWasGivenBack() {
        setup.closeAndVerify();
    }

    @Nested
    class WhenAllGoesWell {

        @Test
        @DisplayName("commits what it ran and answers with its value")
        void commitsWhatItRanAndAnswersWithItsValue() {
            Integer changed = wrapper.atomic(() -> wrapper.execute("UPDATE a SET b = %s", 7));

            assertThat(changed).isEqualTo(1);
            assertThat(database.drain()).containsExactly("BEGIN", "UPDATE a SET b = ?", "COMMIT");
            assertThat(wrapper.inAtomicBlock()).isFalse();
        }

        @Test
        @DisplayName("TX-07: sets savepoints around nested blocks")
        void setsSavepointsAroundNestedBlocks() {
            wrapper.atomic(() -> wrapper.atomic(() -> wrapper.atomic(() -> wrapper.execute("DO"))));

            assertThat(database.drain())
                    .containsExactly(
                            "BEGIN",
                            "SAVEPOINT " + savepoint + 1,
                            "SAVEPOINT " + savepoint + 2,
                            "DO",
                            "RELEASE SAVEPOINT " + savepoint + 2,
                            "RELEASE SAVEPOINT " + savepoint + 1,
                            "COMMIT");
        }

        @Test
        void setsNoneWhereNoneIsWanted() { // TX-11
            wrapper.atomic(() -> wrapper.atomic(AtomicOptions.defaults().withoutSavepoint(), () -> {}));

            assertThat(database.drain()).containsExactly("BEGIN", "COMMIT");
        }

        @Test
        void runsDurableBlocksOneAfterTheOther() { // TX-36, 37, 40
            wrapper.atomic(AtomicOptions.defaults().durable(), () -> wrapper.atomic(() -> {}));
            wrapper.atomic(AtomicOptions.defaults().durable(), () -> {});

            assertThat(database.drain()).filteredOn("COMMIT"::equals).hasSize(2);
        }

        @Test
        void nestsAThousandDeep() {
            assertThat(nest(1_000)).isEqualTo(1_000);

            assertThat(database.drain()).hasSize(2 + 2 * 999);
        }

        private int nest(int depth) {
            return depth == 0 ? 0 : wrapper.atomic(() -> 1 + nest(depth - 1));
        }

        @Test
        void seesOneConnectionThroughout() {
            wrapper.atomic(() -> {
                assertThat(setup.counts().leased()).isEqualTo(1);
                wrapper.query("SELECT 1");
                setup.databases().query("SELECT 2");
            });

            assertThat(database.opened).hasValue(1);
            assertThat(setup.counts().reused()).isZero();
        }
    }

    @Nested
    class WhenTheBlockFails {

        @Test
        void rollsBackAndLetsTheVeryExceptionOut() { // TX-06
            Exception failure = new Exception("checked");

            assertThatThrownBy(() -> wrapper.atomic(() -> {
                        wrapper.execute("DO");
                        throw failure;
                    }))
                    .isSameAs(failure)
                    .hasNoSuppressedExceptions();

            assertThat(database.drain()).containsExactly("BEGIN", "DO", "ROLLBACK");
            assertThat(database.closed).hasValue(0);
        }

        @Test
        void rollsBackOnAnErrorToo() {
            assertThatThrownBy(() -> wrapper.atomic(() -> {
                        throw new AssertionError("no exception");
                    }))
                    .isInstanceOf(AssertionError.class);

            assertThat(database.drain()).containsExactly("BEGIN", "ROLLBACK");
        }

        @Test
        void undoesTheNestedBlockAlone() { // TX-08
            wrapper.atomic(() -> {
                swallow(() -> wrapper.atomic(() -> fail()));
                wrapper.execute("DO");
            });

            assertThat(database.drain())
                    .containsExactly(
                            "BEGIN",
                            "SAVEPOINT " + savepoint + 1,
                            "ROLLBACK TO SAVEPOINT " + savepoint + 1,
                            "RELEASE SAVEPOINT " + savepoint + 1,
                            "DO",
                            "COMMIT");
        }

        @Test
        void undoesAllAroundAMergedBlockWithoutAnException() { // TX-12
            wrapper.atomic(() -> {
                swallow(() -> wrapper.atomic(AtomicOptions.defaults().withoutSavepoint(), () -> fail()));
                assertThatExceptionOfType(TransactionManagementException.class).isThrownBy(() -> wrapper.execute("DO"));
            });

            assertThat(database.drain()).containsExactly("BEGIN", "ROLLBACK");
        }

        @Test
        @DisplayName("keeps its exception when the rollback fails too and aborts the connection")
        void keepsItsExceptionWhenTheRollbackFailsTooAndAbortsTheConnection() {
            database.fail("ROLLBACK", error("08006"));

            assertThatThrownBy(() -> wrapper.atomic(() -> fail()))
                    .hasMessage("the block failed")
                    .satisfies(e -> {
                        assertThat(e.getSuppressed()).hasSize(1);
                        assertThat(e.getSuppressed()[0])
                                .isInstanceOf(OperationalException.class)
                                .hasMessage(
                                        "Could not roll back on database 'default': the driver says 08006 (SQLSTATE 08006)");
                    });

            assertThat(database.aborted).hasValue(1);
            wrapper.atomic(() -> {});
            assertThat(database.opened).hasValue(2);
        }

        @Test
        void abortsTheConnectionEvenIfTheRollbackFailedHarmlessly() {
            database.fail("ROLLBACK", error("42601"));

            assertThatThrownBy(() -> wrapper.atomic(() -> fail())).hasMessage("the block failed");

            assertThat(database.aborted).hasValue(1);
        }

        @Test
        void survivesADriverThatThrowsTheSameExceptionTwice() {
            Error once = new StackOverflowError("shared");
            database.fail("DO", once).fail("ROLLBACK", once);

            assertThatThrownBy(() -> wrapper.atomic(() -> wrapper.execute("DO")))
                    .isSameAs(once);

            assertThat(database.aborted).hasValue(1);
        }

        @Test
        void sendsNothingMoreOverAConnectionThatWasLost() {
            database.fail("DO", error("08006"));

            assertThatExceptionOfType(OperationalException.class)
                    .isThrownBy(() -> wrapper.atomic(() -> wrapper.execute("DO")));

            assertThat(database.drain()).containsExactly("BEGIN", "DO");
            assertThat(database.aborted).hasValue(1);
        }

        @Test
        void doesNotEndWellWhenTheLossOfTheConnectionWasSwallowed() {
            database.fail("DO", error("08006"));
            List<String> ran = new ArrayList<>();

            assertThatExceptionOfType(OperationalException.class)
                    .isThrownBy(() -> wrapper.atomic(() -> {
                        wrapper.onCommit(() -> ran.add("hook"));
                        swallow(() -> wrapper.execute("DO"));
                        assertThatExceptionOfType(TransactionManagementException.class)
                                .isThrownBy(() -> wrapper.execute("DO"));
                    }))
                    .withMessage(
                            "The connection to database 'default' was lost inside atomic, so nothing was committed");

            assertThat(ran).isEmpty();
            assertThat(database.drain()).containsExactly("BEGIN", "DO");
            assertThat(database.aborted).hasValue(1);
        }

        @Test
        void refusesADurableBlockInsideAnother() { // TX-38, 39
            assertThatExceptionOfType(TransactionManagementException.class)
                    .isThrownBy(() -> wrapper.atomic(
                            () -> wrapper.atomic(AtomicOptions.defaults().durable(), () -> {})));

            assertThat(database.drain()).containsExactly("BEGIN", "ROLLBACK");
        }
    }

    @Nested
    class WhenClosedInside {

        @Test
        @DisplayName("TX-28: refuses statements until the end and works again afterwards")
        void refusesStatementsUntilTheEndAndWorksAgainAfterwards() {
            wrapper.atomic(() -> {
                wrapper.execute("DO");
                wrapper.close();
                assertThatExceptionOfType(TransactionManagementException.class)
                        .isThrownBy(() -> wrapper.execute("MORE"));
                assertThatExceptionOfType(DatabaseException.class).isThrownBy(wrapper::ensureConnection);
                wrapper.atomic(() -> {});
            });

            assertThat(database.drain()).containsExactly("BEGIN", "DO");
            assertThat(database.open()).isZero();
            wrapper.atomic(() -> wrapper.execute("AFTER"));
            assertThat(database.drain()).containsExactly("BEGIN", "AFTER", "COMMIT");
        }

        @Test
        void runsNoHookOfBeforeOrAfter() { // HK-15
            List<String> ran = new ArrayList<>();

            wrapper.atomic(() -> {
                wrapper.onCommit(() -> ran.add("before"));
                wrapper.close();
                wrapper.onCommit(() -> ran.add("after"));
            });
            wrapper.atomic(() -> {});

            assertThat(ran).isEmpty();
        }
    }

    private static void fail() {
        throw new IllegalStateException("the block failed");
    }
}
