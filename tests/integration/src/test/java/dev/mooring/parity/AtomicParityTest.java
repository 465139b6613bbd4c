package dev.mooring.parity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.mooring.AtomicBlock;
import dev.mooring.AtomicOptions;
import dev.mooring.Transaction;
import dev.mooring.error.DatabaseException;
import dev.mooring.error.TransactionManagementException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Blocks, alone and nested: Django's {@code AtomicTests}, which it runs in three modes. */
@EveryWorld
class AtomicParityTest extends ParityContract {

    private static final AtomicOptions MERGED = AtomicOptions.defaults().withoutSavepoint();
    private static final String DECORATORS = "A method handed to `atomic`, as Java has no decorators";

    @ParameterizedTest
    @EnumSource
    @Django(value = "TX-01", differs = DECORATORS)
    void commitsAMethod(Mode mode) {
        keeps(mode, () -> databases.atomic(this::insertHaddock), "Haddock");
    }

    @ParameterizedTest
    @EnumSource
    @Django(value = "TX-02", differs = DECORATORS)
    void rollsBackAMethodThatThrows(Mode mode) {
        keeps(mode, () -> assertThatIllegalStateException().isThrownBy(() -> databases.atomic(this::insertAndFail)));
    }

    @ParameterizedTest
    @EnumSource
    @Django(value = "TX-03", differs = DECORATORS)
    void commitsAMethodWithOptions(Mode mode) {
        keeps(mode, () -> databases.get().atomic(AtomicOptions.defaults(), this::insertHaddock), "Haddock");
    }

    @ParameterizedTest
    @EnumSource
    @Django(value = "TX-04", differs = DECORATORS)
    void rollsBackAMethodThatThrowsWithOptions(Mode mode) {
        keeps(
                mode,
                () -> assertThatIllegalStateException()
                        .isThrownBy(() -> databases.get().atomic(AtomicOptions.defaults(), this::insertAndFail)));
    }

    @ParameterizedTest
    @EnumSource
    @Django(
            value = "TX-05",
            differs = "try-with-resources commits when told to: Java hides from it whether its block failed")
    void commitsABlock(Mode mode) {
        keeps(
                mode,
                () -> {
                    try (AtomicBlock block = databases.get().beginAtomic()) {
                        insert("Tintin");
                        block.commit();
                    }
                },
                "Tintin");
    }

    @ParameterizedTest
    @EnumSource
    @Django("TX-06")
    void rollsBackABlock(Mode mode) {
        keeps(
                mode,
                () -> assertThatIllegalStateException().isThrownBy(() -> {
                    try (AtomicBlock block = databases.get().beginAtomic()) {
                        insertAndFail();
                        block.commit();
                    }
                }));
    }

    @ParameterizedTest
    @EnumSource
    @Django("TX-07")
    void keepsBothOfNestedBlocks(Mode mode) {
        keeps(mode, () -> nest(AtomicOptions.defaults(), false, false), "Tintin", "Haddock");
    }

    @ParameterizedTest
    @EnumSource
    @Django("TX-08")
    void losesTheInnerAlone(Mode mode) {
        keeps(mode, () -> nest(AtomicOptions.defaults(), true, false), "Tintin");
    }

    @ParameterizedTest
    @EnumSource
    @Django("TX-09")
    void losesTheInnerWithTheOuter(Mode mode) {
        keeps(mode, () -> nest(AtomicOptions.defaults(), false, true));
    }

    @ParameterizedTest
    @EnumSource
    @Django("TX-10")
    void losesBoth(Mode mode) {
        keeps(mode, () -> nest(AtomicOptions.defaults(), true, true));
    }

    @ParameterizedTest
    @EnumSource
    @Django("TX-11")
    void keepsABlockWithoutASavepoint(Mode mode) {
        keeps(mode, () -> nest(MERGED, false, false), "Tintin", "Haddock");
    }

    @ParameterizedTest
    @EnumSource
    @Django("TX-12")
    void losesTheOuterWithABlockWithoutASavepoint(Mode mode) {
        keeps(mode, () -> nest(MERGED, true, false));
    }

    @ParameterizedTest
    @EnumSource
    @Django("TX-13")
    void losesABlockWithoutASavepointWithTheOuter(Mode mode) {
        keeps(mode, () -> nest(MERGED, false, true));
    }

    @ParameterizedTest
    @EnumSource
    @Django("TX-14")
    void losesBothWithoutASavepoint(Mode mode) {
        keeps(mode, () -> nest(MERGED, true, true));
    }

    @ParameterizedTest
    @EnumSource
    @Django(value = "TX-15", differs = "The options are what can be used twice")
    void nestsOneInItself(Mode mode) {
        keeps(mode, () -> nestInItself(false, false), "Tintin", "Haddock");
    }

    @ParameterizedTest
    @EnumSource
    @Django("TX-16")
    void nestsOneInItselfAndLosesTheInner(Mode mode) {
        keeps(mode, () -> nestInItself(true, false), "Tintin");
    }

    @ParameterizedTest
    @EnumSource
    @Django("TX-17")
    void nestsOneInItselfAndLosesTheOuter(Mode mode) {
        keeps(mode, () -> nestInItself(false, true));
    }

    @ParameterizedTest
    @EnumSource
    @Django("TX-18")
    void nestsOneInItselfAndLosesBoth(Mode mode) {
        keeps(mode, () -> nestInItself(true, true));
    }

    @ParameterizedTest
    @EnumSource
    @Django("TX-19")
    void rollsBackOnDemand(Mode mode) {
        keeps(
                mode,
                () -> databases.atomic(() -> {
                    insert("Tintin");
                    databases.get().transaction().setRollback(true);
                }));
    }

    @ParameterizedTest
    @EnumSource
    @Django("TX-20")
    void isKeptFromRollingBack(Mode mode) {
        keeps(
                mode,
                () -> databases.atomic(() -> {
                    Transaction transaction = databases.get().transaction();
                    insert("Tintin");
                    String savepoint = transaction.savepoint();
                    swallow(() -> databases.atomic(MERGED, () -> {
                        insert("Haddock");
                        insert("Haddock");
                    }));
                    assertThat(transaction.getRollback()).isTrue();
                    transaction.setRollback(false);
                    transaction.savepointRollback(savepoint);
                }),
                "Tintin");
    }

    @ParameterizedTest
    @EnumSource
    @Django("TX-21")
    void isDoomedByASavepointThatCannotBeReleased(Mode mode) {
        keeps(
                mode,
                () -> databases.atomic(() -> {
                    insert("Tintin");
                    String around = databases.get().transaction().savepoint();
                    assertThatExceptionOfType(DatabaseException.class)
                            .isThrownBy(() -> databases.atomic(() -> {
                                insert("Haddock");
                                databases.get().transaction().savepointCommit(around);
                            }));
                    assertThatExceptionOfType(TransactionManagementException.class)
                            .isThrownBy(() -> databases.query("SELECT * FROM reporter"));
                }));
    }

    private void nest(AtomicOptions inner, boolean innerFails, boolean outerFails) {
        perhaps(
                outerFails,
                () -> databases.atomic(() -> {
                    insert("Tintin");
                    perhaps(
                            innerFails,
                            () -> databases.atomic(inner, () -> {
                                insert("Haddock");
                                failIf(innerFails);
                            }));
                    failIf(outerFails);
                }));
    }

    private void nestInItself(boolean innerFails, boolean outerFails) {
        AtomicOptions twice = AtomicOptions.defaults();
        perhaps(
                outerFails,
                () -> databases.atomic(twice, () -> {
                    insert("Tintin");
                    perhaps(
                            innerFails,
                            () -> databases.atomic(twice, () -> {
                                insert("Haddock");
                                failIf(innerFails);
                            }));
                    failIf(outerFails);
                }));
    }

    private void insertHaddock() {
        insert("Haddock");
    }

    private void insertAndFail() {
        insertHaddock();
        failIf(true);
    }

    private static void perhaps(boolean fails, Runnable block) {
        if (fails) {
            assertThatIllegalStateException().isThrownBy(block::run);
        } else {
            block.run();
        }
    }

    private static void failIf(boolean fails) {
        if (fails) {
            throw new IllegalStateException("the block failed");
        }
    }

    /** In that mode, as Django looks at it, and when all is over. */
    private void keeps(Mode mode, Runnable work, String... names) {
        mode.run(databases, () -> {
            work.run();
            assertThat(reporters()).containsExactly(names);
        });
        assertThat(reporters()).containsExactly(names);
    }
}
